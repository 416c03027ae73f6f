import { z } from 'zod'
import { windowParameters } from '../../time/window-parameters'
import { parseSessionCursor } from './session-cursor'

const MOST_ROWS = 200

const name = z.string().min(1, 'expected a name').max(300, 'expected at most 300 characters').optional()

const limitError = `expected a whole number from 1 to ${MOST_ROWS}`

export const sessionsQuery = windowParameters.and(
  z.object({
    /** Of the session's newest request. */
    app: name,
    model: name,
    cursor: z
      .string()
      .transform((word, context) => {
        const position = parseSessionCursor(word)
        if (position === null) {
          context.addIssue({ code: 'custom', message: 'expected the cursor of an earlier answer' })
        }
        return position
      })
      .optional(),
    limit: z.coerce
      .number(limitError)
      .int(limitError)
      .min(1, limitError)
      .max(MOST_ROWS, limitError)
      .default(50),
    format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json'),
  }),
)
export type SessionsQuery = z.infer<typeof sessionsQuery>

/** What a session did so far. A turn is a request. */
export const sessionRow = z.object({
  sessionId: z.string(),
  /** Start of its first and of its newest request, ISO 8601 UTC. */
  firstAt: z.string(),
  lastAt: z.string(),
  turns: z.number(),
  /** Turns whose last attempt failed in a way that counts as an error. */
  errors: z.number(),
  agenticTurns: z.number(),
  toolCalls: z.number(),
  promptTokens: z.number(),
  completionTokens: z.number(),
  /** Over the turns whose cost is known; null when none is. */
  costUsd: z.number().nullable(),
  costKnownTurns: z.number(),
  /** Of its newest request; null when the log names none. */
  app: z.string().nullable(),
  model: z.string(),
})
export type SessionRow = z.infer<typeof sessionRow>

export const sessionsAnswer = z.object({
  from: z.string(),
  to: z.string(),
  /** Last active first. */
  rows: z.array(sessionRow),
  /** Where the next page begins; null when there is none. */
  cursor: z.string().nullable(),
  /** Everything from here to `to` was looked at, ISO 8601. */
  searchedTo: z.string(),
})
export type SessionsAnswer = z.infer<typeof sessionsAnswer>
