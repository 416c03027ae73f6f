import type { FieldError } from '../platform/errors'

/** What is wrong with an element that `unlessUnreadable` could not read. */
export const UNREADABLE: FieldError = {
  path: '',
  message: 'expected values that are nested less deeply and can be written as text',
}

/**
 * What `read` gives, or null when a value is nested so deeply that reading it ran out of stack, or is an object whose
 * `toString` is none: JSON of a few kilobytes can be both, and one such element must not cost the others of its body.
 */
export function unlessUnreadable<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    const isOdd = error instanceof TypeError && error.message.includes('primitive value')
    if (error instanceof RangeError || isOdd) return null
    throw error
  }
}
