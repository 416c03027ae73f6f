import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import { readCallId } from '../call-id'
import { extraContent } from './write-messages'

/**
 * A chat request on its way to a chat-shaped provider: everything the client sent passes. Streams ask for their usage,
 * which a log needs; OpenRouter's `reasoning` with an effort alone goes as OpenAI's `reasoning_effort`; thought
 * signatures that came back within the ids of calls go where Gemini wants them.
 */
export function relayRequest(
  body: JsonObject,
  { upstreamModel, isStream }: { upstreamModel: string; isStream: boolean },
): JsonObject {
  const relayed = withReasoningEffort({ ...body, model: upstreamModel })
  if (isStream) relayed.stream_options = { ...objectOf(body.stream_options), include_usage: true }
  const messages = withThoughtSignatures(body.messages)
  if (messages !== body.messages) relayed.messages = messages
  return relayed
}

function withReasoningEffort(body: JsonObject): JsonObject {
  const { reasoning, ...rest } = body
  if (!isObject(reasoning)) return body
  const names = Object.keys(reasoning)
  return names.length === 1 && 'effort' in reasoning ? { reasoning_effort: reasoning.effort, ...rest } : body
}

/** The same list when no id holds one. */
function withThoughtSignatures(messages: unknown): unknown {
  if (!Array.isArray(messages) || !messages.some((message) => isObject(message) && isSigned(message)))
    return messages
  return messages.map((message: unknown) => {
    if (!isObject(message) || !isSigned(message)) return message
    const resultOf = textOf(message.tool_call_id)
    if (resultOf !== null) return { ...message, tool_call_id: readCallId(resultOf).id }
    return { ...message, tool_calls: objectsOf(message.tool_calls).map(restoreCall) }
  })
}

function isSigned(message: JsonObject): boolean {
  const ids = [message.tool_call_id, ...objectsOf(message.tool_calls).map(({ id }) => id)]
  return ids.some((id) => typeof id === 'string' && readCallId(id).thoughtSignature !== null)
}

function restoreCall(call: JsonObject): JsonObject {
  const { id, thoughtSignature } = readCallId(textOf(call.id) ?? '')
  if (thoughtSignature === null) return call
  return { ...call, id, extra_content: call.extra_content ?? extraContent(thoughtSignature) }
}
