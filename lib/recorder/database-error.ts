/** PostgreSQL's SQLSTATE codes (appendix A of its manual) by what they mean here. */
const UNIQUE_VIOLATION = '23505'
const WORTH_RETRYING: ReadonlySet<string> = new Set([
  '40P01', // deadlock detected
  '40001', // serialization failure
  '23514', // check violation: no partition takes the row, since retention dropped it meanwhile
  '57P01', // admin shutdown
  '57P02', // crash shutdown
  '57P03', // cannot connect now: starting or stopping
  '53300', // too many connections
])
/** Class 08: the connection is gone, or was never made. */
const CONNECTION_CLASS = '08'
/** Node's own codes, such as ECONNREFUSED. */
const NETWORK_PREFIX = 'E'

/** Whether a row with the same key is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === UNIQUE_VIOLATION
}

/** Lost connections, deadlocks and a partition that retention took away heal by trying again; bad data does not. */
export function isWorthRetrying(error: unknown): boolean {
  const code = codeOf(error)
  if (code === null) return !(error instanceof TypeError || error instanceof RangeError)
  return WORTH_RETRYING.has(code) || code.startsWith(CONNECTION_CLASS) || code.startsWith(NETWORK_PREFIX)
}

/** Classes 22 and 23: a value or a key of these very records that no database would take; so are mistakes of ours. */
export function isAboutTheData(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return true
  const code = codeOf(error)
  return code !== null && /^2[23]/.test(code) && !WORTH_RETRYING.has(code)
}

/** The code of an error of Postgres or of the network, or null. */
function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
