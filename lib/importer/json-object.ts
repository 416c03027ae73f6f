/** A JSON object as it was parsed; nothing is known of its values. */
export type JsonObject = Record<string, unknown>

/** Whether a parsed JSON value is an object (and not a list or null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
