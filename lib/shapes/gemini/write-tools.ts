import { isObject, type JsonObject, withoutUndefined } from '../../platform/json-value'
import { flatToolName } from '../flat-tools'
import type { Request, Tool, ToolChoice } from '../hub'
import { withoutConst } from './json-schema'

/** A custom tool takes free text; here it is a function with that text. */
const CUSTOM_TOOL_SCHEMA = { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] }

/**
 * Tools and their choice as `tools` and `toolConfig`. Parameters go as JSON Schema (`parametersJsonSchema`), which the
 * API has known since the summer of 2025. Where only some tools may be called, but none has to be, the others are not
 * offered. Built-in tools of other shapes stay behind. Source: FunctionDeclaration and FunctionCallingConfig of the
 * Gemini API reference.
 */
export function geminiToolsFrom({ tools, toolChoice }: Pick<Request, 'tools' | 'toolChoice'>): JsonObject {
  const offered = tools.filter((tool) => isOffered(tool, toolChoice))
  const declarations = offered.flatMap(declarationOf)
  const builtIn = offered.flatMap((tool) =>
    tool.type === 'built_in' && tool.shape === 'gemini' ? [tool.value] : [],
  )
  const written = [...builtIn, ...(declarations.length === 0 ? [] : [{ functionDeclarations: declarations }])]
  if (written.length === 0) return {}
  const config = declarations.length === 0 ? undefined : callingConfig(toolChoice)
  return withoutUndefined({
    tools: written,
    toolConfig: config === undefined ? undefined : { functionCallingConfig: config },
  })
}

function declarationOf(tool: Tool): JsonObject[] {
  if (tool.type === 'built_in') return []
  const schema = tool.type === 'custom' ? CUSTOM_TOOL_SCHEMA : tool.parameters
  return [
    withoutUndefined({
      name: flatToolName(tool),
      description: tool.description ?? undefined,
      parametersJsonSchema: hasParameters(schema) ? withoutConst(schema) : undefined,
    }),
  ]
}

/** Google refuses an object without properties; a function without parameters is written without them. */
function hasParameters(schema: unknown): boolean {
  if (!isObject(schema)) return false
  return Object.keys(schema).some(
    (name) => name !== 'type' && name !== '$schema' && !isEmpty(name, schema[name]),
  )
}

function isEmpty(name: string, value: unknown): boolean {
  if (name === 'additionalProperties') return value === false
  if (name === 'required') return Array.isArray(value) && value.length === 0
  return name === 'properties' && isObject(value) && Object.keys(value).length === 0
}

function isOffered(tool: Tool, choice: ToolChoice | null): boolean {
  if (choice?.mode !== 'allowed' || choice.isRequired || tool.type === 'built_in') return true
  return choice.names.includes(flatToolName(tool)) || choice.names.includes(tool.name)
}

function callingConfig(choice: ToolChoice | null): JsonObject | undefined {
  switch (choice?.mode) {
    case 'auto':
      return { mode: 'AUTO' }
    case 'none':
      return { mode: 'NONE' }
    case 'required':
      return { mode: 'ANY' }
    case 'tool':
      return { mode: 'ANY', allowedFunctionNames: [choice.name] }
    case 'allowed':
      return choice.isRequired ? { mode: 'ANY', allowedFunctionNames: choice.names } : { mode: 'AUTO' }
    default:
      return undefined
  }
}
