/** Quantiles of the last minutes; null without data. Latency in milliseconds, throughput in tokens per second. */
export type Percentiles = { p50: number; p75: number; p90: number; p99: number }

/** What is known of an endpoint's recent past. Rates are 0–1 and null while there is too little to judge. */
export type EndpointHealth = {
  /** Mostly errors within the last 30 seconds. */
  hasOutage: boolean
  /** Epoch ms until which it must not be called: its breaker is open, or it asked us to wait; null = call it. */
  blockedUntilMs: number | null
  blockedBy: 'circuit_open' | 'retry_after' | null
  /** ok ÷ (ok + errors) over 30 minutes; null under 20 attempts. */
  uptime: number | null
  attempts: number
  /** Over 24 hours; null under 20 checked tool-call attempts. */
  toolCallErrorRate: number | null
  toolCallAttempts: number
  /** Share of tries that brought nothing, errors and rate limits, lately; null under 20 of them. */
  failureShare: number | null
  /** Cached ÷ prompt tokens over the last hour; null under 20 answers and where the provider does not say. */
  cacheHitRate: number | null
  latencyMs: Percentiles | null
  tokensPerSecond: Percentiles | null
}

/** The health of an endpoint nobody has called yet. */
export const UNKNOWN_HEALTH: EndpointHealth = {
  hasOutage: false,
  blockedUntilMs: null,
  blockedBy: null,
  uptime: null,
  attempts: 0,
  toolCallErrorRate: null,
  toolCallAttempts: 0,
  failureShare: null,
  cacheHitRate: null,
  latencyMs: null,
  tokensPerSecond: null,
}
