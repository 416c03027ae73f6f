import { isJsonObject } from '../same-json'
import { toolIdentity } from '../tool-identity'
import { type ParsedJson, type Place, parseJson } from './parse-json'

/** The tools of a text area: what is wrong, with the place to look at, or the tools. */
export type CheckedTools = { ok: true; tools: Record<string, unknown>[] } | { ok: false; message: string }

type Finding = { path: PropertyKey[]; message: string }

/** Names that every provider takes. */
const TOOL_NAME = /^[\w.-]{1,128}$/

/** Reads a JSON array of tool definitions; empty text is no tools. The message names line and column. */
export function checkTools(text: string): CheckedTools {
  if (text.trim() === '') return { ok: true, tools: [] }
  const parsed = parseJson(text)
  if (!parsed.ok) return { ok: false, message: say(parsed.place, parsed.message) }
  const { value } = parsed
  if (!Array.isArray(value)) return { ok: false, message: 'Expected a JSON array of tools: [ … ].' }
  const finding = value.map(checkTool).find((one) => one !== null) ?? findTwin(value)
  return finding
    ? { ok: false, message: at(parsed, finding) }
    : { ok: true, tools: value.filter(isJsonObject) }
}

function checkTool(tool: unknown, index: number): Finding | null {
  if (!isJsonObject(tool)) return { path: [index], message: 'expected a tool: { "type": "function", … }' }
  if (typeof tool.type !== 'string') return { path: [index, 'type'], message: 'the tool needs a "type"' }
  if (tool.type !== 'function') return null
  const { function: definition } = tool
  if (!isJsonObject(definition)) {
    return { path: [index, 'function'], message: 'a function tool needs "function": { "name": … }' }
  }
  if (typeof definition.name !== 'string' || !TOOL_NAME.test(definition.name)) {
    return { path: [index, 'function', 'name'], message: 'expected a name of letters, digits, _ and -' }
  }
  if (definition.parameters !== undefined && !isJsonObject(definition.parameters)) {
    return { path: [index, 'function', 'parameters'], message: 'expected a JSON Schema object' }
  }
  return null
}

function findTwin(tools: readonly unknown[]): Finding | null {
  const seen = new Set<string>()
  for (const [index, tool] of tools.entries()) {
    const identity = toolIdentity(tool)
    if (identity === null) continue
    if (seen.has(identity)) {
      return { path: [index], message: `there are two tools "${identity.replace(/^function /, '')}"` }
    }
    seen.add(identity)
  }
  return null
}

function at(parsed: ParsedJson & { ok: true }, { path, message }: Finding): string {
  return say(parsed.placeOf(path), message)
}

function say({ line, column }: Place, message: string): string {
  return `Line ${line}, column ${column}: ${message}.`
}
