import { isObject, type JsonObject, withoutUndefined } from '../../platform/json-value'
import { type FlatTools, flatTools } from '../flat-tools'
import type { FunctionTool, Request } from '../hub'
import { withoutConst } from './json-schema'

/**
 * Tools and their choice as `tools` and `toolConfig`. Parameters go as JSON Schema (`parametersJsonSchema`), which the
 * API has known since the summer of 2025. Source: FunctionDeclaration and FunctionCallingConfig of the Gemini API
 * reference.
 */
export function geminiToolsFrom(request: Pick<Request, 'tools' | 'toolChoice'>): JsonObject {
  const { tools, choice } = flatTools(request, 'gemini')
  const functionDeclarations = tools.flatMap((tool) => (tool.type === 'function' ? declarationOf(tool) : []))
  const builtIn = tools.flatMap((tool) => (tool.type === 'built_in' ? tool.value : []))
  if (functionDeclarations.length === 0) return builtIn.length === 0 ? {} : { tools: builtIn }
  return withoutUndefined({
    tools: [...builtIn, { functionDeclarations }],
    toolConfig: choice === null ? undefined : { functionCallingConfig: callingConfig(choice) },
  })
}

function declarationOf({ name, description, parameters }: FunctionTool): JsonObject {
  return withoutUndefined({
    name,
    description: description ?? undefined,
    parametersJsonSchema: hasParameters(parameters) ? withoutConst(parameters) : undefined,
  })
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

function callingConfig(choice: NonNullable<FlatTools['choice']>): JsonObject {
  switch (choice.mode) {
    case 'none':
      return { mode: 'NONE' }
    case 'required':
      return { mode: 'ANY' }
    case 'tool':
      return { mode: 'ANY', allowedFunctionNames: [choice.name] }
    default:
      return { mode: 'AUTO' }
  }
}
