import { isObject, type JsonObject, withoutUndefined } from '../../platform/json-value'
import type { Request, ResponseFormat } from '../hub'
import { withoutConst } from './json-schema'
import { rulesOfModel } from './model-rules'
import { thinkingFromReasoning } from './thinking'
import { contentsFromMessages } from './write-contents'
import { geminiToolsFrom } from './write-tools'

/**
 * A request of the hub for models.generateContent; the model and whether it streams stand in the path. Gemini has no
 * words for `min_p`, `top_a`, the repetition penalty, logit bias, verbosity, users, metadata, cache marks and
 * `parallel_tool_calls`, which stay behind. Source: GenerationConfig of the Gemini API reference.
 */
export function writeGeminiRequest(request: Request, upstreamModel: string): JsonObject {
  const rules = rulesOfModel(upstreamModel)
  const generationConfig = withoutUndefined({
    maxOutputTokens: request.maxTokens ?? undefined,
    temperature: request.temperature ?? undefined,
    topP: request.topP ?? undefined,
    topK: request.topK ?? undefined,
    candidateCount: request.candidateCount ?? undefined,
    stopSequences: request.stop.length === 0 ? undefined : request.stop,
    seed: request.seed ?? undefined,
    presencePenalty: request.presencePenalty ?? undefined,
    frequencyPenalty: request.frequencyPenalty ?? undefined,
    responseLogprobs: request.logprobs ?? undefined,
    logprobs: request.logprobs === true ? (request.topLogprobs ?? undefined) : undefined,
    responseModalities:
      request.modalities.length === 0 ? undefined : request.modalities.map((name) => name.toUpperCase()),
    ...formatFields(request.responseFormat),
    thinkingConfig: thinkingFromReasoning(request.reasoning, rules),
  })
  return withoutUndefined({
    ...contentsFromMessages(request.messages, rules),
    ...geminiToolsFrom(request),
    generationConfig: Object.keys(generationConfig).length === 0 ? undefined : generationConfig,
    serviceTier: serviceTierOf(request.serviceTier),
  })
}

/** The format of an answer's text as fields of `generationConfig`. */
function formatFields(format: ResponseFormat | null): JsonObject {
  if (format === null || format.type === 'text') return {}
  const schema = format.type === 'json_schema' && isObject(format.schema) ? format.schema : null
  return {
    responseMimeType: 'application/json',
    ...(schema === null ? {} : { responseJsonSchema: withoutConst(schema) }),
  }
}

function serviceTierOf(tier: string | null): string | undefined {
  if (tier === 'default') return 'standard'
  return tier === 'flex' || tier === 'priority' ? tier : undefined
}
