import type { Attributes, AttributeValue } from '../schema'

export type JsonRecord = { [key: string]: AttributeValue }

/** Whether a value is an object with keys. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A structure as sent, or from its JSON text; the text itself where it is no JSON (SDKs cut long ones). */
export function parsed(value: AttributeValue | undefined): AttributeValue {
  if (typeof value !== 'string') return value ?? null
  try {
    const read: AttributeValue = JSON.parse(value)
    return read
  } catch {
    return value
  }
}

/**
 * Lists that are written flat, `prefix.0.name`, `prefix.1.name`, …: the attributes of each entry, in order, by what
 * follows its number.
 */
export function indexed(attributes: Attributes, prefix: string): Attributes[] {
  const entries = new Map<number, Map<string, AttributeValue>>()
  for (const [key, value] of attributes) {
    if (!key.startsWith(prefix)) continue
    const dot = key.indexOf('.', prefix.length)
    const index = Number(key.slice(prefix.length, dot === -1 ? undefined : dot))
    if (dot === -1 || !Number.isInteger(index) || index < 0) continue
    const entry = entries.get(index) ?? new Map<string, AttributeValue>()
    entry.set(key.slice(dot + 1), value)
    entries.set(index, entry)
  }
  return [...entries].sort(([a], [b]) => a - b).map(([, entry]) => entry)
}
