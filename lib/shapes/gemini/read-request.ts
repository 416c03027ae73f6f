import { isObject, type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../../platform/json-value'
import type { Request, ResponseFormat } from '../hub'
import { readReasoningSettings } from '../reasoning-settings'
import { jsonSchemaFromGemini } from './json-schema'
import { messagesFromContents, systemPartsOf } from './read-contents'
import { toolChoiceFromGemini, toolsFromGemini } from './read-tools'
import { reasoningFromThinking } from './thinking'

/**
 * A generateContent request in the hub's words, from a body in the names of `withFieldNames`. Safety settings, cached
 * contents, labels and media resolution are Google's own and stay behind. Source: models.generateContent of the Gemini
 * API reference.
 */
export function readGeminiRequest(body: JsonObject): Request {
  const config = objectOf(body.generationConfig)
  const system = systemPartsOf(body.systemInstruction)
  return {
    messages: [
      ...(system.length === 0 ? [] : [{ role: 'system' as const, parts: system }]),
      ...messagesFromContents(objectsOf(body.contents)),
    ],
    tools: toolsFromGemini(body.tools),
    toolChoice: toolChoiceFromGemini(body.toolConfig),
    parallelToolCalls: null,
    maxTokens: numberOf(config.maxOutputTokens),
    temperature: numberOf(config.temperature),
    topP: numberOf(config.topP),
    topK: numberOf(config.topK),
    minP: null,
    topA: null,
    frequencyPenalty: numberOf(config.frequencyPenalty),
    presencePenalty: numberOf(config.presencePenalty),
    repetitionPenalty: null,
    seed: numberOf(config.seed),
    stop: textsOf(config.stopSequences),
    logitBias: null,
    logprobs: typeof config.responseLogprobs === 'boolean' ? config.responseLogprobs : null,
    topLogprobs: numberOf(config.logprobs),
    candidateCount: numberOf(config.candidateCount),
    reasoning:
      reasoningFromThinking(config.thinkingConfig) ?? readReasoningSettings({ reasoning: body.reasoning }),
    responseFormat: responseFormatOf(config),
    verbosity: null,
    modalities: textsOf(config.responseModalities).map((modality) => modality.toLowerCase()),
    user: null,
    serviceTier: serviceTierOf(body.serviceTier),
    promptCacheKey: null,
    cacheControl: null,
    metadata: null,
    isStream: body.stream === true,
  }
}

/** The format that `generationConfig` asks the answer's text to have; null = any. */
export function responseFormatOf(config: JsonObject): ResponseFormat | null {
  const schema = config.responseJsonSchema ?? jsonSchemaFromGemini(config.responseSchema)
  if (isObject(schema)) {
    return { type: 'json_schema', name: null, schema, strict: true, description: textOf(schema.description) }
  }
  return config.responseMimeType === 'application/json' ? { type: 'json_object' } : null
}

function serviceTierOf(tier: unknown): string | null {
  const word = textOf(tier)?.toLowerCase() ?? null
  if (word === null || word === 'unspecified') return null
  return word === 'standard' ? 'default' : word
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}
