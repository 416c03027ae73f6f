import { z } from 'zod'
import { TURN_RANGES } from '../../../records/session-turns'
import { windowParameters } from '../../../time/window-parameters'

/** `GET /api/agents/sessions`. */
export const sessionsQuery = windowParameters.and(
  z.object({ format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json') }),
)
export type SessionsQuery = z.infer<typeof sessionsQuery>

/** What sessions of one length cost. A turn is a chat or a completion; costs are within 2 % and null when none is known. */
export const sessionsRow = z.object({
  turns: z.enum(TURN_RANGES),
  sessions: z.number(),
  /** Sessions every turn of which has a known cost: the costs below are over these. */
  costKnown: z.number(),
  medianCostUsd: z.number().nullable(),
  /** A quarter of the sessions cost at most the one and at least the other. */
  costUsdP25: z.number().nullable(),
  costUsdP75: z.number().nullable(),
})
export type SessionsRow = z.infer<typeof sessionsRow>

export const sessionsAnswer = z.object({
  /** The whole UTC days of the window; a session counts on the day it began. */
  from: z.string(),
  to: z.string(),
  /** Every class, fewest turns first, also those without sessions. */
  rows: z.array(sessionsRow),
  totals: z.object({ sessions: z.number(), costKnown: z.number() }),
})
export type SessionsAnswer = z.infer<typeof sessionsAnswer>
