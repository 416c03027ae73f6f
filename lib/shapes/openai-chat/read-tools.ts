import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import type { CacheControl, Tool, ToolChoice } from '../hub'

/**
 * `tools` and the legacy `functions`. A definition may also stand flat, as in Responses and in Anthropic's shape, which
 * clients mix in; built-in tools are run by the provider that knows them. Source: ChatCompletionTool of OpenAI's API
 * reference.
 */
export function readTools(request: JsonObject): Tool[] {
  const legacy = objectsOf(request.functions).map((definition) => ({
    type: 'function',
    function: definition,
  }))
  return [...objectsOf(request.tools), ...legacy].flatMap(readTool)
}

function readTool(tool: JsonObject): Tool[] {
  if (isObject(tool.custom)) {
    const { name, description, format } = tool.custom
    return [
      {
        type: 'custom',
        name: textOf(name) ?? '',
        description: textOf(description),
        format: isObject(format) ? flatFormat(format) : null,
        namespace: null,
      },
    ]
  }
  const definition = definitionOf(tool)
  if (definition !== null) {
    const { name, description, parameters, strict } = definition
    return [
      {
        type: 'function',
        name: textOf(name) ?? '',
        description: textOf(description),
        parameters: parameters ?? definition.input_schema ?? null,
        strict: typeof strict === 'boolean' ? strict : null,
        namespace: null,
        cacheControl: cacheControlOf(tool) ?? cacheControlOf(definition),
      },
    ]
  }
  const kind = textOf(tool.type)
  if (kind === null || kind === 'function') return []
  // Anthropic's own tools carry the date of their version in their type.
  const shape = /_\d{8}$/.test(kind) ? 'anthropic-messages' : 'openai-chat'
  return [{ type: 'built_in', shape, kind, value: tool }]
}

function definitionOf(tool: JsonObject): JsonObject | null {
  if (isObject(tool.function)) return tool.function
  const isFlat = isObject(tool.input_schema) || (tool.type === 'function' && typeof tool.name === 'string')
  return isFlat ? tool : null
}

function cacheControlOf(value: JsonObject): CacheControl | null {
  return isObject(value.cache_control) ? value.cache_control : null
}

/** Chat nests a grammar one level deeper than Responses does. */
function flatFormat(format: JsonObject): JsonObject {
  return isObject(format.grammar) ? { type: format.type, ...format.grammar } : format
}

/** `tool_choice` or the legacy `function_call`; null when it is missing or no choice. */
export function readToolChoice(choice: unknown): ToolChoice | null {
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { mode: choice }
  // Mistral's word.
  if (choice === 'any') return { mode: 'required' }
  if (!isObject(choice)) return null
  const allowed = choice.allowed_tools
  if (isObject(allowed)) {
    const names = objectsOf(allowed.tools).flatMap(
      (tool) => textOf(objectOf(tool.function ?? tool.custom).name) ?? textOf(tool.name) ?? [],
    )
    return { mode: 'allowed', names, isRequired: allowed.mode === 'required' }
  }
  const name = [choice.function, choice.custom, choice]
    .map((named) => textOf(objectOf(named).name))
    .find(isText)
  if (name !== undefined) return { mode: 'tool', name, isCustom: isObject(choice.custom) }
  const kind = textOf(choice.type)
  if (kind === null || kind === 'function' || kind === 'custom') return null
  return { mode: 'built_in', shape: 'openai-chat', kind, value: choice }
}

function isText(value: string | null): value is string {
  return value !== null
}
