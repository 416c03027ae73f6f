import { isObject, type JsonObject, objectOf, objectsOf, withoutUndefined } from '../../platform/json-value'
import { readRequest } from '../openai-chat/read-request'
import { writeGeminiRequest } from './write-request'

/** A preset's parameters that are a provider's, in chat words; the others are the gateway's own. */
const CHAT_PARAMETERS: ReadonlySet<string> = new Set([
  'temperature',
  'top_p',
  'top_k',
  'min_p',
  'top_a',
  'frequency_penalty',
  'presence_penalty',
  'repetition_penalty',
  'max_tokens',
  'max_completion_tokens',
  'seed',
  'stop',
  'verbosity',
  'parallel_tool_calls',
  'response_format',
  'tools',
  'tool_choice',
])
/** Those of `generationConfig` that belong together. */
const FORMAT_FIELDS = ['responseMimeType', 'responseSchema', 'responseJsonSchema'] as const

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
 * declares itself are left out, since Google refuses a name twice; so is `reasoning` where it sets its thinking.
 */
export function geminiDefaultsFrom(parameters: JsonObject, request: JsonObject): JsonObject {
  const config = objectOf(request.generationConfig)
  const asked = { ...readRequest(parameters), messages: [], reasoning: null }
  const { tools, toolConfig, generationConfig } = writeGeminiRequest(asked, '')
  const own = Object.entries(parameters).filter(([name]) => !CHAT_PARAMETERS.has(name))
  const defaults = openFields(objectOf(generationConfig), config)
  return withoutUndefined({
    ...Object.fromEntries(own),
    reasoning: isObject(config.thinkingConfig) ? undefined : parameters.reasoning,
    tools: undeclared(tools, request.tools),
    toolConfig: isOpen(request.toolConfig) ? toolConfig : undefined,
    generationConfig: Object.keys(defaults).length === 0 ? undefined : defaults,
  })
}

function openFields(defaults: JsonObject, config: JsonObject): JsonObject {
  const hasFormat = FORMAT_FIELDS.some((field) => !isOpen(config[field]))
  return Object.fromEntries(
    Object.entries(defaults).filter(
      ([field]) => isOpen(config[field]) && !(hasFormat && FORMAT_FIELDS.some((one) => one === field)),
    ),
  )
}

function undeclared(tools: unknown, requested: unknown): JsonObject[] | undefined {
  const names = new Set(namesOf(requested))
  const left = objectsOf(tools).flatMap((tool) => {
    if (!Array.isArray(tool.functionDeclarations)) return [tool]
    const declarations = objectsOf(tool.functionDeclarations).filter(({ name }) => !names.has(name))
    return declarations.length === 0 ? [] : [{ ...tool, functionDeclarations: declarations }]
  })
  return left.length === 0 ? undefined : left
}

function namesOf(tools: unknown): unknown[] {
  return objectsOf(tools).flatMap((tool) => objectsOf(tool.functionDeclarations).map(({ name }) => name))
}

function isOpen(value: unknown): boolean {
  return value === undefined || value === null
}
