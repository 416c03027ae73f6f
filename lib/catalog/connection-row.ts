import { isObject } from '../platform/json-value'

/** Extra headers or query parameters as a row holds them; what is no text is left out. */
export function extrasOf(stored: unknown): Record<string, string> {
  if (!isObject(stored)) return {}
  const extras: Record<string, string> = {}
  for (const [name, value] of Object.entries(stored)) if (typeof value === 'string') extras[name] = value
  return extras
}
