import { isObject, type JsonObject, objectOf, textOf } from '../../platform/json-value'

/** A tool call under construction. `id` and `name` are empty until the stream has given them. */
export type JoinedToolCall = { id: string; name: string; arguments: string; isCustom: boolean }

/** What one entry of a delta did: the call it belongs to by its place, and the piece of arguments it brought. */
export type ToolCallPiece = { position: number; call: JoinedToolCall; argumentsPiece: string }

export type ToolCallJoiner = {
  push: (entries: unknown) => ToolCallPiece[]
  calls: () => readonly JoinedToolCall[]
}

/**
 * Puts `delta.tool_calls` together. Entries belong together by `index`; providers that leave it out are read by `id`,
 * then as "a name begins a call, anything else continues the last one". The same index with another id is another
 * call. Arguments given as an object (no text) are written as JSON. Custom tools bring `custom.input`.
 */
export function createToolCallJoiner(): ToolCallJoiner {
  const joined: Joined = { calls: [], positionOfIndex: new Map() }
  // Methods, since each function that gets its name from a property costs tsx a microsecond, on every request.
  return {
    push(entries) {
      if (!Array.isArray(entries)) return []
      return entries.filter(isObject).flatMap((entry) => take(joined, entry) ?? [])
    },
    calls() {
      return joined.calls
    },
  }
}

type Joined = { calls: JoinedToolCall[]; positionOfIndex: Map<number, number> }

function take(joined: Joined, entry: JsonObject): ToolCallPiece | null {
  const isCustom = isObject(entry.custom)
  const called = isCustom ? objectOf(entry.custom) : objectOf(entry.function)
  const id = textOf(entry.id) ?? ''
  const name = textOf(called.name) ?? ''
  const position = locate(joined, { index: entry.index, id, name })
  const call = joined.calls[position]
  if (call === undefined) return null
  const argumentsPiece = argumentsText(isCustom ? called.input : called.arguments)
  if (id !== '') call.id = id
  if (name !== '') call.name = name
  if (isCustom) call.isCustom = true
  call.arguments += argumentsPiece
  return { position, call, argumentsPiece }
}

/** The place of the call an entry belongs to, which begins with it when there is none yet. */
function locate(joined: Joined, { index, id, name }: { index: unknown; id: string; name: string }): number {
  const { calls, positionOfIndex } = joined
  if (typeof index === 'number') {
    const position = positionOfIndex.get(index)
    const known = position === undefined ? undefined : calls[position]
    if (position === undefined || known === undefined) return begin(joined, index)
    return id !== '' && known.id !== '' && known.id !== id ? begin(joined, index) : position
  }
  const sameId = id === '' ? -1 : calls.findIndex((call) => call.id === id)
  if (sameId !== -1) return sameId
  return id !== '' || name !== '' || calls.length === 0 ? begin(joined, null) : calls.length - 1
}

function begin({ calls, positionOfIndex }: Joined, index: number | null): number {
  const position = calls.push({ id: '', name: '', arguments: '', isCustom: false }) - 1
  if (index !== null) positionOfIndex.set(index, position)
  return position
}

/** Arguments as raw text: text as it is, nothing as empty, anything else as JSON. */
export function argumentsText(value: unknown): string {
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : JSON.stringify(value)
}
