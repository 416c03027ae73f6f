/** A JSON object of unknown fields, as it stands in requests and foreign answers. */
export type JsonObject = Record<string, unknown>

/** Whether the value is a JSON object: neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value when it is an object, otherwise an empty one: foreign answers leave out what they please. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

/** The objects of a list; empty when the value is no list. */
export function objectsOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** The value when it is text, otherwise null. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** The value when it is a finite number, otherwise null. */
export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** The object without the fields that are undefined, which JSON would leave out anyway. */
export function withoutUndefined(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined))
}
