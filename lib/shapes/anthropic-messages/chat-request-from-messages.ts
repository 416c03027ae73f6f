import {
  isObject,
  type JsonObject,
  numberOf,
  objectOf,
  objectsOf,
  textOf,
  withoutUndefined,
} from '../../platform/json-value'
import { chatFromMessages } from './chat-from-messages'
import { effortFromThinking } from './map-thinking'
import { chatToolChoiceFromMessages, chatToolsFromMessages } from './map-tools'

/**
 * An Anthropic messages request as a chat completions request. Carried: model, messages, system prompt, tools and
 * their choice, max_tokens, stop sequences, temperature, top_p, thinking as `reasoning_effort`, `metadata.user_id` as
 * `user`, service tier, a JSON schema for the answer, stream (asking for usage). Dropped: top_k, cache_control,
 * containers, built-in tools, and the thinking of earlier turns. Sources: both API references.
 */
export function chatRequestFromMessages(request: Record<string, unknown>): Record<string, unknown> {
  const tools = chatToolsFromMessages(request.tools)
  const isStream = request.stream === true
  return withoutUndefined({
    model: request.model,
    messages: chatFromMessages({ system: request.system, messages: objectsOf(request.messages) }),
    tools,
    ...(tools === undefined ? {} : chatToolChoiceFromMessages(request.tool_choice)),
    max_tokens: numberOf(request.max_tokens) ?? undefined,
    stop: Array.isArray(request.stop_sequences) ? request.stop_sequences : undefined,
    temperature: numberOf(request.temperature) ?? undefined,
    top_p: numberOf(request.top_p) ?? undefined,
    reasoning_effort: effortFromThinking(request),
    user: textOf(objectOf(request.metadata).user_id) ?? undefined,
    response_format: responseFormat(objectOf(request.output_config).format),
    service_tier: SERVICE_TIERS[textOf(request.service_tier) ?? ''],
    stream: isStream ? true : undefined,
    stream_options: isStream ? { include_usage: true } : undefined,
  })
}

const SERVICE_TIERS: Readonly<Record<string, string>> = { auto: 'auto', standard_only: 'default' }

/** The chat shape wants a name, which Anthropic's has not. */
function responseFormat(format: unknown): JsonObject | undefined {
  const schema = objectOf(format).schema
  return isObject(schema) ? { type: 'json_schema', json_schema: { name: 'answer', schema } } : undefined
}
