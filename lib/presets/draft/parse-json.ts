/** A place in a text, counted from 1 as editors do. */
export type Place = { line: number; column: number }

/** The value of a JSON text and where each of its parts begins, or where the text stops being JSON and why. */
export type ParsedJson =
  | { ok: true; value: unknown; placeOf: (path: readonly PropertyKey[]) => Place }
  | { ok: false; place: Place; message: string }

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y
const WORDS = { true: true, false: false, null: null } as const
const MAX_DEPTH = 200

/**
 * JSON.parse that remembers places: browsers word their errors differently and none says where a value stands. Accepts
 * what JSON.parse accepts, down to 200 levels. `placeOf` answers with the nearest enclosing part for a path that is not
 * there.
 */
export function parseJson(text: string): ParsedJson {
  const starts = new Map<string, number>()
  const cursor: Cursor = { text, at: 0, starts }
  try {
    const value = readValue(cursor, [])
    skipSpace(cursor)
    if (cursor.at < text.length) throw expected(cursor, 'the end, but there is more')
    return { ok: true, value, placeOf: (path) => placeAt(text, nearestStart(starts, path)) }
  } catch (error) {
    if (!isProblem(error)) throw error
    return { ok: false, place: placeAt(text, error.at), message: error.message }
  }
}

type Cursor = { text: string; at: number; starts: Map<string, number> }
type Problem = { at: number; message: string }
type Path = readonly (string | number)[]

function readValue(cursor: Cursor, path: Path): unknown {
  skipSpace(cursor)
  cursor.starts.set(keyOf(path), cursor.at)
  if (path.length > MAX_DEPTH) throw expected(cursor, `at most ${MAX_DEPTH} levels`)
  const next = cursor.text[cursor.at]
  if (next === '{') return readObject(cursor, path)
  if (next === '[') return readList(cursor, path)
  if (next === '"') return readString(cursor)
  for (const [word, value] of Object.entries(WORDS)) {
    if (!cursor.text.startsWith(word, cursor.at)) continue
    cursor.at += word.length
    return value
  }
  const number = match(cursor, NUMBER)
  if (number === null) throw expected(cursor, 'a value')
  return Number(number)
}

function readObject(cursor: Cursor, path: Path): unknown {
  const entries: [string, unknown][] = []
  cursor.at += 1
  if (takes(cursor, '}')) return {}
  do {
    skipSpace(cursor)
    if (cursor.text[cursor.at] !== '"') throw expected(cursor, 'a name in double quotes')
    const name = readString(cursor)
    if (!takes(cursor, ':')) throw expected(cursor, 'a colon')
    entries.push([name, readValue(cursor, [...path, name])])
  } while (takes(cursor, ','))
  if (!takes(cursor, '}')) throw expected(cursor, 'a comma or }')
  return Object.fromEntries(entries)
}

function readList(cursor: Cursor, path: Path): unknown {
  const items: unknown[] = []
  cursor.at += 1
  if (takes(cursor, ']')) return items
  do items.push(readValue(cursor, [...path, items.length]))
  while (takes(cursor, ','))
  if (!takes(cursor, ']')) throw expected(cursor, 'a comma or ]')
  return items
}

function readString(cursor: Cursor): string {
  const start = cursor.at
  const literal = match(cursor, STRING)
  try {
    return String(JSON.parse(literal ?? ''))
  } catch {
    throw expected({ at: start }, 'a text that ends on its line and escapes what needs it')
  }
}

function takes(cursor: Cursor, character: string): boolean {
  skipSpace(cursor)
  if (cursor.text[cursor.at] !== character) return false
  cursor.at += 1
  return true
}

function match(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)?.[0]
  if (found === undefined) return null
  cursor.at += found.length
  return found
}

function skipSpace(cursor: Cursor): void {
  while (' \t\n\r'.includes(cursor.text[cursor.at] ?? 'x')) cursor.at += 1
}

function expected({ at }: Pick<Cursor, 'at'>, what: string): Problem {
  return { at, message: `expected ${what}` }
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'at' in error && 'message' in error
}

function nearestStart(starts: ReadonlyMap<string, number>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const start = starts.get(keyOf(path.slice(0, length)))
    if (start !== undefined) return start
  }
  return 0
}

function keyOf(path: readonly PropertyKey[]): string {
  return JSON.stringify(path.map(String))
}

function placeAt(text: string, at: number): Place {
  const before = text.slice(0, at)
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') }
}
