import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import type { SseEvent } from '../../platform/sse/parse-sse'
import { createToolCallJoiner } from '../openai-chat/join-tool-calls'
import { readChatUsage } from '../openai-chat/read-chat-usage'
import { textOfContent } from './content-blocks'
import { messagesUsageFrom } from './map-usage'
import { messageFrame, refusalDetails } from './messages-answer-from-chat'
import { stopReasonFromFinishReason } from './stop-reasons'
import { reasoningTextOf, signedBlocksFrom } from './thinking-blocks'
import { createBlockWriter } from './write-blocks'

/** Translates one stream: `push` takes a parsed chunk and gives the events it makes; `end` gives the rest. */
export type MessagesStream = { push: (chunk: unknown) => SseEvent[]; end: () => SseEvent[] }

/**
 * Chat completion chunks as an Anthropic message stream: `message_start`, the blocks one after the other,
 * `message_delta` with stop reason and usage, `message_stop`. The last two come with `end`, because usage may follow
 * the finish reason; call it only when the upstream ended in good order. Input tokens are 0 in `message_start`, as
 * the chat shape does not know them before the end. Sources: ChatCompletionChunk of OpenAI's API reference, streaming
 * messages of Anthropic's documentation.
 */
export function createMessagesStreamFromChat(context: { id: string; model: string }): MessagesStream {
  const joiner = createToolCallJoiner()
  const writer = createBlockWriter(context.id)
  let usage: unknown = null
  let finishReason: string | null = null
  let refusal = ''
  let state: 'waiting' | 'open' | 'closed' = 'waiting'

  const start = (): SseEvent[] => {
    if (state !== 'waiting') return []
    state = 'open'
    const message = { ...messageFrame(context), usage: messagesUsageFrom(null) }
    return [messageEvent('message_start', { message })]
  }

  const takeDelta = (delta: JsonObject): JsonObject[] => {
    const refused = textOf(delta.refusal) ?? ''
    refusal += refused
    const legacy = isObject(delta.function_call) ? [{ index: -1, function: delta.function_call }] : []
    const calls = Array.isArray(delta.tool_calls) ? [...delta.tool_calls, ...legacy] : legacy
    return [
      ...writer.thinking({ text: reasoningTextOf(delta), details: objectsOf(delta.reasoning_details) }),
      ...signedBlocksFrom(delta)
        .filter((block) => block.type === 'redacted_thinking')
        .flatMap((block) => writer.whole(block)),
      ...writer.text(textOfContent({ content: delta.content, separator: '' }) + refused),
      ...joiner.push(calls).flatMap((piece) => writer.toolCall(piece)),
    ]
  }

  return {
    push: (chunk) => {
      if (!isObject(chunk) || state === 'closed') return []
      const choice = objectsOf(chunk.choices).find((one) => (one.index ?? 0) === 0)
      usage = chunk.usage ?? usage
      if (choice === undefined) return []
      const delta = objectOf(choice.delta ?? choice.message)
      finishReason = textOf(choice.finish_reason) ?? finishReason
      return [...start(), ...takeDelta(delta).map(toEvent)]
    },
    end: () => {
      if (state !== 'open') return []
      state = 'closed'
      const blocks = writer.end().map(toEvent)
      const reason = refusal === '' ? finishReason : 'refusal'
      const stopReason = stopReasonFromFinishReason(reason, joiner.calls().length > 0)
      const delta = { stop_reason: stopReason, stop_sequence: null, stop_details: refusalDetails(refusal) }
      return [
        ...blocks,
        messageEvent('message_delta', { delta, usage: messagesUsageFrom(readChatUsage(usage)) }),
        messageEvent('message_stop', {}),
      ]
    },
  }
}

function toEvent(data: JsonObject): SseEvent {
  return { event: textOf(data.type), data: JSON.stringify(data) }
}

function messageEvent(type: string, fields: JsonObject): SseEvent {
  return toEvent({ type, ...fields })
}
