import { storableText } from '../../records/storable-text'
import type { Attributes, AttributeValue } from './schema'

/** The first of the named attributes that is set, null when none is. */
export function firstOf(attributes: Attributes, names: readonly string[]): AttributeValue {
  for (const name of names) {
    const value = attributes.get(name)
    if (value !== undefined && value !== null) return value
  }
  return null
}

/**
 * The first of the named attributes that holds text, without NUL (Postgres takes none) and surrounding space, cut to
 * `maxLength` characters. Numbers count as text; blank text and other kinds do not count. Null when there is none.
 */
export function textOf(attributes: Attributes, names: readonly string[], maxLength: number): string | null {
  for (const name of names) {
    const text = cleanText(attributes.get(name), maxLength)
    if (text !== null) return text
  }
  return null
}

/** Text without NUL and surrounding space, cut to `maxLength` characters; null when blank or no text. */
export function cleanText(value: unknown, maxLength: number): string | null {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string') return null
  const cleaned = storableText(
    text
      .slice(0, 2 * maxLength)
      .replaceAll('\0', '')
      .trim(),
    maxLength,
  )
  return cleaned === '' ? null : cleaned
}

/** A number, also from decimal text; NaN when set to something else, null when not set. */
export function numberOf(attributes: Attributes, names: readonly string[]): number | null {
  const value = firstOf(attributes, names)
  if (value === null) return null
  if (typeof value === 'number') return value
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
}

/**
 * A structured value: as sent, or parsed from JSON text. `undefined` when not set or when the text is not JSON
 * (SDKs cut long attributes), which both mean unknown.
 */
export function structureOf(attributes: Attributes, names: readonly string[]): unknown {
  const value = firstOf(attributes, names)
  if (value === null) return undefined
  if (typeof value !== 'string') return value
  try {
    const parsed: unknown = JSON.parse(value)
    return parsed
  } catch {
    return undefined
  }
}
