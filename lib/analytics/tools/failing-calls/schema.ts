import { z } from 'zod'
import { windowParameters } from '../../../time/window-parameters'
import { limitUpTo } from '../../limit-parameter'
import { parseCursor } from '../../logs/cursor'
import { BAD_CALL_CLASSES } from '../bad-calls'

const name = z.string().min(1, 'expected a name').max(300, 'expected at most 300 characters').optional()

export const failingCallsQuery = windowParameters.and(
  z.object({
    /** Of the attempt; a name that nothing has gives an empty answer. */
    model: name,
    provider: name,
    app: name,
    tool: name,
    verdict: z.enum(BAD_CALL_CLASSES, { error: `expected one of ${BAD_CALL_CLASSES.join(', ')}` }).optional(),
    cursor: z
      .string()
      .transform((word, context) => {
        const position = parseCursor(word)
        if (position === null) {
          context.addIssue({ code: 'custom', message: 'expected the cursor of an earlier answer' })
        }
        return position
      })
      .optional(),
    /** Requests on a page; each of them has at least one failing call. */
    limit: limitUpTo(200).default(25),
    format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json'),
  }),
)
export type FailingCallsQuery = z.infer<typeof failingCallsQuery>

export const failingCall = z.object({
  /** Names the request in `/logs/<ref>`. */
  ref: z.string(),
  /** Start of the request, ISO 8601 UTC with milliseconds. */
  startedAt: z.string(),
  /** Position of the attempt in its request, and of the call in the attempt's answer, from 0. */
  attemptIndex: z.number(),
  callIndex: z.number(),
  /** False for an attempt that failover hid from the caller. */
  isDeciding: z.boolean(),
  /** Canonical name, `author/slug`. */
  model: z.string(),
  /** Null when the log names none. */
  provider: z.string().nullable(),
  tool: z.string(),
  verdict: z.enum(BAD_CALL_CLASSES),
  /** What was wrong, in a sentence; null when the log does not say. */
  detail: z.string().nullable(),
})
export type FailingCall = z.infer<typeof failingCall>

/** `GET /api/tools/failing-calls`: newest requests first, the calls of one in their order. */
export const failingCallsAnswer = z.object({
  from: z.string(),
  to: z.string(),
  rows: z.array(failingCall),
  /** Where the next page begins; null when the window was searched to its start. */
  cursor: z.string().nullable(),
})
export type FailingCallsAnswer = z.infer<typeof failingCallsAnswer>
