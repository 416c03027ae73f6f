/** Prisma's own codes for a database that is away, ended the connection, took too long, or has no connection left. */
const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'])
/** What Prisma's adapter calls a connection that could not be had or kept. */
const ADAPTER_KINDS = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
])
/** The operating system's codes for a line that could not be had or kept. */
const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
])
/** Postgres' classes: 08 connection, 53 out of resources, 57 stopped by the operator or a timeout, 58 its own system. */
const POSTGRES_CODE = /^(08|53|57|58)[0-9A-Z]{3}$/
/** How Postgres marks what refuses or ends a whole session, which is never about the question. */
const SESSION_SEVERITIES = new Set(['FATAL', 'PANIC'])
/** What `pg` throws with a message alone. */
const PG_MESSAGE =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|connection error and is not queryable/

/** How deep causes are followed; Prisma wraps the adapter's error, which wraps the driver's. */
const DEPTH = 5

/**
 * Whether an error says that Postgres is away, starting, overloaded or too slow, so that the same question may be
 * answered later; false for what is wrong with the question itself. Knows the errors of Prisma, of its adapter and of
 * `pg`.
 */
export function isDatabaseAway(error: unknown, depth = DEPTH): boolean {
  if (typeof error !== 'object' || error === null || depth === 0) return false
  const { code, originalCode, kind, severity, message, cause, meta } = error as Record<string, unknown>
  if ([code, originalCode].some((one) => typeof one === 'string' && isCodeOfAbsence(one))) return true
  if (typeof kind === 'string' && ADAPTER_KINDS.has(kind)) return true
  if (typeof severity === 'string' && SESSION_SEVERITIES.has(severity)) return true
  if (error instanceof Error && typeof message === 'string' && PG_MESSAGE.test(message)) return true
  const adapterError =
    typeof meta === 'object' && meta !== null && 'driverAdapterError' in meta ? meta.driverAdapterError : null
  return isDatabaseAway(cause, depth - 1) || isDatabaseAway(adapterError, depth - 1)
}

function isCodeOfAbsence(code: string): boolean {
  return PRISMA_CODES.has(code) || SOCKET_CODES.has(code) || POSTGRES_CODE.test(code)
}
