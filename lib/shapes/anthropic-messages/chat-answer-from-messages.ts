import { objectOf, objectsOf, textOf } from '../../platform/json-value'
import { chatToolCallsFrom } from './chat-from-messages'
import { textOfContent } from './content-blocks'
import { chatUsageFrom } from './map-usage'
import { readMessagesUsage } from './read-messages-usage'
import { finishReasonFromStopReason } from './stop-reasons'
import { reasoningFromBlocks } from './thinking-blocks'

/**
 * An Anthropic message as a chat completion under our own id and model name. Thinking stands in `reasoning`, and with
 * its signature in OpenRouter's `reasoning_details`, which a client sends back to go on thinking. Usage is left out
 * when the provider gave none. Sources: Message of Anthropic's and ChatCompletion of OpenAI's API reference.
 */
export function chatAnswerFromMessages(
  answer: unknown,
  context: { id: string; model: string; createdSeconds: number },
): Record<string, unknown> {
  const message = objectOf(answer)
  const blocks = objectsOf(message.content)
  const text = textOfContent({ content: blocks.filter((block) => block.type === 'text'), separator: '' })
  const calls = chatToolCallsFrom(blocks)
  const usage = readMessagesUsage(message.usage)
  const native = textOf(message.stop_reason)
  return {
    id: context.id,
    object: 'chat.completion',
    created: context.createdSeconds,
    model: context.model,
    system_fingerprint: null,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text === '' && calls.length > 0 ? null : text,
          refusal: native === 'refusal' ? textOf(objectOf(message.stop_details).explanation) : null,
          ...reasoningFromBlocks(blocks),
          ...(calls.length === 0 ? {} : { tool_calls: calls }),
        },
        logprobs: null,
        finish_reason: finishReasonFromStopReason(native, calls.length > 0),
        native_finish_reason: native,
      },
    ],
    ...(usage === null ? {} : { usage: chatUsageFrom(usage) }),
  }
}
