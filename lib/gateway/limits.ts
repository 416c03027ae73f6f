/** The budgets of one request; the time to a first token and to a whole answer are settings. */
export const GATEWAY_LIMITS = {
  /** Endpoints one request may try: enough that one healthy endpoint among many bad ones is reached. */
  maxAttempts: 16,
  /** No further endpoint is tried after this. */
  totalMs: 300_000,
  connectTimeoutMs: 5_000,
  /** Between two pieces of a stream. */
  idleTimeoutMs: 60_000,
  /** A stream that is still going on after this is cut. */
  longestStreamMs: 1_800_000,
  maxAnswerBytes: 64 * 1024 * 1024,
  /** What is read of an error page. */
  maxErrorBytes: 64 * 1024,
} as const
