import { floorToBucket, GRANULARITY_MS } from '../platform/time-buckets'
import { KEPT_MINUTES } from './ledger'
import type { LiveEndpoint, LiveEvent, LiveMinute, LiveProvider } from './schema'

/** What a client knows from the events so far. Whoever is not in it has had no attempt in a day. */
export type LiveState = {
  at: string
  endpoints: ReadonlyMap<number, LiveEndpoint>
  providers: ReadonlyMap<string, LiveProvider>
  totals: LiveEvent['totals']
}

/** The state after a `snapshot`, whatever was known before. */
export function stateOfSnapshot(event: LiveEvent): LiveState {
  return {
    at: event.at,
    endpoints: new Map(event.endpoints.map((one) => [one.endpointId, one])),
    providers: new Map(event.providers.map((one) => [one.provider, one])),
    totals: event.totals,
  }
}

/**
 * The state after a `change`: what it tells replaces what was known, and minutes that left the half hour go. Applying an
 * event twice changes nothing.
 */
export function applyLiveChange(state: LiveState, event: LiveEvent): LiveState {
  const endpoints = new Map(state.endpoints)
  for (const one of event.endpoints) endpoints.set(one.endpointId, one)
  const providers = new Map(
    [...state.providers].map(([slug, one]) => [slug, { ...one, minutes: keepRecent(one.minutes, event.at) }]),
  )
  for (const one of event.providers) {
    const minutes = mergeMinutes(providers.get(one.provider)?.minutes ?? [], one.minutes)
    providers.set(one.provider, { ...one, minutes })
  }
  const kept = keepRecent(state.totals.minutes, event.at)
  return {
    at: event.at,
    endpoints,
    providers,
    totals: { ...event.totals, minutes: mergeMinutes(kept, event.totals.minutes) },
  }
}

/** Newer minutes in place of older ones of the same start, in order of time; those without an attempt are gaps. */
function mergeMinutes(known: readonly LiveMinute[], told: readonly LiveMinute[]): LiveMinute[] {
  if (told.length === 0) return [...known]
  const byStart = new Map([...known, ...told].map((minute) => [minute.start, minute]))
  return [...byStart.values()]
    .filter((minute) => minute.attempts > 0)
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start))
}

function keepRecent(minutes: readonly LiveMinute[], at: string): LiveMinute[] {
  const oldestMs = floorToBucket(Date.parse(at), 'minute') - (KEPT_MINUTES - 1) * GRANULARITY_MS.minute
  return minutes.filter((minute) => Date.parse(minute.start) >= oldestMs)
}
