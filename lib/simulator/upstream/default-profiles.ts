import type { FaultProfileInput } from './schema'

/** A few invented providers with characters, for trying things out by hand; any other name is steady and instant. */
export const DEFAULT_PROFILES = {
  helios: { seed: 11, timeToFirstTokenMs: 180, jitter: 0.25, tokensPerSecond: 140 },
  borealis: { seed: 12, timeToFirstTokenMs: 260, jitter: 0.3, tokensPerSecond: 95 },
  /** Fast, but its tool calls fail in all three ways. */
  millrace: {
    seed: 13,
    timeToFirstTokenMs: 120,
    jitter: 0.3,
    tokensPerSecond: 320,
    faults: { invalid_json: 0.12, unknown_name: 0.05, schema_mismatch: 0.14 },
  },
  /** Everybody's favourite, so it turns people away. */
  parhelion: {
    seed: 14,
    timeToFirstTokenMs: 420,
    jitter: 0.5,
    tokensPerSecond: 60,
    retryAfterSeconds: 2,
    faults: { rate_limited: 0.25 },
  },
  /** Breaks in every way there is. */
  shoalwater: {
    seed: 15,
    timeToFirstTokenMs: 300,
    jitter: 0.6,
    tokensPerSecond: 80,
    faults: {
      rate_limited: 0.02,
      upstream_5xx: 0.08,
      hang: 0.01,
      reset: 0.03,
      slow_tokens: 0.02,
      cut_stream: 0.03,
      half_json: 0.02,
      html_error: 0.03,
      endless_stream: 0.01,
      empty_body: 0.02,
      wrong_content_type: 0.02,
      error_in_200: 0.02,
    },
  },
  /** Cannot do tools at all. */
  lagoon: {
    seed: 16,
    timeToFirstTokenMs: 200,
    jitter: 0.2,
    tokensPerSecond: 110,
    faults: { refuse_tools: 1 },
  },
} as const satisfies Record<string, FaultProfileInput>
