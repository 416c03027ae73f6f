import { between, createRandom, logNormal, mixSeed, pick, poisson } from '../platform/random'
import type { ErrorClass } from '../records/vocabulary'
import type { World } from './world'

/** A time during which a provider fails a share of its attempts with one kind of error. */
export type Incident = { fromMs: number; toMs: number; failureRate: number; errorClass: ErrorClass }

const WEEK_MS = 7 * 86_400_000
const MINUTE_MS = 60_000
const LONGEST_MINUTES = 420
const INCIDENT_CLASSES = [
  'upstream_5xx',
  'upstream_5xx',
  'timeout',
  'rate_limited',
  'connection',
  'auth',
] as const

/**
 * The incidents of a provider that began in a week, given by its number since 1970. None reaches into the next week,
 * so a moment's incidents are those of its own week.
 */
export function incidentsOfWeek(world: World, providerIndex: number, week: number): Incident[] {
  const provider = world.providers[providerIndex]
  if (!provider) return []
  const random = createRandom(mixSeed(world.seed, 5, providerIndex, week))
  return Array.from({ length: poisson(random, provider.incidentsPerWeek) }, () => {
    const lengthMs = Math.min(LONGEST_MINUTES, logNormal(random, 35, 0.9)) * MINUTE_MS
    const fromMs = week * WEEK_MS + random() * (WEEK_MS - lengthMs)
    return {
      fromMs,
      toMs: fromMs + lengthMs,
      failureRate: between(random, 0.3, 0.97),
      errorClass: pick(random, INCIDENT_CLASSES),
    }
  })
}

/** Looks up the incident of a provider at a moment; keeps what it has worked out, so make one per run. */
export function createIncidentLookup(
  world: World,
): (providerIndex: number, timeMs: number) => Incident | null {
  const known = new Map<number, Incident[]>()
  return (providerIndex, timeMs) => {
    const week = Math.floor(timeMs / WEEK_MS)
    const key = week * world.providers.length + providerIndex
    let incidents = known.get(key)
    if (!incidents) {
      incidents = incidentsOfWeek(world, providerIndex, week)
      known.set(key, incidents)
    }
    for (const incident of incidents) if (timeMs >= incident.fromMs && timeMs < incident.toMs) return incident
    return null
  }
}
