import { isJsonObject } from './same-json'

/**
 * What makes two tool definitions the same tool: functions by their name, whichever API's shape they are written in;
 * others by type and a name of their own, if they have one: `parameters.name`, a namespace's, an MCP server's label.
 * Null for what is not a tool, which is then like no other.
 * (openrouter.ai/docs, Presets: tools are united, the request wins on the same identity.)
 */
export function toolIdentity(tool: unknown): string | null {
  if (!isJsonObject(tool)) return null
  const { type, name, parameters } = tool
  const functionName = isJsonObject(tool.function) ? tool.function.name : name
  if (type === undefined || type === 'function' || type === 'custom') {
    return typeof functionName === 'string' ? `function ${functionName}` : null
  }
  if (typeof type !== 'string') return null
  const ownName = (isJsonObject(parameters) ? parameters.name : undefined) ?? name ?? tool.server_label
  return typeof ownName === 'string' ? `${type} ${ownName}` : type
}

/** The preset's tools in their order, each replaced by the request's of the same identity, then the request's others. */
export function uniteTools({
  preset,
  request,
}: {
  preset: readonly unknown[]
  request: readonly unknown[]
}): unknown[] {
  const united = new Map<unknown, unknown>()
  for (const tool of [...preset, ...request]) united.set(toolIdentity(tool) ?? tool, tool)
  return [...united.values()]
}
