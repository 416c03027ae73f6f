import { z } from 'zod'
import { isObject } from '../platform/json-value'

/**
 * A list of objects that are not looked into: a look into each part would cost more than the rest of the gateway on a
 * prompt of 20 MB, and the provider checks them anyway. `what` says what they are.
 */
export function listOfObjects(what: string) {
  return z.custom<Record<string, unknown>[]>(isListOfObjects, `expected a list of ${what}`)
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every(isObject)
}
