import { isObject, type JsonObject } from '../platform/json-value'
import type { Draft, Reading } from './format'
import { type FieldReader, readFields } from './read-fields'
import { UNREADABLE, unlessUnreadable } from './unreadable'

/**
 * Reads elements one by one: what is no object is refused, and so is a request without an id or a start, or with a value
 * that was surely meant otherwise. `read` gives a draft, or why the element is no request.
 */
export function* readEach(
  elements: readonly unknown[],
  zone: string | null,
  read: (fields: FieldReader, element: JsonObject) => Draft | { ignored: string },
): Generator<Reading> {
  for (const [index, element] of elements.entries()) {
    if (!isObject(element)) {
      yield { index, errors: [{ path: '', message: 'expected an object' }] }
      continue
    }
    const fields = readFields(element, zone)
    const result = unlessUnreadable(() => read(fields, element))
    if (result === null) yield { index, errors: [UNREADABLE] }
    else yield 'ignored' in result ? { index, ignored: result.ignored } : settle(index, result, fields)
  }
}

/** A draft with what every request needs, or what was missing or wrong. */
export function settle(index: number, draft: Draft, { errors }: Pick<FieldReader, 'errors'>): Reading {
  const missing = [
    ...(draft.id === undefined ? [{ path: 'id', message: 'expected the id of the request' }] : []),
    ...(draft.startedAt === undefined && errors.length === 0
      ? [{ path: 'startedAt', message: 'expected the time at which the request began' }]
      : []),
  ]
  const id = draft.id === undefined ? {} : { id: draft.id }
  if (missing.length + errors.length > 0)
    return { index, ...id, errors: [...errors, ...missing].slice(0, 10) }
  return { index, ...id, draft: { model: 'unknown', ...known(draft) } }
}

/** The draft without its undefined fields, which would hide those of another draft that it is laid over. */
export function known(draft: Draft): Draft {
  const said: JsonObject = {}
  for (const [name, value] of Object.entries(draft))
    if (value !== undefined && value !== null) said[name] = value
  return said
}

/** The time between two ISO 8601 times in milliseconds; undefined when one is missing or they are the wrong way round. */
export function msBetween(from: string | undefined, to: string | undefined): number | undefined {
  if (from === undefined || to === undefined) return undefined
  const ms = Date.parse(to) - Date.parse(from)
  return ms >= 0 ? ms : undefined
}

/** An ISO 8601 time moved by milliseconds. */
export function movedBy(iso: string, ms: number): string {
  return new Date(Date.parse(iso) + ms).toISOString()
}
