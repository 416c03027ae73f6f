import { z } from 'zod'
import { PERIOD_NAMES } from './period'

/** A UTC day, which stands for its start, or an instant. */
const time = z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
  error: 'expected a UTC day or an ISO 8601 time, such as 2026-11-20 or 2026-11-20T10:00:00Z',
})

/** The time parameters where a window may also be left out. */
export const optionalWindowParameters = z
  .object({
    period: z.enum(PERIOD_NAMES, { error: `expected one of ${PERIOD_NAMES.join(', ')}` }).optional(),
    from: time.optional(),
    to: time.optional(),
  })
  .superRefine(({ from, to }, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (from === undefined && to !== undefined) refuse('from', 'from and to go together')
    if (from !== undefined && to === undefined) refuse('to', 'from and to go together')
    if (from !== undefined && to !== undefined && Date.parse(from) >= Date.parse(to)) {
      refuse('to', 'expected a time after from')
    }
  })

/** The time parameters of every read contract: a named period, or both ends. */
export const windowParameters = optionalWindowParameters.refine(
  ({ period, from, to }) => period !== undefined || from !== undefined || to !== undefined,
  { path: ['period'], message: 'give period, or from and to' },
)
export type WindowParameters = z.infer<typeof windowParameters>
