import { isObject, type JsonObject } from '../../platform/json-value'

/** What is wrong with a value deep within a request: where, and what was expected. */
export type InputProblem = { path: (string | number)[]; message: string }

const ROLES = new Set(['user', 'assistant', 'system', 'developer'])
const TEXT = 'expected text'
const CONTENT = 'expected text or a list of content parts'

/** The fields that must hold text, by the item's type. What is not named here is the provider's to check. */
const TEXT_FIELDS: Readonly<Record<string, readonly string[]>> = {
  function_call: ['call_id', 'name', 'arguments'],
  custom_tool_call: ['call_id', 'name', 'input'],
  function_call_output: ['call_id'],
  custom_tool_call_output: ['call_id'],
}

const NOTHING_STORED =
  'nothing is stored here, so no item can be referred to: send the item itself (SDKs do with store: false)'

/**
 * What is wrong with the items of `input`, at most one problem an item. References to reasoning pass and are left out
 * when they are read: without it the conversation goes on, while a message or call that is missing would be a loss.
 */
export function problemsOfInput(items: readonly unknown[]): InputProblem[] {
  return items.flatMap((item, index) => {
    const problem = isObject(item) ? problemOfItem(item) : { path: [], message: 'expected an input item' }
    return problem === null ? [] : [{ path: ['input', index, ...problem.path], message: problem.message }]
  })
}

function problemOfItem(item: JsonObject): InputProblem | null {
  const { type } = item
  if (type !== undefined && type !== null && typeof type !== 'string')
    return { path: ['type'], message: TEXT }
  if (isReference(item)) return isReasoningReference(item) ? null : { path: [], message: NOTHING_STORED }
  if (isMessage(item)) return problemOfMessage(item)
  if (typeof type !== 'string')
    return { path: ['type'], message: 'expected an item with a type, or a message with a role' }
  const wrong = (TEXT_FIELDS[type] ?? []).find((field) => typeof item[field] !== 'string')
  if (wrong !== undefined) return { path: [wrong], message: TEXT }
  if (type.endsWith('call_output') && wrongContent(item.output)) return { path: ['output'], message: CONTENT }
  if (type === 'reasoning' && !isListOrNothing(item.summary)) {
    return { path: ['summary'], message: 'expected a list of summary parts' }
  }
  return null
}

function problemOfMessage(item: JsonObject): InputProblem | null {
  if (typeof item.role !== 'string' || !ROLES.has(item.role)) {
    return { path: ['role'], message: 'expected user, assistant, system or developer' }
  }
  return wrongContent(item.content) ? { path: ['content'], message: CONTENT } : null
}

/** Whether the item is a message; its type may be left out. */
export function isMessage(item: JsonObject): boolean {
  return item.type === 'message' || ((item.type === undefined || item.type === null) && 'role' in item)
}

/** Whether the item only names one that a provider would have stored. */
export function isReference(item: JsonObject): boolean {
  if (item.type === 'item_reference') return true
  const isUntyped = item.type === undefined || item.type === null
  return isUntyped && typeof item.id === 'string' && !('role' in item)
}

function isReasoningReference(item: JsonObject): boolean {
  return typeof item.id === 'string' && item.id.startsWith('rs_')
}

function wrongContent(content: unknown): boolean {
  if (typeof content === 'string') return false
  return !Array.isArray(content) || !content.every((part) => isObject(part) && typeof part.type === 'string')
}

function isListOrNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.every(isObject))
}

/** What is wrong with the tools of a request, those of its namespaces included. */
export function problemsOfTools(
  tools: readonly unknown[],
  path: (string | number)[] = ['tools'],
): InputProblem[] {
  return tools.flatMap((tool, index): InputProblem[] => {
    const at = [...path, index]
    if (!isObject(tool)) return [{ path: at, message: 'expected a tool' }]
    if (typeof tool.type !== 'string')
      return [{ path: [...at, 'type'], message: 'expected the type of the tool' }]
    if (!NAMED_TOOLS.has(tool.type)) return []
    if (typeof tool.name !== 'string' || tool.name === '') {
      const hint = isObject(tool.function) ? " beside type; the nested form is the chat shape's" : ''
      return [{ path: [...at, 'name'], message: `expected a name${hint}` }]
    }
    if (tool.type !== 'namespace') return []
    if (!Array.isArray(tool.tools)) return [{ path: [...at, 'tools'], message: 'expected a list of tools' }]
    return problemsOfTools(tool.tools, [...at, 'tools'])
  })
}

const NAMED_TOOLS = new Set(['function', 'custom', 'namespace'])
