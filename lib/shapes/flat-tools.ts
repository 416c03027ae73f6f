import { isObject, type JsonObject } from '../platform/json-value'
import type { ApiShape } from '../records/vocabulary'
import type { BuiltInTool, CustomTool, FunctionTool, Request, ToolCallPart, ToolChoice } from './hub'

/**
 * The name of a tool or call in shapes that know no namespaces: `namespace__name`, as agents write MCP tools. The name
 * alone when it is in none.
 */
export function flatToolName({ name, namespace }: { name: string; namespace: string | null }): string {
  return namespace === null ? name : `${namespace}__${name}`
}

/** What a custom tool is where there are only functions: one with a single text. */
const CUSTOM_TOOL_SCHEMA = { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] }

export type FlatTools = {
  tools: (FunctionTool | BuiltInTool)[]
  choice: Exclude<ToolChoice, { mode: 'allowed' }> | null
}

/**
 * The tools of a request for shapes that know only functions and built-in tools of their own: namespaces stand in the
 * names, a custom tool takes a single text, and of "only these may be called" only these are left. A choice is null
 * when it was not said or cannot be meant here.
 */
export function flatTools(
  { tools, toolChoice }: Pick<Request, 'tools' | 'toolChoice'>,
  shape: ApiShape,
): FlatTools {
  const kept: FlatTools['tools'] = []
  for (const tool of tools) {
    if (tool.type === 'built_in') {
      if (tool.shape === shape && toolChoice?.mode !== 'allowed') kept.push(tool)
    } else if (toolChoice?.mode !== 'allowed' || isNamed(tool, toolChoice.names)) {
      kept.push(
        tool.type === 'custom' ? functionOf(tool) : { ...tool, name: flatToolName(tool), namespace: null },
      )
    }
  }
  return { tools: kept, choice: flatChoice({ tools, toolChoice }, shape) }
}

/** The arguments of a call whose tool is a function here: a custom tool's input becomes its single text. */
export function flatArguments({ arguments: text, isCustom }: ToolCallPart): string {
  return isCustom ? JSON.stringify({ input: text }) : text
}

function functionOf(tool: CustomTool): FunctionTool {
  const { description, format } = tool
  const grammar = describeFormat(format)
  return {
    type: 'function',
    name: flatToolName(tool),
    description: grammar === null ? description : [description ?? '', grammar].join('\n\n').trim(),
    parameters: CUSTOM_TOOL_SCHEMA,
    strict: null,
    namespace: null,
    cacheControl: null,
  }
}

/** A grammar binds only at OpenAI; elsewhere the model is told of it. */
function describeFormat(format: JsonObject | null): string | null {
  if (format?.type !== 'grammar' || typeof format.definition !== 'string') return null
  const syntax = typeof format.syntax === 'string' ? `${format.syntax} ` : ''
  return `\`input\` has to follow this ${syntax}grammar:\n${format.definition}`
}

function flatChoice(
  { tools, toolChoice }: Pick<Request, 'tools' | 'toolChoice'>,
  shape: ApiShape,
): FlatTools['choice'] {
  if (toolChoice === null) return null
  switch (toolChoice.mode) {
    case 'allowed':
      return { mode: toolChoice.isRequired ? 'required' : 'auto' }
    case 'built_in':
      return toolChoice.shape === shape ? toolChoice : null
    case 'tool': {
      const tool = tools.find((one) => one.type !== 'built_in' && isNamed(one, [toolChoice.name]))
      const name = tool === undefined || tool.type === 'built_in' ? toolChoice.name : flatToolName(tool)
      return { mode: 'tool', name, isCustom: false }
    }
    default:
      return toolChoice
  }
}

function isNamed(tool: FunctionTool | CustomTool, names: readonly string[]): boolean {
  return names.includes(tool.name) || names.includes(flatToolName(tool))
}

/** A schema that says that it is one of an object, which some providers insist on; none is one without properties. */
export function objectSchema(parameters: unknown): JsonObject {
  if (!isObject(parameters)) return { type: 'object', properties: {} }
  return parameters.type === undefined ? { type: 'object', ...parameters } : parameters
}
