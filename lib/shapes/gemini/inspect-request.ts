import { isObject, type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../../platform/json-value'
import type { PromptPart } from '../../records/vocabulary'
import { estimatePromptParts } from '../prompt-parts'
import type { RequestFacts } from '../shape'
import { responseFormatOf } from './read-request'
import { toolsFromGemini } from './read-tools'

/** OpenRouter's word for each field of `generationConfig`. */
const PARAMETER_OF_FIELD: Readonly<Record<string, string>> = {
  maxOutputTokens: 'max_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  stopSequences: 'stop',
  seed: 'seed',
  presencePenalty: 'presence_penalty',
  frequencyPenalty: 'frequency_penalty',
  responseLogprobs: 'logprobs',
  logprobs: 'top_logprobs',
  responseSchema: 'response_format',
  responseJsonSchema: 'response_format',
  thinkingConfig: 'reasoning',
}

/** What the gateway decides by, from a body in the names of `withFieldNames`. */
export function inspectGeminiRequest(body: JsonObject): RequestFacts {
  const config = objectOf(body.generationConfig)
  return {
    isStream: body.stream === true,
    offeredTools: offeredToolsOf(body.tools),
    parameters: parametersOf(body, config),
    maxTokens: numberOf(config.maxOutputTokens),
    endUser: null,
    promptCacheKey: textOf(body.cachedContent),
    responseFormat: responseFormatOf(config),
    hasToolResults: partsOf(body).some((part) => isObject(part.functionResponse)),
    system: systemTextOf(body.systemInstruction),
    messages: body.contents,
  }
}

/** Weights by part of the prompt, as `estimatePromptParts` has them for the other shapes. */
export function geminiPromptParts(body: JsonObject): Record<PromptPart, number> {
  const parts = estimatePromptParts({
    system: systemTextOf(body.systemInstruction),
    tools: objectsOf(body.tools).flatMap(({ functionDeclarations, ...builtIn }) => [
      ...objectsOf(functionDeclarations),
      ...(Object.keys(builtIn).length > 0 ? [builtIn] : []),
    ]),
    messages: objectsOf(body.contents).flatMap(weighed),
  })
  return parts
}

/** A content as messages whose lengths tell what they are: results apart from words, media by their kind. */
function weighed(content: JsonObject): JsonObject[] {
  const parts = objectsOf(content.parts)
  const results = parts.filter((part) => isObject(part.functionResponse))
  const rest = parts.filter((part) => !isObject(part.functionResponse)).map(weighedPart)
  return [
    ...results.map((part) => ({ role: 'tool', content: [objectOf(part.functionResponse)] })),
    ...(rest.length === 0 ? [] : [{ role: content.role === 'model' ? 'assistant' : 'user', content: rest }]),
  ]
}

function weighedPart(part: JsonObject): JsonObject {
  return isObject(part.inlineData) || isObject(part.fileData) ? { type: 'file' } : part
}

function offeredToolsOf(tools: unknown): RequestFacts['offeredTools'] {
  if (tools === undefined || tools === null) return []
  if (!Array.isArray(tools) || !tools.every(isObject)) return null
  return toolsFromGemini(tools).map((tool) =>
    tool.type === 'built_in'
      ? { name: tool.kind, schema: undefined }
      : { name: tool.name, schema: tool.type === 'function' ? (tool.parameters ?? undefined) : undefined },
  )
}

function parametersOf(body: JsonObject, config: JsonObject): string[] {
  const found = new Set<string>()
  for (const [field, parameter] of Object.entries(PARAMETER_OF_FIELD)) {
    if (config[field] !== undefined && config[field] !== null) found.add(parameter)
  }
  if (config.responseMimeType === 'application/json') found.add('response_format')
  if (objectsOf(body.tools).length > 0) found.add('tools')
  if (isObject(objectOf(body.toolConfig).functionCallingConfig)) found.add('tool_choice')
  if (isObject(body.reasoning)) found.add('reasoning')
  return [...found]
}

function partsOf(body: JsonObject): JsonObject[] {
  return objectsOf(body.contents).flatMap(({ parts }) => objectsOf(parts))
}

/** As blocks of text, which the rules for use cases and the estimate of a prompt read. */
function systemTextOf(systemInstruction: unknown): unknown {
  return isObject(systemInstruction) ? objectsOf(systemInstruction.parts) : systemInstruction
}
