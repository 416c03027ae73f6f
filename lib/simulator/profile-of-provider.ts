import type { ErrorClass } from '../records/vocabulary'
import { FAULTS, type SimulatedProvider } from './build-providers'
import type { Incident } from './incidents'
import type { FaultKind, FaultProfileInput } from './upstream/schema'

/** How each error class of the world's providers looks on the wire: fault kinds and their parts of its rate. */
const SHOWN_AS = {
  rate_limited: { rate_limited: 1 },
  upstream_5xx: { upstream_5xx: 0.85, html_error: 0.15 },
  // Most of what is too slow still trickles; a request that hangs holds a client for a minute.
  timeout: { hang: 0.4, slow_tokens: 0.6 },
  connection: { reset: 1 },
  mid_stream: { cut_stream: 1 },
  bad_response: { half_json: 0.25, empty_body: 0.25, wrong_content_type: 0.2, error_in_200: 0.3 },
  auth: { auth: 1 },
  not_found: { not_found: 1 },
} as const satisfies Partial<Record<ErrorClass, Partial<Record<FaultKind, number>>>>
type ShownClass = keyof typeof SHOWN_AS

/** Of requests with tools, answers that call one: the first of a conversation, and after results. */
const CALL_RATE = 0.74
const CALL_RATE_AFTER_RESULTS = 0.9
const COMPLETION_TOKENS = 330
/** Calls of one answer, on average: the tool faults are per answer, the provider's rates per call. */
const CALLS_PER_ANSWER = 1.33

/**
 * The world's provider as a simulated upstream behaves: its speed, its usual errors and bad tool calls, and those of
 * its current incident. `seed` decides which requests are hit.
 */
export function profileOf({
  provider,
  incident,
  seed,
}: {
  provider: SimulatedProvider
  incident: Incident | null
  seed: number
}): FaultProfileInput {
  const faults: Partial<Record<FaultKind, number>> = {}
  const add = (errorClass: ShownClass, rate: number) => {
    for (const [kind, part] of Object.entries(SHOWN_AS[errorClass]) as [FaultKind, number][])
      faults[kind] = (faults[kind] ?? 0) + rate * part
  }
  const usual = 1 - (incident?.failureRate ?? 0)
  if (incident) add(shownClass(incident.errorClass), incident.failureRate)
  add('rate_limited', provider.rateLimitedRate * usual)
  const whole = provider.faultWeights.at(-1) ?? 1
  for (const [index, errorClass] of FAULTS.entries()) {
    const weight = (provider.faultWeights[index] ?? 0) - (provider.faultWeights[index - 1] ?? 0)
    add(errorClass, (provider.errorRate * usual * weight) / whole)
  }
  return {
    seed,
    timeToFirstTokenMs: Math.round(provider.timeToFirstTokenMs),
    jitter: provider.jitter,
    tokensPerSecond: provider.tokensPerSecond,
    completionTokens: COMPLETION_TOKENS,
    toolCallRate: Math.min(1, CALL_RATE * provider.toolReadiness),
    toolCallRateAfterResults: Math.min(1, CALL_RATE_AFTER_RESULTS * provider.toolReadiness),
    textBeforeCallsRate: 0.7,
    retryAfterSeconds: 3,
    faults: {
      ...faults,
      invalid_json: provider.invalidJsonRate * CALLS_PER_ANSWER,
      unknown_name: provider.unknownNameRate * CALLS_PER_ANSWER,
      schema_mismatch: provider.schemaMismatchRate * CALLS_PER_ANSWER,
    },
  }
}

function shownClass(errorClass: ErrorClass): ShownClass {
  return errorClass in SHOWN_AS ? (errorClass as ShownClass) : 'upstream_5xx'
}
