import { isObject, type JsonObject, objectOf, textOf } from '../json-value'
import { chatUsageFrom } from './map-usage'
import { mergeMessagesUsage, readMessagesUsage } from './read-messages-usage'
import { finishReasonFromStopReason } from './stop-reasons'
import { encryptedDetail, thinkingDetail } from './thinking-blocks'
import { argumentsFromInput } from './tool-arguments'

export type ChatStreamContext = { id: string; model: string; createdSeconds: number }

/**
 * Translates one stream: `push` takes the parsed data of an event and gives the chunks it makes; `end` gives the
 * rest.
 */
export type ChatStream = {
  push: (event: unknown) => Record<string, unknown>[]
  end: () => Record<string, unknown>[]
}

type ToolBlock = { index: number; startInput: unknown; hasPieces: boolean }

/**
 * An Anthropic message stream as chat completion chunks. The finish reason and the usage come together in the last
 * chunk, with `message_stop` or, when the provider forgot it, with `end`; so call `end` only when the upstream ended
 * in good order. `ping` makes nothing; `error` neither: it is for the observer. Sources: streaming messages of
 * Anthropic's documentation, ChatCompletionChunk of OpenAI's API reference.
 */
export function createChatStreamFromMessages(context: ChatStreamContext): ChatStream {
  const tools = new Map<unknown, ToolBlock>()
  let usage: JsonObject = {}
  let native: string | null = null
  let stopDetails: JsonObject = {}
  let state: 'waiting' | 'open' | 'closed' = 'waiting'

  const chunk = (delta: JsonObject, choice: JsonObject = {}) => ({
    id: context.id,
    object: 'chat.completion.chunk',
    created: context.createdSeconds,
    model: context.model,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: null, ...choice }],
  })
  const callChunk = (call: JsonObject) => chunk({ tool_calls: [call] })

  const startBlock = (event: JsonObject): JsonObject[] => {
    const block = objectOf(event.content_block)
    if (block.type === 'tool_use') {
      const index = tools.size
      tools.set(event.index, { index, startInput: block.input, hasPieces: false })
      const called = { name: textOf(block.name) ?? '', arguments: '' }
      return [callChunk({ index, id: textOf(block.id) ?? '', type: 'function', function: called })]
    }
    if (block.type === 'redacted_thinking') {
      return [chunk({ reasoning_details: [encryptedDetail({ block, index: indexOf(event) })] })]
    }
    return takeText({ text: textOf(block.text), thinking: textOf(block.thinking), event })
  }

  const takeDelta = (event: JsonObject): JsonObject[] => {
    const delta = objectOf(event.delta)
    if (delta.type === 'input_json_delta') {
      const tool = tools.get(event.index)
      const piece = textOf(delta.partial_json) ?? ''
      if (tool === undefined || piece === '') return []
      tool.hasPieces = true
      return [callChunk({ index: tool.index, function: { arguments: piece } })]
    }
    if (delta.type === 'signature_delta') {
      const block = { signature: delta.signature }
      return [chunk({ reasoning_details: [thinkingDetail({ block, index: indexOf(event) })] })]
    }
    return takeText({ text: textOf(delta.text), thinking: textOf(delta.thinking), event })
  }

  const takeText = ({ text, thinking, event }: TextPiece): JsonObject[] => {
    if (text !== null && text !== '') return [chunk({ content: text })]
    if (thinking === null || thinking === '') return []
    const detail = thinkingDetail({ block: { thinking }, index: indexOf(event) })
    return [chunk({ reasoning: thinking, reasoning_details: [detail] })]
  }

  /** A call without arguments streams none, but chat clients parse what they got: they need at least `{}`. */
  const stopBlock = (event: JsonObject): JsonObject[] => {
    const tool = tools.get(event.index)
    if (tool === undefined || tool.hasPieces) return []
    tool.hasPieces = true
    return [callChunk({ index: tool.index, function: { arguments: argumentsFromInput(tool.startInput) } })]
  }

  const close = (): JsonObject[] => {
    if (state !== 'open') return []
    state = 'closed'
    const unfinished = [...tools.keys()].flatMap((index) => stopBlock({ index }))
    const explanation = native === 'refusal' ? textOf(stopDetails.explanation) : null
    const known = readMessagesUsage(usage)
    const last = chunk(explanation === null ? {} : { refusal: explanation }, {
      finish_reason: finishReasonFromStopReason(native, tools.size > 0),
      native_finish_reason: native,
    })
    return [...unfinished, known === null ? last : { ...last, usage: chatUsageFrom(known) }]
  }

  return {
    push: (event) => {
      if (!isObject(event) || state === 'closed') return []
      if (event.type === 'message_start') {
        usage = mergeMessagesUsage(usage, objectOf(event.message).usage)
        if (state === 'open') return []
        state = 'open'
        return [chunk({ role: 'assistant', content: '' })]
      }
      if (event.type === 'content_block_start') return startBlock(event)
      if (event.type === 'content_block_delta') return takeDelta(event)
      if (event.type === 'content_block_stop') return stopBlock(event)
      if (event.type === 'message_stop') return close()
      if (event.type === 'message_delta') {
        usage = mergeMessagesUsage(usage, event.usage)
        native = textOf(objectOf(event.delta).stop_reason) ?? native
        stopDetails = objectOf(objectOf(event.delta).stop_details)
      }
      return []
    },
    end: close,
  }
}

type TextPiece = { text: string | null; thinking: string | null; event: JsonObject }

function indexOf(event: JsonObject): number {
  return typeof event.index === 'number' ? event.index : 0
}
