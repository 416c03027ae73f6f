import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import type { BuiltInTool, FunctionTool, Tool, ToolChoice } from '../hub'
import { jsonSchemaFromGemini } from './json-schema'

/**
 * `tools` as functions, and as built-in tools what Google runs itself (`googleSearch`, `codeExecution`, …), each under
 * its field's name. Parameters are JSON Schema, whichever of the two fields they stood in. Source: Tool of the Gemini
 * API reference.
 */
export function toolsFromGemini(tools: unknown): Tool[] {
  return objectsOf(tools).flatMap((tool) =>
    Object.entries(tool).flatMap(([kind, value]): Tool[] => {
      if (kind === 'functionDeclarations') return objectsOf(value).map(functionTool)
      return isObject(value) ? [builtInTool(kind, value)] : []
    }),
  )
}

/** `toolConfig` as a choice, null when it says nothing. VALIDATED lets the model choose, as AUTO does. */
export function toolChoiceFromGemini(toolConfig: unknown): ToolChoice | null {
  const config = objectOf(objectOf(toolConfig).functionCallingConfig)
  const mode = textOf(config.mode)?.toUpperCase()
  if (mode === 'NONE') return { mode: 'none' }
  const isRequired = mode === 'ANY'
  const names = Array.isArray(config.allowedFunctionNames)
    ? config.allowedFunctionNames.filter((name) => typeof name === 'string')
    : []
  const [only] = names
  if (isRequired && names.length === 1 && only !== undefined) {
    return { mode: 'tool', name: only, isCustom: false }
  }
  if (names.length > 0) return { mode: 'allowed', names, isRequired }
  if (isRequired) return { mode: 'required' }
  return mode === 'AUTO' || mode === 'VALIDATED' ? { mode: 'auto' } : null
}

function functionTool(declaration: JsonObject): FunctionTool {
  return {
    type: 'function',
    name: textOf(declaration.name) ?? '',
    description: textOf(declaration.description),
    parameters: declaration.parametersJsonSchema ?? jsonSchemaFromGemini(declaration.parameters) ?? null,
    strict: null,
    namespace: null,
    cacheControl: null,
  }
}

function builtInTool(kind: string, value: JsonObject): BuiltInTool {
  return { type: 'built_in', shape: 'gemini', kind, value: { [kind]: value } }
}
