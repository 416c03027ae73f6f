import type { RawToolCall } from '../../records/check-tool-calls'
import { normalizeFinishReason } from '../../records/finish-reason'
import type { AnswerFacts, AnswerObserver, ChunkFacts } from '../answer-facts'
import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../json-value'
import { argumentsText } from '../openai/join-tool-calls'
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

type OpenBlock = { call: RawToolCall | null; startInput: unknown; json: string }

/**
 * Watches the parsed data of a message stream's events. Arguments are the joined `input_json_delta` pieces, or the
 * `input` of the block's start when no piece followed. A stream that brought something else than pings, but no
 * `message_start`, is another shape. Source: streaming messages of Anthropic's documentation.
 */
export function createMessagesObserver(): AnswerObserver {
  const blocks = new Map<unknown, OpenBlock>()
  const toolBlocks: OpenBlock[] = []
  let usage: JsonObject = {}
  let native: string | null = null
  let hasOutput = false
  let hasPieces = false
  let hasStarted = false
  let error: ReadError | null = null

  const takeStart = (event: JsonObject, chunk: ChunkFacts): void => {
    const content = objectOf(event.content_block)
    const call = isToolUse(content) ? { name: textOf(content.name) ?? '', arguments: '' } : null
    const block: OpenBlock = { call, startInput: content.input, json: '' }
    blocks.set(event.index, block)
    if (call !== null) toolBlocks.push(block)
    chunk.hasToolCallDelta = call !== null
    chunk.isToken = isOutput(content)
  }

  const takeDelta = (event: JsonObject, chunk: ChunkFacts): void => {
    const delta = objectOf(event.delta)
    if (delta.type === 'input_json_delta') {
      const block = blocks.get(event.index)
      const piece = textOf(delta.partial_json) ?? ''
      if (block !== undefined) block.json += piece
      chunk.hasToolCallDelta = block !== undefined && block.call !== null
      chunk.isToken = piece !== ''
      return
    }
    chunk.isToken = isFilledText(delta.text) || isFilledText(delta.thinking)
  }

  const takeStop = (reason: unknown, chunk: ChunkFacts): void => {
    const raw = textOf(reason)
    if (raw === null) return
    native = raw
    chunk.isFinal = true
  }

  return {
    push: (event) => {
      const chunk: ChunkFacts = { isToken: false, hasToolCallDelta: false, isFinal: false }
      if (!isObject(event) || event.type !== 'ping') hasPieces = true
      if (!isObject(event)) return chunk
      if (event.type === 'content_block_delta') takeDelta(event, chunk)
      else if (event.type === 'content_block_start') takeStart(event, chunk)
      else if (event.type === 'message_start') {
        hasStarted = true
        const message = objectOf(event.message)
        usage = mergeMessagesUsage(usage, message.usage)
        takeStop(message.stop_reason, chunk)
      } else if (event.type === 'message_delta') {
        usage = mergeMessagesUsage(usage, event.usage)
        takeStop(objectOf(event.delta).stop_reason, chunk)
      } else if (event.type === 'message_stop') chunk.isFinal = true
      else if (event.type === 'error' || isObject(event.error)) error ??= readError(event.error ?? {})
      if (chunk.isToken) hasOutput = true
      return chunk
    },
    facts: () => ({
      usage: readMessagesUsage(usage),
      finishReason: normalizeFinishReason(native),
      nativeFinishReason: native,
      toolCalls: toolBlocks.map(toRawCall),
      hasOutput,
      problem: error?.problem ?? (hasPieces && !hasStarted ? NOT_A_STREAM : null),
      problemStatus: error?.status ?? null,
    }),
  }
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
