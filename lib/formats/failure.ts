import { errorClassFromErrorType, errorClassFromStatus } from '../records/error-class'
import type { ErrorClass } from '../records/vocabulary'

/**
 * How a request that its log calls failed did fail: by its HTTP status, else by the first of the names and messages that
 * tells, else `bad_response`. `httpStatus` undefined = not said. Definitions: design.md §3.
 */
export function failureOf(
  httpStatus: number | undefined,
  ...names: readonly (string | undefined)[]
): ErrorClass {
  const byStatus = httpStatus === undefined ? null : errorClassFromStatus(httpStatus)
  if (byStatus !== null) return byStatus
  for (const name of names) {
    const byName = name === undefined ? null : errorClassFromErrorType(name)
    if (byName !== null) return byName
  }
  return 'bad_response'
}
