import { isObject, type JsonObject, numberOf, objectsOf, textOf } from '../../platform/json-value'

/** Arguments of one call that come value by value. */
export type PartialArguments = {
  push: (partialArgs: unknown) => void
  /** What has come so far, as JSON text. */
  text: () => string
}

/** A list grows one by one; a place far beyond its end would cost memory and means nothing. */
const MAX_STEPS = 64

/**
 * Joins `partialArgs` (Vertex, `streamFunctionCallArguments`): each names a place by a JSON path (`$.a.b[0]`) and a
 * value, where text may go on in the next one. Places that cannot be are skipped. Source: PartialArg of the Vertex AI
 * API reference.
 */
export function createPartialArguments(): PartialArguments {
  const root: JsonObject = {}
  return {
    push(partialArgs) {
      for (const partial of objectsOf(partialArgs)) place(root, partial)
    },
    text: () => JSON.stringify(root),
  }
}

function place(root: JsonObject, partial: JsonObject): void {
  const path = stepsOf(textOf(partial.jsonPath) ?? '')
  const value = valueIn(partial)
  if (path.length === 0 || path.length > MAX_STEPS || value === undefined) return
  let holder: JsonObject | unknown[] = root
  for (const [position, step] of path.entries()) {
    const next = path[position + 1]
    const before = read(holder, step)
    if (next === undefined) {
      write(holder, step, typeof before === 'string' && typeof value === 'string' ? before + value : value)
      return
    }
    const inner: unknown =
      isObject(before) || Array.isArray(before) ? before : typeof next === 'number' ? [] : {}
    if (inner !== before) write(holder, step, inner)
    holder = inner as JsonObject | unknown[]
  }
}

function stepsOf(jsonPath: string): (string | number)[] {
  return [...jsonPath.matchAll(/\['([^']*)'\]|\[(\d+)\]|\.([^.[\]]+)/g)].map(([, quoted, index, name]) =>
    index === undefined ? (quoted ?? name ?? '') : Number(index),
  )
}

function read(holder: JsonObject | unknown[], step: string | number): unknown {
  return Object.hasOwn(holder, step) ? (holder as JsonObject)[step] : undefined
}

function write(holder: JsonObject | unknown[], step: string | number, value: unknown): void {
  if (Array.isArray(holder) ? typeof step !== 'number' || step > holder.length : typeof step === 'number')
    return
  // Defined, not assigned: a name such as __proto__ is data here.
  Object.defineProperty(holder, step, { value, writable: true, enumerable: true, configurable: true })
}

function valueIn({ stringValue, numberValue, boolValue, nullValue }: JsonObject): unknown {
  if (nullValue !== undefined) return null
  return (
    textOf(stringValue) ?? numberOf(numberValue) ?? (typeof boolValue === 'boolean' ? boolValue : undefined)
  )
}
