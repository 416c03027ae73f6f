import { z } from 'zod'
import { currentHealth, errorsByClass } from '../health/schema'
import { HEALTH_STATUSES } from '../records/vocabulary'

/** `GET /api/live`: everything, or only one provider and its endpoints; totals are always those of all. */
export const liveQuery = z.object({ provider: z.string().min(1).optional() })

/** One cell of the wall. Names come from `GET /api/endpoints`. */
export const liveEndpoint = currentHealth.extend({ endpointId: z.number() })
export type LiveEndpoint = z.infer<typeof liveEndpoint>

/** Attempts of one minute as they stand now: a later event replaces it, so nothing is ever counted twice. */
export const liveMinute = z.object({
  /** Start of the minute, ISO 8601 UTC. */
  start: z.string(),
  attempts: z.number(),
  ok: z.number(),
  errorsByClass,
})
export type LiveMinute = z.infer<typeof liveMinute>

export const liveProvider = currentHealth.extend({
  /** Slug, and what people call it. */
  provider: z.string(),
  name: z.string(),
  /**
   * The minutes of the last half hour that changed, oldest first; in a snapshot all that have an attempt. Those that `at`
   * has left behind are for the client to drop.
   */
  minutes: z.array(liveMinute),
})
export type LiveProvider = z.infer<typeof liveProvider>

/** All endpoints together. */
export const liveTotals = z.object({
  minutes: z.array(liveMinute),
  endpointsByStatus: z.record(z.enum(HEALTH_STATUSES), z.number()),
  providersByStatus: z.record(z.enum(HEALTH_STATUSES), z.number()),
})
export type LiveTotals = z.infer<typeof liveTotals>

/**
 * Data of the events `snapshot` (everything) and `change` (what differs since the event before) of `GET /api/live`.
 * Each event's id resumes the stream after a lost connection: what changed meanwhile comes first. Every ten seconds a
 * third event, `ping`, says that what was told still holds; a client that hears nothing for longer should connect anew.
 */
export const liveEvent = z.object({
  /** When the state was read, ISO 8601 UTC. */
  at: z.string(),
  /** In a snapshot those without an attempt in a day are left out: they are `unknown`, and so is whoever is not told. */
  endpoints: z.array(liveEndpoint),
  providers: z.array(liveProvider),
  totals: liveTotals,
})
export type LiveEvent = z.infer<typeof liveEvent>
