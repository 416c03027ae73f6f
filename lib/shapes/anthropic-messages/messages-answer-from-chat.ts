import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import { argumentsText } from '../openai-chat/join-tool-calls'
import { readChatUsage } from '../openai-chat/read-chat-usage'
import { textOfContent } from './content-blocks'
import { messagesUsageFrom } from './map-usage'
import { stopReasonFromFinishReason } from './stop-reasons'
import { thinkingBlocksFrom } from './thinking-blocks'
import { inputFromArguments, toolUseId } from './tool-arguments'

/**
 * A chat completion (its first choice) as an Anthropic message under our own id and model name: reasoning, then text,
 * then tool calls. A refusal is text, too, with the stop reason `refusal`. Sources: ChatCompletion of OpenAI's and
 * Message of Anthropic's API reference.
 */
export function messagesAnswerFromChat(
  answer: unknown,
  context: { id: string; model: string },
): Record<string, unknown> {
  const body = objectOf(answer)
  const choice = objectsOf(body.choices)[0] ?? {}
  const message = objectOf(choice.message)
  const text = textOfContent({ content: message.content, separator: '' })
  const refusal = textOf(message.refusal) ?? ''
  const spoken = text === '' ? refusal : text
  const calls = toolUsesOf(message, context.id)
  const reason = refusal === '' ? textOf(choice.finish_reason) : 'refusal'
  return {
    ...messageFrame(context),
    content: [
      ...thinkingBlocksFrom(message),
      ...(spoken === '' ? [] : [{ type: 'text', text: spoken, citations: null }]),
      ...calls,
    ],
    stop_reason: stopReasonFromFinishReason(reason, calls.length > 0),
    stop_details: refusalDetails(refusal),
    usage: messagesUsageFrom(readChatUsage(body.usage)),
  }
}

/** What every message begins with; `stop_reason` is still open. */
export function messageFrame({ id, model }: { id: string; model: string }): JsonObject {
  return {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    container: null,
  }
}

/** `stop_details` for the words of a refusal; null for none. */
export function refusalDetails(refusal: string): JsonObject | null {
  return refusal === '' ? null : { type: 'refusal', category: null, explanation: refusal }
}

/** The id of a call as Anthropic takes it; calls without one are numbered under the answer's id. */
export function answerToolUseId({
  id,
  answerId,
  position,
}: {
  id: string
  answerId: string
  position: number
}): string {
  return toolUseId(id, toolUseId(`toolu_${answerId}_${position}`, 'toolu_0'))
}

function toolUsesOf(message: JsonObject, answerId: string): JsonObject[] {
  const legacy = isObject(message.function_call) ? [{ function: message.function_call }] : []
  return [...objectsOf(message.tool_calls), ...legacy].map((call: JsonObject, position) => {
    const custom = isObject(call.custom) ? call.custom : null
    const called = custom ?? objectOf(call.function)
    return {
      type: 'tool_use',
      id: answerToolUseId({ id: textOf(call.id) ?? '', answerId, position }),
      name: textOf(called.name) ?? '',
      input: custom === null ? inputFromArguments(argumentsText(called.arguments)) : { input: custom.input },
    }
  })
}
