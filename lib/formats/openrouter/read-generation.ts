import { objectsOf } from '../../platform/json-value'
import { failureOf } from '../failure'
import type { Draft } from '../format'
import { operationOfPath } from '../operation-of-path'
import { type FieldReader, readFields } from '../read-fields'
import { known } from '../reading'

/**
 * A generation as OpenRouter tells it, and Vercel's AI Gateway after it. Tokens are the provider's own where they are
 * told. `latency` is the time to the first token where it is shorter than the whole.
 */
export function readGeneration(fields: FieldReader): Draft {
  const latencyMs = fields.durationMs(1, 'latency', 'time_to_first_token_ms')
  const generationMs = fields.durationMs(1, 'generation_time', 'generation_time_ms')
  const durationMs = Math.max(latencyMs ?? 0, generationMs ?? 0)
  const stream = fields.flag('streamed')
  const isFirst = latencyMs !== undefined && latencyMs < durationMs && stream !== false
  return known({
    id: fields.text(256, 'id', 'generation_id'),
    startedAt: fields.time('created_at'),
    operation: operationOfPath(fields.text(100, 'api_type')),
    model: fields.text(200, 'model', 'model_permaslug'),
    provider: fields.text(100, 'provider_name', 'provider'),
    app: fields.text(200, 'app_name', 'origin', 'http_referer', 'api_key_name'),
    endUser: fields.text(256, 'external_user', 'user'),
    sessionId: fields.text(256, 'session_id'),
    stream,
    promptTokens: fields.tokens('native_tokens_prompt', 'tokens_prompt'),
    completionTokens: fields.tokens('native_tokens_completion', 'tokens_completion'),
    cachedTokens: fields.tokens('native_tokens_cached', 'tokens_cached'),
    cacheWriteTokens: fields.tokens('native_tokens_cache_creation'),
    reasoningTokens: fields.tokens('native_tokens_reasoning', 'tokens_reasoning'),
    costUsd: costOf(fields),
    finishReason: fields.text(
      100,
      'finish_reason',
      'finish_reason_normalized',
      'native_finish_reason',
      'finish_reason_raw',
    ),
    durationMs: durationMs > 0 ? durationMs : undefined,
    timeToFirstTokenMs: isFirst ? latencyMs : undefined,
    errorClass: fields.flag('cancelled') === true ? 'cancelled' : undefined,
    attempts: readAttempts(fields),
    signs: { userAgent: fields.text(300, 'user_agent') ?? null },
  })
}

/** With a key of one's own OpenRouter bills a fee, and the provider the rest. */
function costOf(fields: FieldReader): number | undefined {
  const billed = fields.usd(1, 'total_cost', 'usage', 'cost_total')
  const own =
    fields.flag('is_byok') === true
      ? fields.usd(1, 'upstream_inference_cost')
      : fields.usd(1, 'byok_usage_inference')
  return billed === undefined ? own : billed + (own ?? 0)
}

/** One try at each provider, in order; the last one gave the answer. */
function readAttempts(fields: FieldReader): Draft['attempts'] {
  const tries = objectsOf(fields.value('provider_responses'))
  if (tries.length === 0) return undefined
  const cancelled = fields.flag('cancelled') === true
  return tries.slice(-50).map((entry, position, all) => {
    const told = readFields(entry)
    const httpStatus = told.httpStatus('status')
    const isLast = position === all.length - 1
    const hasFailed = httpStatus === undefined ? !isLast : httpStatus >= 300
    return known({
      provider: told.text(100, 'provider_name'),
      httpStatus,
      durationMs: told.durationMs(1, 'latency'),
      errorClass: hasFailed ? failureOf(httpStatus) : isLast && cancelled ? 'cancelled' : undefined,
    })
  })
}
