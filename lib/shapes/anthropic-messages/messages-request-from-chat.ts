import {
  isObject,
  type JsonObject,
  numberOf,
  objectOf,
  objectsOf,
  textOf,
  withoutUndefined,
} from '../../platform/json-value'
import { planThinking } from './map-thinking'
import { messagesToolChoiceFromChat, messagesToolsFromChat } from './map-tools'
import { messagesFromChat } from './messages-from-chat'

/**
 * A chat completions request as an Anthropic messages request. Carried: model, messages, system prompts, tools and
 * their choice, token limit, stop, temperature (cut to 1), top_p, top_k, reasoning, user, service tier, a JSON schema
 * for the answer, stream. What Anthropic has no word for is dropped: seed, n, logprobs, logit_bias, penalties,
 * verbosity, `response_format: json_object`, and a JSON schema's name and strictness. Sources: both API references.
 */
export function messagesRequestFromChat(request: Record<string, unknown>): Record<string, unknown> {
  const { system, messages } = messagesFromChat(objectsOf(request.messages))
  const tools = messagesToolsFromChat(request)
  const toolChoice = tools === undefined ? undefined : messagesToolChoiceFromChat(request)
  const { thinking: wanted, maxTokens } = planThinking(request)
  const thinking = canThink({ toolChoice, messages }) ? wanted : undefined
  const isThinking = thinking?.type === 'enabled'
  const user = textOf(request.user)
  const schema = answerSchema(request.response_format)
  return withoutUndefined({
    model: request.model,
    max_tokens: maxTokens,
    system,
    messages,
    tools,
    tool_choice: toolChoice,
    thinking,
    temperature: isThinking ? undefined : clampedTemperature(request.temperature),
    top_p: isThinking ? undefined : (numberOf(request.top_p) ?? undefined),
    top_k: isThinking ? undefined : (numberOf(request.top_k) ?? undefined),
    stop_sequences: stopSequences(request.stop),
    metadata: user === null ? undefined : { user_id: user },
    output_config: schema === undefined ? undefined : { format: { type: 'json_schema', schema } },
    service_tier: SERVICE_TIERS[textOf(request.service_tier) ?? ''],
    cache_control: request.cache_control ?? undefined,
    stream: typeof request.stream === 'boolean' ? request.stream : undefined,
  })
}

const SERVICE_TIERS: Readonly<Record<string, string>> = { auto: 'auto', default: 'standard_only' }

/**
 * Anthropic refuses thinking together with a forced tool, and in the middle of a tool loop whose last call came
 * without its signed thinking; such a request is better answered without thinking than not at all.
 */
function canThink({
  toolChoice,
  messages,
}: {
  toolChoice: JsonObject | undefined
  messages: readonly JsonObject[]
}): boolean {
  if (toolChoice?.type === 'any' || toolChoice?.type === 'tool') return false
  const last = messages.findLast((message) => message.role === 'assistant')
  const blocks = objectsOf(last?.content)
  const isThought = (block: JsonObject | undefined) =>
    block?.type === 'thinking' || block?.type === 'redacted_thinking'
  return !blocks.some((block) => block.type === 'tool_use') || isThought(blocks[0])
}

function clampedTemperature(value: unknown): number | undefined {
  const temperature = numberOf(value)
  return temperature === null ? undefined : Math.min(1, Math.max(0, temperature))
}

/** Anthropic refuses sequences of nothing but white space. */
function stopSequences(stop: unknown): string[] | undefined {
  const listed = (Array.isArray(stop) ? stop : [stop]).filter(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  )
  return listed.length === 0 ? undefined : listed
}

function answerSchema(format: unknown): JsonObject | undefined {
  const schema = objectOf(objectOf(format).json_schema).schema
  return isObject(schema) ? schema : undefined
}
