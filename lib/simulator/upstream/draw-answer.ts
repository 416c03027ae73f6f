import { logNormal, type Random } from '../../platform/random'
import type { DrawnToolCall } from './break-tool-call'
import { drawJson } from './draw-json'
import { countTokens, drawProse } from './draw-text'
import { drawToolCalls } from './draw-tool-calls'
import type { FaultProfile, ToolFault } from './schema'
import type { UpstreamRequest } from './upstream-request'

/** An answer in neither shape. */
export type UpstreamAnswer = {
  /** Letters and digits; each shape puts its prefix before it. */
  id: string
  /** Null = it did not think aloud. */
  reasoning: string | null
  /** Before the calls, if any; empty when it only calls tools. */
  text: string
  toolCalls: readonly (DrawnToolCall & { id: string })[]
  stop: 'stop' | 'length' | 'tool_calls'
  usage: { promptTokens: number; cachedTokens: number; completionTokens: number; reasoningTokens: number }
  /** What one of the calls was broken by; null = none. */
  brokenBy: ToolFault | null
}

type AnswerProfile = Pick<
  FaultProfile,
  'toolCallRate' | 'toolCallRateAfterResults' | 'textBeforeCallsRate' | 'completionTokens'
>

const CALL_OVERHEAD_TOKENS = 12
const LENGTH_SPREAD = 0.5
/** From this many prompt tokens on, and in blocks of so many, a conversation's earlier part comes from the cache. */
const CACHE_FROM_TOKENS = 1024
const CACHE_BLOCK_TOKENS = 128

/**
 * What the model answers: tool calls when they are asked for or drawn, words otherwise. `promptTokens` is the
 * provider's own count of the request. After tool results it answers in words unless the profile says otherwise.
 */
export function drawAnswer({
  request,
  profile,
  fault,
  promptTokens,
  random,
}: {
  request: UpstreamRequest
  profile: AnswerProfile
  fault: ToolFault | null
  promptTokens: number
  random: Random
}): UpstreamAnswer {
  const id = drawId(random)
  const reasoningLength = request.wantsReasoning ? logNormal(random, 40, LENGTH_SPREAD) : 0
  const reasoning = reasoningLength > 0 ? drawProse({ random, tokens: reasoningLength }) : null
  const reasoningTokens = reasoning === null ? 0 : countTokens(reasoning)
  const cachedTokens = countCached({ request, promptTokens, random })
  const tools = toolsToCall(request, profile, random)
  if (tools.length > 0) {
    const count =
      request.allowsParallelCalls && typeof request.toolChoice === 'string' ? drawCallCount(random) : 1
    const { calls, brokenBy } = drawToolCalls({ tools, count, fault, random })
    const text = random() < profile.textBeforeCallsRate ? drawRemark(profile, random) : ''
    const callTokens = calls.reduce(
      (sum, call) => sum + CALL_OVERHEAD_TOKENS + countTokens(call.arguments),
      0,
    )
    const completionTokens = reasoningTokens + countTokens(text) + callTokens
    return {
      id,
      reasoning,
      text,
      toolCalls: calls.map((call) => ({ ...call, id: drawId(random) })),
      stop: 'tool_calls',
      usage: { promptTokens, cachedTokens, completionTokens, reasoningTokens },
      brokenBy,
    }
  }
  const { text, isCut } = drawText({ request, profile, reasoningTokens, random })
  const completionTokens = reasoningTokens + countTokens(text)
  return {
    id,
    reasoning,
    text,
    toolCalls: [],
    stop: isCut ? 'length' : 'stop',
    usage: { promptTokens, cachedTokens, completionTokens, reasoningTokens },
    brokenBy: null,
  }
}

/** The tools to choose from; empty = no call. */
function toolsToCall(
  { tools, toolChoice, endsWithToolResults }: UpstreamRequest,
  { toolCallRate, toolCallRateAfterResults }: Pick<FaultProfile, 'toolCallRate' | 'toolCallRateAfterResults'>,
  random: Random,
): UpstreamRequest['tools'] {
  const draw = random()
  if (typeof toolChoice === 'object') return tools.filter(({ name }) => name === toolChoice.name)
  if (toolChoice === 'none') return []
  const rate = endsWithToolResults ? toolCallRateAfterResults : toolCallRate
  return toolChoice === 'required' || draw < rate ? tools : []
}

/** What a model says before it calls: half as long as an answer. */
function drawRemark({ completionTokens }: AnswerProfile, random: Random): string {
  return drawProse({ random, tokens: logNormal(random, completionTokens / 2, LENGTH_SPREAD) })
}

function drawCallCount(random: Random): number {
  const draw = random()
  return draw < 0.76 ? 1 : draw < 0.93 ? 2 : 3
}

function drawText({
  request,
  profile,
  reasoningTokens,
  random,
}: {
  request: UpstreamRequest
  profile: Pick<FaultProfile, 'completionTokens'>
  reasoningTokens: number
  random: Random
}): { text: string; isCut: boolean } {
  const limit =
    request.maxTokens === null ? Number.POSITIVE_INFINITY : Math.max(1, request.maxTokens - reasoningTokens)
  if (request.output !== 'text') {
    const schema = request.output === 'json' ? { type: 'object', required: ['answer'] } : request.output
    const text = JSON.stringify(drawJson({ schema, random }))
    const isCut = countTokens(text) > limit
    return { text: isCut ? text.slice(0, limit * 4) : text, isCut }
  }
  const wanted = Math.max(1, Math.round(logNormal(random, profile.completionTokens, LENGTH_SPREAD)))
  return { text: drawProse({ random, tokens: Math.min(wanted, limit) }), isCut: wanted > limit }
}

function countCached({
  request,
  promptTokens,
  random,
}: {
  request: UpstreamRequest
  promptTokens: number
  random: Random
}): number {
  const draw = random()
  if (request.earlierTurns === 0 || promptTokens < CACHE_FROM_TOKENS || draw < 0.06) return 0
  return Math.floor((promptTokens * (0.6 + 0.35 * draw)) / CACHE_BLOCK_TOKENS) * CACHE_BLOCK_TOKENS
}

const ID_PARTS = 4
const ID_PART_LENGTH = 6

/** 24 lower-case letters and digits. */
function drawId(random: Random): string {
  let id = ''
  for (let part = 0; part < ID_PARTS; part += 1)
    id += Math.floor(random() * 36 ** ID_PART_LENGTH)
      .toString(36)
      .padStart(ID_PART_LENGTH, '0')
  return id
}
