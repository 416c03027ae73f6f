import { type JsonObject, withoutUndefined } from '../../platform/json-value'
import type { ReasoningSettings, Request, ResponseFormat } from '../hub'
import { effortOfBudget } from '../reasoning-settings'
import { writeMessages } from './write-messages'
import { writeTools } from './write-tools'

/**
 * A request for a chat-shaped provider, in the words of OpenAI's API reference (ChatCompletionCreateParams) and no
 * others, since strict providers refuse what they do not know: `top_k`, `min_p` and their like are left out. Streams
 * ask for their usage, which a log needs.
 */
export function writeRequest(request: Request, upstreamModel: string): JsonObject {
  const { isStream, modalities } = request
  return withoutNull({
    model: upstreamModel,
    messages: writeMessages(request.messages),
    ...writeTools(request),
    max_tokens: request.maxTokens,
    stop: request.stop.length === 0 ? null : request.stop,
    temperature: request.temperature,
    top_p: request.topP,
    frequency_penalty: request.frequencyPenalty,
    presence_penalty: request.presencePenalty,
    seed: request.seed,
    logit_bias: request.logitBias,
    logprobs: request.logprobs,
    top_logprobs: request.topLogprobs,
    n: request.candidateCount,
    reasoning_effort: effortOf(request.reasoning),
    response_format: writeResponseFormat(request.responseFormat),
    verbosity: request.verbosity,
    modalities: modalities.some((modality) => modality !== 'text') ? modalities : null,
    user: request.user,
    service_tier: request.serviceTier,
    prompt_cache_key: request.promptCacheKey,
    cache_control: request.cacheControl,
    stream: isStream ? true : null,
    stream_options: isStream ? { include_usage: true } : null,
  })
}

function withoutNull(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}

/** An effort as it is; a number of tokens as the effort that would spend about as many. Null = not said. */
function effortOf(reasoning: ReasoningSettings | null): string | null {
  if (reasoning === null) return null
  const { effort, maxTokens, isEnabled } = reasoning
  if (effort !== null) return effort
  return maxTokens === null || isEnabled === false ? null : effortOfBudget(maxTokens)
}

/** A schema has to have a name here. */
function writeResponseFormat(format: ResponseFormat | null): JsonObject | null {
  if (format?.type !== 'json_schema') return format
  const { name, schema, strict, description } = format
  return {
    type: 'json_schema',
    json_schema: withoutUndefined({
      name: name ?? 'answer',
      schema,
      strict: strict ?? undefined,
      description: description ?? undefined,
    }),
  }
}
