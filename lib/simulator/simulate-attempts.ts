import type { WireAttempt } from '../formats/sightglass/schema'
import { between, logNormal, pickIndex, type Random } from '../platform/random'
import type { ErrorClass } from '../records/vocabulary'
import type { SimulatedEndpoint, SimulatedModel } from './build-models'
import { FAULTS, type SimulatedProvider } from './build-providers'
import type { createIncidentLookup } from './incidents'

export type SimulatedAttempt = Omit<WireAttempt, 'startedAt'> & { durationMs: number }

/** The tries of one request. `endpoint` and `errorClass` are those of the last try; null = it answered. */
export type AttemptsOutcome = {
  attempts: SimulatedAttempt[]
  endpoint: SimulatedEndpoint
  errorClass: ErrorClass | null
}

export type AttemptsInput = {
  random: Random
  model: SimulatedModel
  /** Slug of the one provider it may go to; null = any that serves the model. */
  onlyProvider: string | null
  startedAtMs: number
  hasFailover: boolean
  isStream: boolean
  promptTokens: number
  completionTokens: number
  incidentAt: ReturnType<typeof createIncidentLookup>
}

const MOST_ATTEMPTS = 3

/** Faults of the caller's own making, whatever the provider; per attempt. */
const INVALID_REQUEST_RATE = 0.004
const CONTENT_POLICY_RATE = 0.0015
const CANCELLED_RATE = 0.004

/** How a failed attempt looks: its HTTP status (none = no answer came) and how long it took, from and to. */
const FAILURES = {
  rate_limited: { statuses: [429], fromMs: 30, toMs: 220 },
  upstream_5xx: { statuses: [503, 500, 502, 503], fromMs: 60, toMs: 4000 },
  timeout: { statuses: [undefined, 504], fromMs: 30_000, toMs: 60_000 },
  connection: { statuses: [undefined], fromMs: 4, toMs: 3000 },
  mid_stream: { statuses: [200], fromMs: 900, toMs: 14_000 },
  auth: { statuses: [401, 403, 402], fromMs: 25, toMs: 140 },
  not_found: { statuses: [404], fromMs: 25, toMs: 140 },
  bad_response: { statuses: [200], fromMs: 300, toMs: 6000 },
  invalid_request: { statuses: [400, 413, 422], fromMs: 20, toMs: 180 },
  content_policy: { statuses: [451, 200], fromMs: 200, toMs: 1500 },
  cancelled: { statuses: [499], fromMs: 400, toMs: 9000 },
} as const satisfies Record<
  ErrorClass,
  { statuses: readonly (number | undefined)[]; fromMs: number; toMs: number }
>

/** Errors another provider may not have; after the first token, and for the caller's own faults, nobody is asked again. */
const RETRIED: ReadonlySet<ErrorClass> = new Set([
  'rate_limited',
  'upstream_5xx',
  'timeout',
  'connection',
  'auth',
  'not_found',
  'bad_response',
])

/** Tries a request at one provider of its model after another, until one answers or there is no use in trying on. */
export function simulateAttempts(input: AttemptsInput): AttemptsOutcome {
  const { random, model, hasFailover } = input
  const attempts: SimulatedAttempt[] = []
  const canFailOver = hasFailover && input.onlyProvider === null
  const most = canFailOver ? Math.min(MOST_ATTEMPTS, model.endpoints.length) : 1
  let used = 0
  let timeMs = input.startedAtMs
  for (;;) {
    const index = chooseEndpoint(input, used, timeMs)
    const endpoint = model.endpoints[index]
    if (!endpoint) throw new Error(`${model.slug} is served by nobody`)
    used |= 1 << index
    const errorClass = drawError({ random, endpoint, incidentAt: input.incidentAt, timeMs })
    const attempt = errorClass
      ? fail(random, endpoint.provider, errorClass)
      : answer(input, endpoint.provider)
    attempts.push(attempt)
    timeMs += attempt.durationMs
    const isOver = errorClass === null || !RETRIED.has(errorClass) || attempts.length >= most
    if (isOver) return { attempts, endpoint, errorClass }
  }
}

/** `used` has a bit per endpoint already tried. Routing knows of incidents, mostly, and goes around them. */
function chooseEndpoint(input: AttemptsInput, used: number, timeMs: number): number {
  const { random, model, onlyProvider, incidentAt } = input
  const pinned = model.endpoints.findIndex(({ provider }) => provider.slug === onlyProvider)
  if (pinned >= 0) return pinned
  for (let draw = 0; draw < 4; draw += 1) {
    const index = pickIndex(model.endpointWeights, random())
    if (used & (1 << index)) continue
    const incident = incidentAt(model.endpoints[index]?.providerIndex ?? 0, timeMs)
    if (incident === null || random() < 0.3) return index
  }
  for (let index = 0; index < model.endpoints.length; index += 1) if (!(used & (1 << index))) return index
  return 0
}

function drawError({
  random,
  endpoint,
  incidentAt,
  timeMs,
}: Pick<AttemptsInput, 'random' | 'incidentAt'> & {
  endpoint: SimulatedEndpoint
  timeMs: number
}): ErrorClass | null {
  const { provider } = endpoint
  const incident = incidentAt(endpoint.providerIndex, timeMs)
  if (incident && random() < incident.failureRate) return incident.errorClass
  let draw = random() - provider.rateLimitedRate
  if (draw < 0) return 'rate_limited'
  draw -= provider.errorRate
  if (draw < 0) return FAULTS[pickIndex(provider.faultWeights, random())] ?? 'upstream_5xx'
  draw -= INVALID_REQUEST_RATE
  if (draw < 0) return 'invalid_request'
  draw -= CONTENT_POLICY_RATE
  if (draw < 0) return 'content_policy'
  return draw < CANCELLED_RATE ? 'cancelled' : null
}

function fail(random: Random, provider: SimulatedProvider, errorClass: ErrorClass): SimulatedAttempt {
  const { statuses, fromMs, toMs } = FAILURES[errorClass]
  return {
    provider: provider.slug,
    httpStatus: statuses[Math.floor(random() * statuses.length)],
    errorClass,
    // Squared: most failures are quick ones.
    durationMs: Math.round(fromMs + (toMs - fromMs) * random() ** 2),
    timeToFirstTokenMs: errorClass === 'mid_stream' ? Math.round(between(random, 200, 850)) : undefined,
  }
}

function answer(input: AttemptsInput, provider: SimulatedProvider): SimulatedAttempt {
  const { random, model, isStream, promptTokens, completionTokens } = input
  const reading = 1 + promptTokens / 24_000
  const firstTokenMs = logNormal(random, provider.timeToFirstTokenMs * reading, provider.jitter)
  const speed = logNormal(random, provider.tokensPerSecond * model.speed, provider.jitter / 2)
  return {
    provider: provider.slug,
    httpStatus: 200,
    errorClass: undefined,
    durationMs: Math.min(240_000, Math.round(firstTokenMs + (completionTokens / speed) * 1000)),
    timeToFirstTokenMs: isStream ? Math.round(Math.min(firstTokenMs, 60_000)) : undefined,
  }
}
