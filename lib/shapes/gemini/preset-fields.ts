import {
  isObject,
  type JsonObject,
  objectOf,
  objectsOf,
  textOf,
  withoutUndefined,
} from '../../platform/json-value'
import type { ResponseFormat, Tool, ToolChoice } from '../hub'
import { formatFields } from './write-request'
import { geminiToolsFrom } from './write-tools'

/** Fields of `generationConfig` by the chat word that a preset uses. */
const FIELD_OF_PARAMETER: Readonly<Record<string, string>> = {
  temperature: 'temperature',
  top_p: 'topP',
  top_k: 'topK',
  frequency_penalty: 'frequencyPenalty',
  presence_penalty: 'presencePenalty',
  seed: 'seed',
}
/** What a preset may say for every shape; the gateway takes it out, or it is read from the body as it is. */
const OWN_FIELDS = ['model', 'models', 'provider', 'reasoning', 'tool_call_guard'] as const

/** The body with a text in front of its system instruction, once. */
export function withGeminiSystemPrompt(body: JsonObject, text: string): JsonObject {
  const { systemInstruction } = body
  const given =
    typeof systemInstruction === 'string' ? [{ text: systemInstruction }] : objectOf(systemInstruction).parts
  const parts = objectsOf(given)
  if (parts[0]?.text === text) return body
  return { ...body, systemInstruction: { ...objectOf(systemInstruction), parts: [{ text }, ...parts] } }
}

/**
 * A preset's parameters in this shape's fields, as far as the request leaves them open. Functions that the request
 * declares itself are left out, since Google refuses a name twice; parameters that Gemini has no words for too.
 */
export function geminiDefaultsFrom(parameters: JsonObject, request: JsonObject): JsonObject {
  const config = objectOf(request.generationConfig)
  const { max_completion_tokens: limit, max_tokens: olderLimit, stop } = parameters
  const defaults: JsonObject = {
    maxOutputTokens: limit ?? olderLimit,
    stopSequences: typeof stop === 'string' ? [stop] : stop,
    ...formatDefaults(parameters.response_format, config),
  }
  for (const [parameter, field] of Object.entries(FIELD_OF_PARAMETER)) defaults[field] = parameters[parameter]
  const open = Object.fromEntries(
    Object.entries(defaults).filter(([field, value]) => value !== undefined && isOpen(config[field])),
  )
  const own = Object.fromEntries(OWN_FIELDS.map((name) => [name, parameters[name]]))
  if (isObject(config.thinkingConfig)) own.reasoning = undefined
  return withoutUndefined({
    ...own,
    ...toolDefaults(parameters, request),
    generationConfig: Object.keys(open).length === 0 ? undefined : open,
  })
}

function formatDefaults(format: unknown, config: JsonObject): JsonObject {
  const isSet = ['responseMimeType', 'responseSchema', 'responseJsonSchema'].some(
    (field) => !isOpen(config[field]),
  )
  return isSet ? {} : formatFields(responseFormatOf(format))
}

function responseFormatOf(format: unknown): ResponseFormat | null {
  const { type, json_schema: given } = objectOf(format)
  if (type === 'json_object') return { type }
  if (type !== 'json_schema') return null
  return { type, name: null, schema: objectOf(given).schema, strict: null, description: null }
}

function toolDefaults(parameters: JsonObject, request: JsonObject): JsonObject {
  const declared = new Set(
    objectsOf(request.tools).flatMap((tool) => objectsOf(tool.functionDeclarations).map(({ name }) => name)),
  )
  const tools = objectsOf(parameters.tools).flatMap((tool): Tool[] => {
    const definition = isObject(tool.function) ? tool.function : tool
    const name = textOf(definition.name)
    if (name === null || declared.has(name)) return []
    return [
      {
        type: 'function',
        name,
        description: textOf(definition.description),
        parameters: definition.parameters ?? null,
        strict: null,
        namespace: null,
        cacheControl: null,
      },
    ]
  })
  const toolChoice = toolChoiceOf(parameters.tool_choice)
  const written = geminiToolsFrom({ tools, toolChoice })
  return isOpen(request.toolConfig) ? written : { tools: written.tools }
}

function toolChoiceOf(choice: unknown): ToolChoice | null {
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { mode: choice }
  const name = textOf(objectOf(objectOf(choice).function).name) ?? textOf(objectOf(choice).name)
  return name === null ? null : { mode: 'tool', name, isCustom: false }
}

function isOpen(value: unknown): boolean {
  return value === undefined || value === null
}
