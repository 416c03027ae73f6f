import { floorToBucket, GRANULARITY_MS } from '../time/time-buckets'
import { KEPT_MINUTES } from './ledger'
import type { LiveEndpoint, LiveEvent, LiveMinute, LiveProvider, LiveTotals } from './schema'

/** What the stream of `GET /api/live` has told so far. What an event leaves alone keeps its identity. */
export type LiveState = {
  /** When the server read the newest event, ISO 8601 UTC. */
  at: string
  endpoints: ReadonlyMap<number, LiveEndpoint>
  providers: ReadonlyMap<string, LiveProvider>
  totals: LiveTotals
}

export type LiveEventName = 'snapshot' | 'change'

/**
 * The state after an event: a snapshot replaces everything, a change what it names. Every figure of an event stands for
 * itself and is never added, so events told twice after a lost connection change nothing. A change without a snapshot
 * before it says too little: null.
 */
export function applyEvent({
  state,
  name,
  event,
}: {
  state: LiveState | null
  name: LiveEventName
  event: LiveEvent
}): LiveState | null {
  if (name === 'snapshot') return stateOfSnapshot(event)
  return state === null ? null : applyLiveChange(state, event)
}

/** The state after a `change`; applying it twice changes nothing. */
export function applyLiveChange(state: LiveState, event: LiveEvent): LiveState {
  const keptFromMs = keptFrom(event.at)
  return {
    at: event.at,
    endpoints: withEndpoints(state.endpoints, event.endpoints),
    providers: withProviders({ before: state.providers, changed: event.providers, keptFromMs }),
    totals: {
      ...event.totals,
      minutes: withMinutes({ before: state.totals.minutes, changed: event.totals.minutes, keptFromMs }),
    },
  }
}

/** The state after a `snapshot`, whatever was known before. */
export function stateOfSnapshot({ at, endpoints, providers, totals }: LiveEvent): LiveState {
  const keptFromMs = keptFrom(at)
  const sorted = (minutes: readonly LiveMinute[]) => withMinutes({ before: [], changed: minutes, keptFromMs })
  return {
    at,
    endpoints: new Map(endpoints.map((endpoint) => [endpoint.endpointId, endpoint])),
    providers: new Map(
      providers.map((provider) => [provider.provider, { ...provider, minutes: sorted(provider.minutes) }]),
    ),
    totals: { ...totals, minutes: sorted(totals.minutes) },
  }
}

function withEndpoints(
  before: ReadonlyMap<number, LiveEndpoint>,
  changed: readonly LiveEndpoint[],
): ReadonlyMap<number, LiveEndpoint> {
  if (changed.length === 0) return before
  const endpoints = new Map(before)
  for (const endpoint of changed) endpoints.set(endpoint.endpointId, endpoint)
  return endpoints
}

function withProviders({
  before,
  changed,
  keptFromMs,
}: {
  before: ReadonlyMap<string, LiveProvider>
  changed: readonly LiveProvider[]
  keptFromMs: number
}): ReadonlyMap<string, LiveProvider> {
  const providers = new Map(before)
  for (const provider of changed) {
    const earlier = before.get(provider.provider)?.minutes ?? []
    const minutes = withMinutes({ before: earlier, changed: provider.minutes, keptFromMs })
    providers.set(provider.provider, { ...provider, minutes })
  }
  for (const [slug, provider] of providers) {
    const minutes = withMinutes({ before: provider.minutes, changed: [], keptFromMs })
    if (minutes !== provider.minutes) providers.set(slug, { ...provider, minutes })
  }
  return providers
}

/** Ascending, without attempts a gap; the same array when nothing changed and nothing got too old. */
function withMinutes({
  before,
  changed,
  keptFromMs,
}: {
  before: LiveMinute[]
  changed: readonly LiveMinute[]
  keptFromMs: number
}): LiveMinute[] {
  const oldest = before[0]
  if (changed.length === 0 && (oldest === undefined || Date.parse(oldest.start) >= keptFromMs)) return before
  const byStart = new Map<number, LiveMinute>()
  for (const minute of [...before, ...changed]) byStart.set(Date.parse(minute.start), minute)
  return [...byStart]
    .filter(([startMs, { attempts }]) => startMs >= keptFromMs && attempts > 0)
    .sort(([left], [right]) => left - right)
    .map(([, minute]) => minute)
}

function keptFrom(at: string): number {
  return floorToBucket(Date.parse(at), 'minute') - (KEPT_MINUTES - 1) * GRANULARITY_MS.minute
}
