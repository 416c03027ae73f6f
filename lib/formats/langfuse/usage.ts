import type { JsonObject } from '../../platform/json-value'
import type { Draft } from '../format'
import { readFields } from '../read-fields'

const CACHED = [
  'input_cached_tokens',
  'cache_read_input_tokens',
  'input_cache_read',
  'input_cached',
  'cached_tokens',
]
const WRITTEN = [
  'cache_creation_input_tokens',
  'input_cache_creation',
  'cache_write_input_tokens',
  'input_cache_write',
]
const REASONING = ['output_reasoning_tokens', 'output_reasoning', 'reasoning_tokens', 'reasoning']

/**
 * Tokens and cost of an observation. Langfuse's `usageDetails` lists kinds that exclude each other, so that the prompt
 * is all of its input kinds together; where `total` shows that `input` and `output` are the whole, details are parts of
 * them. Raw usages of OpenAI and the older `usage` are whole already. Source: langfuse.com/docs, token and cost tracking.
 */
export function readUsage(body: JsonObject): Draft {
  const details = readFields(readFields(body).object('usageDetails', 'usage_details'))
  const older = readFields(readFields(body).object('usage'))
  const flat = readFields(body)
  const cost = readFields(readFields(body).object('costDetails', 'cost_details'))
  const unit = older.text(20, 'unit') ?? flat.text(20, 'unit')
  const counted =
    readDetails(details) ?? (unit === undefined || unit === 'TOKENS' ? readOlder(older, flat) : {})
  return {
    ...counted,
    costUsd:
      cost.usd(1, 'total') ??
      sumOf(cost.usd(1, 'input'), cost.usd(1, 'output')) ??
      older.usd(1, 'totalCost') ??
      flat.usd(1, 'totalCost', 'calculatedTotalCost'),
  }
}

function readDetails(details: ReturnType<typeof readFields>): Draft | null {
  const prompt = details.tokens('prompt_tokens', 'promptTokens')
  const completion = details.tokens('completion_tokens', 'completionTokens')
  const input = details.tokens('input', 'input_tokens')
  const output = details.tokens('output', 'output_tokens')
  const cached = details.tokens(...CACHED, 'prompt_tokens_details.cached_tokens')
  const written = details.tokens(...WRITTEN)
  const reasoning = details.tokens(...REASONING, 'completion_tokens_details.reasoning_tokens')
  if ([prompt, completion, input, output, cached].every((count) => count === undefined)) return null
  const total = details.tokens('total', 'total_tokens', 'totalTokens')
  const isWhole = total !== undefined && total === (input ?? 0) + (output ?? 0)
  const parts = (count: number | undefined, ...more: (number | undefined)[]) =>
    isWhole || count === undefined ? count : count + more.reduce((sum: number, part) => sum + (part ?? 0), 0)
  return {
    promptTokens: prompt ?? parts(input, cached, written),
    completionTokens: completion ?? parts(output, reasoning),
    cachedTokens: cached,
    cacheWriteTokens: written,
    reasoningTokens: reasoning,
  }
}

function readOlder(usage: ReturnType<typeof readFields>, flat: ReturnType<typeof readFields>): Draft {
  return {
    promptTokens:
      usage.tokens('input', 'promptTokens', 'prompt_tokens') ?? flat.tokens('promptTokens', 'inputUsage'),
    completionTokens:
      usage.tokens('output', 'completionTokens', 'completion_tokens') ??
      flat.tokens('completionTokens', 'outputUsage'),
    cachedTokens: usage.tokens('prompt_tokens_details.cached_tokens'),
    reasoningTokens: usage.tokens('completion_tokens_details.reasoning_tokens'),
  }
}

function sumOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0)
}
