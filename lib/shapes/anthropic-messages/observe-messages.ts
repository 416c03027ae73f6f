import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import type { RawToolCall } from '../../records/check-tool-calls'
import { normalizeFinishReason } from '../../records/finish-reason'
import type { AnswerFacts, AnswerObserver, ChunkFacts } from '../answer-facts'
import { argumentsText } from '../openai-chat/join-tool-calls'
import { type ReadError, readError } from '../read-error'
import { mergeMessagesUsage, readMessagesUsage } from './read-messages-usage'

const NOT_A_MESSAGE = 'The answer is no message: it has no content.'
const NOT_A_STREAM = 'The stream holds no message: it has no message_start.'

/**
 * The facts of a whole Anthropic message. An `error` object in place of the message and anything without `content`
 * are problems. Never throws. Source: Message of Anthropic's API reference.
 */
export function readMessagesAnswer(body: unknown): AnswerFacts {
  const answer = objectOf(body)
  const error = readError(answer.error)
  const blocks = objectsOf(answer.content)
  const native = textOf(answer.stop_reason)
  return {
    usage: readMessagesUsage(answer.usage),
    finishReason: normalizeFinishReason(native),
    nativeFinishReason: native,
    toolCalls: blocks.filter(isToolUse).map((block) => ({
      name: textOf(block.name) ?? '',
      arguments: argumentsText(block.input ?? {}),
    })),
    hasOutput: blocks.some(isOutput),
    problem: error?.problem ?? (Array.isArray(answer.content) ? null : NOT_A_MESSAGE),
    problemStatus: error?.status ?? null,
  }
}

/**
 * Watches the parsed data of a message stream's events. Arguments are the joined `input_json_delta` pieces, or the
 * `input` of the block's start when no piece followed. A stream that brought something else than pings, but no
 * `message_start`, is another shape. Source: streaming messages of Anthropic's documentation.
 */
export function createMessagesObserver(): AnswerObserver {
  const seen: Seen = {
    blocks: new Map(),
    toolBlocks: [],
    usage: {},
    stopReason: null,
    hasOutput: false,
    hasPieces: false,
    hasStarted: false,
    error: null,
  }
  return {
    push: (event) => {
      const chunk: ChunkFacts = { isToken: false, hasToolCallDelta: false, isFinal: false }
      if (!isObject(event) || event.type !== 'ping') seen.hasPieces = true
      if (isObject(event)) takeEvent(seen, event, chunk)
      if (chunk.isToken) seen.hasOutput = true
      return chunk
    },
    facts: () => ({
      usage: readMessagesUsage(seen.usage),
      finishReason: normalizeFinishReason(seen.stopReason),
      nativeFinishReason: seen.stopReason,
      toolCalls: seen.toolBlocks.map(toRawCall),
      hasOutput: seen.hasOutput,
      problem: seen.error?.problem ?? (seen.hasPieces && !seen.hasStarted ? NOT_A_STREAM : null),
      problemStatus: seen.error?.status ?? null,
    }),
  }
}

type OpenBlock = { call: RawToolCall | null; startInput: unknown; json: string }
type Seen = {
  blocks: Map<unknown, OpenBlock>
  toolBlocks: OpenBlock[]
  usage: JsonObject
  stopReason: string | null
  hasOutput: boolean
  hasPieces: boolean
  hasStarted: boolean
  error: ReadError | null
}

function takeEvent(seen: Seen, event: JsonObject, chunk: ChunkFacts): void {
  switch (event.type) {
    case 'content_block_delta':
      takeDelta(seen, event, chunk)
      break
    case 'content_block_start':
      takeStart(seen, event, chunk)
      break
    case 'message_start': {
      const message = objectOf(event.message)
      seen.hasStarted = true
      seen.usage = mergeMessagesUsage(seen.usage, message.usage)
      takeStopReason(seen, message.stop_reason, chunk)
      break
    }
    case 'message_delta':
      seen.usage = mergeMessagesUsage(seen.usage, event.usage)
      takeStopReason(seen, objectOf(event.delta).stop_reason, chunk)
      break
    case 'message_stop':
      chunk.isFinal = true
      break
    default:
      if (event.type === 'error' || isObject(event.error)) seen.error ??= readError(event.error ?? {})
  }
}

function takeStart(seen: Seen, event: JsonObject, chunk: ChunkFacts): void {
  const content = objectOf(event.content_block)
  const call = isToolUse(content) ? { name: textOf(content.name) ?? '', arguments: '' } : null
  const block: OpenBlock = { call, startInput: content.input, json: '' }
  seen.blocks.set(event.index, block)
  if (call !== null) seen.toolBlocks.push(block)
  chunk.hasToolCallDelta = call !== null
  chunk.isToken = isOutput(content)
}

function takeDelta(seen: Seen, event: JsonObject, chunk: ChunkFacts): void {
  const delta = objectOf(event.delta)
  if (delta.type !== 'input_json_delta') {
    chunk.isToken = isFilledText(delta.text) || isFilledText(delta.thinking)
    return
  }
  const block = seen.blocks.get(event.index)
  const piece = textOf(delta.partial_json) ?? ''
  if (block !== undefined) block.json += piece
  chunk.hasToolCallDelta = block !== undefined && block.call !== null
  chunk.isToken = piece !== ''
}

function takeStopReason(seen: Seen, reason: unknown, chunk: ChunkFacts): void {
  if (typeof reason !== 'string') return
  seen.stopReason = reason
  chunk.isFinal = true
}

function toRawCall(block: OpenBlock): RawToolCall {
  const text = block.json === '' ? argumentsText(block.startInput ?? {}) : block.json
  return { name: block.call?.name ?? '', arguments: text }
}

/** A call of a tool the client runs; `server_tool_use` is run by the provider. */
function isToolUse(block: JsonObject): boolean {
  return block.type === 'tool_use'
}

function isOutput(block: JsonObject): boolean {
  if (block.type === 'text') return isFilledText(block.text)
  if (block.type === 'thinking') return isFilledText(block.thinking)
  return typeof block.type === 'string'
}

function isFilledText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}
