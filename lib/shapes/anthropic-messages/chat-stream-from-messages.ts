import { isObject, type JsonObject, objectOf, textOf } from '../../platform/json-value'
import { chatUsageFrom } from './map-usage'
import { mergeMessagesUsage, readMessagesUsage } from './read-messages-usage'
import { finishReasonFromStopReason } from './stop-reasons'
import { encryptedDetail, thinkingDetail } from './thinking-blocks'
import { argumentsFromInput } from './tool-arguments'

export type ChatStreamContext = { id: string; model: string; createdSeconds: number }

/** Translates one stream: `push` takes the parsed data of an event, `end` comes last; both give the chunks to send. */
export type ChatStream = {
  push: (event: unknown) => Record<string, unknown>[]
  end: () => Record<string, unknown>[]
}

/**
 * An Anthropic message stream as chat completion chunks. The finish reason and the usage come together in the last
 * chunk, with `message_stop` or, when the provider forgot it, with `end`; so call `end` only when the upstream ended in
 * good order. `ping` makes nothing; `error` neither: it is for the observer. Sources: streaming messages of Anthropic's
 * documentation, ChatCompletionChunk of OpenAI's API reference.
 */
export function createChatStreamFromMessages(context: ChatStreamContext): ChatStream {
  const stream: Translation = {
    context,
    phase: 'waiting',
    tools: new Map(),
    usage: {},
    stopReason: null,
    stopDetails: {},
  }
  return {
    push: (event) => (isObject(event) && stream.phase !== 'closed' ? takeEvent(stream, event) : []),
    end: () => close(stream),
  }
}

type ToolBlock = { index: number; startInput: unknown; hasPieces: boolean }
type Translation = {
  context: ChatStreamContext
  phase: 'waiting' | 'open' | 'closed'
  /** By the index of their content block. */
  tools: Map<unknown, ToolBlock>
  usage: JsonObject
  stopReason: string | null
  stopDetails: JsonObject
}

function takeEvent(stream: Translation, event: JsonObject): JsonObject[] {
  switch (event.type) {
    case 'message_start':
      stream.usage = mergeMessagesUsage(stream.usage, objectOf(event.message).usage)
      return open(stream)
    case 'content_block_start':
      return startBlock(stream, event)
    case 'content_block_delta':
      return takeDelta(stream, event)
    case 'content_block_stop':
      return stopBlock(stream, event.index)
    case 'message_delta': {
      const delta = objectOf(event.delta)
      stream.usage = mergeMessagesUsage(stream.usage, event.usage)
      stream.stopReason = textOf(delta.stop_reason) ?? stream.stopReason
      stream.stopDetails = objectOf(delta.stop_details)
      return []
    }
    case 'message_stop':
      return close(stream)
    default:
      return []
  }
}

function open(stream: Translation): JsonObject[] {
  if (stream.phase === 'open') return []
  stream.phase = 'open'
  return [chunkOf(stream, { role: 'assistant', content: '' })]
}

function startBlock(stream: Translation, event: JsonObject): JsonObject[] {
  const block = objectOf(event.content_block)
  if (block.type === 'tool_use') {
    const index = stream.tools.size
    stream.tools.set(event.index, { index, startInput: block.input, hasPieces: false })
    const called = { name: textOf(block.name) ?? '', arguments: '' }
    return [callChunk(stream, { index, id: textOf(block.id) ?? '', type: 'function', function: called })]
  }
  if (block.type === 'redacted_thinking') {
    return [chunkOf(stream, { reasoning_details: [encryptedDetail({ block, index: indexOf(event) })] })]
  }
  return takeText(stream, event, block)
}

function takeDelta(stream: Translation, event: JsonObject): JsonObject[] {
  const delta = objectOf(event.delta)
  if (delta.type === 'input_json_delta') {
    const tool = stream.tools.get(event.index)
    const piece = textOf(delta.partial_json) ?? ''
    if (tool === undefined || piece === '') return []
    tool.hasPieces = true
    return [callChunk(stream, { index: tool.index, function: { arguments: piece } })]
  }
  if (delta.type === 'signature_delta') {
    const block = { signature: delta.signature }
    return [chunkOf(stream, { reasoning_details: [thinkingDetail({ block, index: indexOf(event) })] })]
  }
  return takeText(stream, event, delta)
}

function takeText(stream: Translation, event: JsonObject, { text, thinking }: JsonObject): JsonObject[] {
  if (typeof text === 'string' && text !== '') return [chunkOf(stream, { content: text })]
  if (typeof thinking !== 'string' || thinking === '') return []
  const detail = thinkingDetail({ block: { thinking }, index: indexOf(event) })
  return [chunkOf(stream, { reasoning: thinking, reasoning_details: [detail] })]
}

/** A call without arguments streams none, but chat clients parse what they got: they need at least `{}`. */
function stopBlock(stream: Translation, blockIndex: unknown): JsonObject[] {
  const tool = stream.tools.get(blockIndex)
  if (tool === undefined || tool.hasPieces) return []
  tool.hasPieces = true
  const text = argumentsFromInput(tool.startInput)
  return [callChunk(stream, { index: tool.index, function: { arguments: text } })]
}

function close(stream: Translation): JsonObject[] {
  if (stream.phase !== 'open') return []
  stream.phase = 'closed'
  const unfinished = [...stream.tools.keys()].flatMap((index) => stopBlock(stream, index))
  const { stopReason, stopDetails, tools } = stream
  const explanation = stopReason === 'refusal' ? textOf(stopDetails.explanation) : null
  const usage = readMessagesUsage(stream.usage)
  const last = chunkOf(stream, explanation === null ? {} : { refusal: explanation }, {
    finish_reason: finishReasonFromStopReason(stopReason, tools.size > 0),
    native_finish_reason: stopReason,
  })
  return [...unfinished, usage === null ? last : { ...last, usage: chatUsageFrom(usage) }]
}

function callChunk(stream: Translation, call: JsonObject): JsonObject {
  return chunkOf(stream, { tool_calls: [call] })
}

function chunkOf({ context }: Translation, delta: JsonObject, choice: JsonObject = {}): JsonObject {
  return {
    id: context.id,
    object: 'chat.completion.chunk',
    created: context.createdSeconds,
    model: context.model,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: null, ...choice }],
  }
}

function indexOf(event: JsonObject): number {
  return typeof event.index === 'number' ? event.index : 0
}
