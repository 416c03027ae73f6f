import { isObject, type JsonObject, numberOf, textOf } from '../../platform/json-value'
import type { Request } from '../hub'
import { readReasoningSettings } from '../reasoning-settings'
import { plainText } from './content-parts'
import { readFormat } from './map-settings'
import { readToolChoice, readTools } from './map-tools'
import { messagesFromInput } from './read-items'

/**
 * A request in this shape. `instructions` are its first system message. `top_k`, penalties, `seed`, `stop` and
 * `modalities` are OpenRouter's additions, or a preset's.
 */
export function readResponsesRequest(body: JsonObject): Request {
  const instructions = textOf(body.instructions) ?? ''
  const text = isObject(body.text) ? body.text : {}
  return {
    messages: [
      ...(instructions === '' ? [] : [{ role: 'system' as const, parts: [plainText(instructions)] }]),
      ...messagesFromInput(body.input),
    ],
    tools: readTools(body),
    toolChoice: readToolChoice(body.tool_choice),
    parallelToolCalls: typeof body.parallel_tool_calls === 'boolean' ? body.parallel_tool_calls : null,
    maxTokens: numberOf(body.max_output_tokens),
    temperature: numberOf(body.temperature),
    topP: numberOf(body.top_p),
    topK: numberOf(body.top_k),
    minP: numberOf(body.min_p),
    topA: numberOf(body.top_a),
    frequencyPenalty: numberOf(body.frequency_penalty),
    presencePenalty: numberOf(body.presence_penalty),
    repetitionPenalty: numberOf(body.repetition_penalty),
    seed: numberOf(body.seed),
    stop: typeof body.stop === 'string' ? [body.stop] : textsOf(body.stop),
    logitBias: isObject(body.logit_bias) ? body.logit_bias : null,
    logprobs: textsOf(body.include).includes('message.output_text.logprobs') ? true : null,
    topLogprobs: numberOf(body.top_logprobs),
    candidateCount: null,
    reasoning: readReasoningSettings(body),
    responseFormat: readFormat(text),
    verbosity: textOf(text.verbosity),
    modalities: textsOf(body.modalities),
    user: textOf(body.safety_identifier) ?? textOf(body.user),
    serviceTier: textOf(body.service_tier),
    promptCacheKey: textOf(body.prompt_cache_key),
    cacheControl: isObject(body.cache_control) ? body.cache_control : null,
    metadata: isObject(body.metadata) ? body.metadata : null,
    isStream: body.stream === true,
  }
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}
