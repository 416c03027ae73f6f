import { isObject, type JsonObject } from '../../platform/json-value'

// Places in a body, such as `messages[].tool_calls[].id`: names of fields, and `[]` for each item of a list.

const stepsOf = new Map<string, readonly string[]>()
const EACH = '[]'

function steps(path: string): readonly string[] {
  const known = stepsOf.get(path)
  if (known) return known
  const parsed = path.match(/[^.[\]]+|\[\]/g) ?? []
  stepsOf.set(path, parsed)
  return parsed
}

/**
 * The body with another value in each such place; undefined takes the field out. What is nowhere in the body stays
 * nowhere. The same object when nothing changed.
 */
export function mapAt(body: JsonObject, path: string, map: (value: unknown) => unknown): JsonObject {
  const mapped = mapFrom(body, steps(path), 0, map)
  return isObject(mapped) ? mapped : body
}

function mapFrom(
  value: unknown,
  path: readonly string[],
  at: number,
  map: (value: unknown) => unknown,
): unknown {
  const step = path[at]
  if (step === undefined) return map(value)
  if (step === EACH) {
    if (!Array.isArray(value)) return value
    let changed: unknown[] | null = null
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index]
      const mapped = mapFrom(item, path, at + 1, map)
      if (mapped === item) continue
      changed ??= [...value]
      changed[index] = mapped
    }
    return changed ?? value
  }
  if (!isObject(value) || !Object.hasOwn(value, step)) return value
  const inner = value[step]
  const mapped = mapFrom(inner, path, at + 1, map)
  if (mapped === inner) return value
  if (mapped !== undefined) return { ...value, [step]: mapped }
  const { [step]: _dropped, ...rest } = value
  return rest
}

/** What stands in such places, in order; empty when there are none. */
export function valuesAt(body: JsonObject, path: string): unknown[] {
  const found: unknown[] = []
  collectFrom(body, steps(path), 0, found)
  return found
}

function collectFrom(value: unknown, path: readonly string[], at: number, found: unknown[]): void {
  const step = path[at]
  if (step === undefined) found.push(value)
  else if (step === EACH) {
    if (Array.isArray(value)) for (const item of value) collectFrom(item, path, at + 1, found)
  } else if (isObject(value) && Object.hasOwn(value, step)) {
    collectFrom(value[step], path, at + 1, found)
  }
}

/** Words that stand before a place and are no part of it. */
const PREFIXES: ReadonlySet<string> = new Set(['body', 'request', 'generatecontentrequest'])

/**
 * The place in a body that a provider's words mean: `messages.0.content.1.tool_use.text`, `tools[3].function.name`,
 * `#/stream_options`, `presencePenalty`. Numbers become `[]`; kinds of parts that validators put between (`tool_use`,
 * `assistant`) are passed over; letter case and underscores do not count. Null when the body has no such field.
 */
export function placeOf(body: JsonObject, said: string): string | null {
  const words = (said.match(/[A-Za-z_$][\w$-]*|\d+/g) ?? []).filter(
    (word, index) => index > 0 || !PREFIXES.has(word.toLowerCase()),
  )
  let nodes: unknown[] = [body]
  let path = ''
  for (const [index, word] of words.entries()) {
    if (/^\d+$/.test(word)) {
      const items = nodes.flatMap((node) => (Array.isArray(node) ? [node[Number(word)]] : []))
      if (items.length === 0) continue
      nodes = items
      path += EACH
      continue
    }
    const lists = nodes.filter(Array.isArray)
    const holders = lists.length > 0 ? lists.flat() : nodes
    const name = holders.map((holder) => fieldNamed(holder, word)).find((found) => found !== null)
    if (name === undefined) {
      if (index === words.length - 1) return null
      continue
    }
    nodes = holders.flatMap((holder) =>
      isObject(holder) && Object.hasOwn(holder, name ?? '') ? [holder[name ?? '']] : [],
    )
    path += `${lists.length > 0 ? EACH : ''}${path === '' ? '' : '.'}${name}`
  }
  return path === '' ? null : path
}

function fieldNamed(holder: unknown, word: string): string | null {
  if (!isObject(holder)) return null
  if (Object.hasOwn(holder, word)) return word
  const plain = plainName(word)
  return Object.keys(holder).find((name) => plainName(name) === plain) ?? null
}

/** A field's name without what vendors spell differently: `presencePenalty` and `presence_penalty` are one. */
export function plainName(name: string): string {
  return name.replaceAll(/[_-]/g, '').toLowerCase()
}
