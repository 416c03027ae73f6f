import { isObject, type JsonObject, numberOf, objectOf, textOf } from '../../platform/json-value'
import type { Request, ResponseFormat } from '../hub'
import { readReasoningSettings } from '../reasoning-settings'
import { readMessages } from './read-messages'
import { readToolChoice, readTools } from './read-tools'

/** A chat completions request in the hub's words. Source: ChatCompletionCreateParams of OpenAI's API reference. */
export function readRequest(body: JsonObject): Request {
  return {
    messages: readMessages(body.messages),
    tools: readTools(body),
    toolChoice: readToolChoice(body.tool_choice ?? body.function_call),
    parallelToolCalls: booleanOf(body.parallel_tool_calls),
    maxTokens: numberOf(body.max_completion_tokens) ?? numberOf(body.max_tokens),
    temperature: numberOf(body.temperature),
    topP: numberOf(body.top_p),
    topK: numberOf(body.top_k),
    minP: numberOf(body.min_p),
    topA: numberOf(body.top_a),
    frequencyPenalty: numberOf(body.frequency_penalty),
    presencePenalty: numberOf(body.presence_penalty),
    repetitionPenalty: numberOf(body.repetition_penalty),
    seed: numberOf(body.seed),
    stop: textsOf(Array.isArray(body.stop) ? body.stop : [body.stop]),
    logitBias: isObject(body.logit_bias) ? body.logit_bias : null,
    logprobs: booleanOf(body.logprobs),
    topLogprobs: numberOf(body.top_logprobs),
    candidateCount: numberOf(body.n),
    reasoning: readReasoningSettings(body),
    responseFormat: readResponseFormat(body.response_format),
    verbosity: textOf(body.verbosity),
    modalities: textsOf(Array.isArray(body.modalities) ? body.modalities : []),
    user: textOf(body.user) ?? textOf(body.safety_identifier),
    serviceTier: textOf(body.service_tier),
    promptCacheKey: textOf(body.prompt_cache_key),
    cacheControl: isObject(body.cache_control) ? body.cache_control : null,
    metadata: isObject(body.metadata) ? body.metadata : null,
    isStream: body.stream === true,
  }
}

/** `response_format`; null when it is missing or none that is known. */
export function readResponseFormat(format: unknown): ResponseFormat | null {
  if (!isObject(format)) return null
  if (format.type === 'text' || format.type === 'json_object') return { type: format.type }
  if (format.type !== 'json_schema') return null
  const { name, schema, strict, description } = objectOf(format.json_schema)
  return {
    type: 'json_schema',
    name: textOf(name),
    schema,
    strict: booleanOf(strict),
    description: textOf(description),
  }
}

function booleanOf(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}

function textsOf(values: readonly unknown[]): string[] {
  return values.filter((value): value is string => typeof value === 'string')
}
