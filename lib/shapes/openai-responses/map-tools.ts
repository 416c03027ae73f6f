import { isObject, type JsonObject, objectsOf, textOf, withoutUndefined } from '../../platform/json-value'
import { objectSchema } from '../flat-tools'
import type { Tool, ToolChoice } from '../hub'
import { RESPONSES } from './item-name'

/**
 * The tools of a request: those of `tools`, and those that later items brought (`additional_tools`, and what a search
 * for tools found). Tools of a namespace carry its name. Everything but functions and custom tools is run by the
 * provider. Sources: Tool of OpenAI's API reference; how Codex groups its tools.
 */
export function readTools(body: JsonObject): Tool[] {
  const later = objectsOf(body.input).filter(
    ({ type }) => type === 'additional_tools' || type === 'tool_search_output',
  )
  return [body, ...later].flatMap(({ tools }) => objectsOf(tools).flatMap((tool) => readTool(tool, null)))
}

function readTool(tool: JsonObject, namespace: string | null): Tool[] {
  const kind = textOf(tool.type) ?? ''
  const name = textOf(tool.name) ?? ''
  const description = textOf(tool.description)
  switch (kind) {
    case 'namespace':
      return objectsOf(tool.tools).flatMap((inner) => readTool(inner, name))
    case 'function':
      return [
        {
          type: 'function',
          name,
          description,
          parameters: tool.parameters ?? null,
          strict: typeof tool.strict === 'boolean' ? tool.strict : null,
          namespace,
          cacheControl: isObject(tool.cache_control) ? tool.cache_control : null,
        },
      ]
    case 'custom':
      return [
        { type: 'custom', name, description, format: isObject(tool.format) ? tool.format : null, namespace },
      ]
    default:
      return [{ type: 'built_in', shape: RESPONSES, kind, value: tool }]
  }
}

/** `tool_choice`; null when it is missing or no choice. */
export function readToolChoice(choice: unknown): ToolChoice | null {
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { mode: choice }
  if (!isObject(choice)) return null
  const name = textOf(choice.name)
  if (choice.type === 'function' || choice.type === 'custom') {
    return name === null ? null : { mode: 'tool', name, isCustom: choice.type === 'custom' }
  }
  if (choice.type === 'allowed_tools') return allowedChoice(choice)
  const kind = textOf(choice.type)
  return kind === null ? null : { mode: 'built_in', shape: RESPONSES, kind, value: choice }
}

/** When only built-in tools are allowed, they are the point of the request. */
function allowedChoice(choice: JsonObject): ToolChoice {
  const tools = objectsOf(choice.tools)
  const names = tools.flatMap((tool) => textOf(tool.name) ?? [])
  const [first] = tools
  if (names.length === 0 && first !== undefined) {
    return { mode: 'built_in', shape: RESPONSES, kind: textOf(first.type) ?? 'unknown', value: choice }
  }
  return { mode: 'allowed', names, isRequired: choice.mode === 'required' }
}

/** Tools for a provider of this shape; those of one namespace stand in it, built-in ones of other shapes are left out. */
export function writeTools(tools: readonly Tool[]): JsonObject[] {
  const written: JsonObject[] = []
  const groups = new Map<string, JsonObject[]>()
  for (const tool of tools) {
    const namespace = tool.type === 'built_in' ? null : tool.namespace
    if (namespace === null) {
      if (tool.type !== 'built_in' || tool.shape === RESPONSES) written.push(writeTool(tool))
      continue
    }
    let group = groups.get(namespace)
    if (group === undefined) {
      group = []
      groups.set(namespace, group)
      // The provider demands a description.
      written.push({
        type: 'namespace',
        name: namespace,
        description: `Tools of ${namespace}.`,
        tools: group,
      })
    }
    group.push(writeTool(tool))
  }
  return written
}

/** OpenAI makes schemas strict by itself unless it is told not to, and then refuses those outside its subset. */
function writeTool(tool: Tool): JsonObject {
  if (tool.type === 'built_in') return tool.value
  const { name, description } = tool
  if (tool.type === 'custom') {
    return withoutUndefined({
      type: 'custom',
      name,
      description: description ?? undefined,
      format: tool.format ?? undefined,
    })
  }
  return withoutUndefined({
    type: 'function',
    name,
    description: description ?? undefined,
    parameters: objectSchema(tool.parameters),
    strict: tool.strict ?? false,
  })
}

/** The choice for a provider of this shape; undefined when nothing was said, or nothing it could understand. */
export function writeToolChoice(choice: ToolChoice | null, tools: readonly Tool[]): unknown {
  if (choice === null) return undefined
  switch (choice.mode) {
    case 'tool':
      return { type: choice.isCustom ? 'custom' : 'function', name: choice.name }
    case 'allowed':
      return {
        type: 'allowed_tools',
        mode: choice.isRequired ? 'required' : 'auto',
        tools: choice.names.map((name) => ({
          type: tools.some((tool) => tool.type === 'custom' && tool.name === name) ? 'custom' : 'function',
          name,
        })),
      }
    case 'built_in':
      return choice.shape === RESPONSES ? choice.value : undefined
    default:
      return choice.mode
  }
}
