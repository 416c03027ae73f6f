/** The budgets of one request; the silence of a stream and the time to a whole answer are settings. */
export const GATEWAY_LIMITS = {
  /** Endpoints one request may try: enough that one healthy endpoint among many bad ones is reached. */
  maxAttempts: 16,
  /** No further endpoint is tried after this. */
  totalMs: 300_000,
  connectTimeoutMs: 5_000,
  /** How long usage and an end are waited for after a finish reason. */
  afterFinishMs: 3_000,
  /** How often a client that waits for a provider gets a sign of life. */
  heartbeatMs: 10_000,
  maxAnswerBytes: 64 * 1024 * 1024,
  /** What is read of an error page. */
  maxErrorBytes: 64 * 1024,
} as const
