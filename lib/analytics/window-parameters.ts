import { z } from 'zod'
import { PERIOD_NAMES } from './window'

const instant = z.iso.datetime({
  offset: true,
  error: 'expected an ISO 8601 time such as 2026-11-20T10:00:00Z',
})

/** The time parameters where a window may also be left out. */
export const optionalWindowParameters = z
  .object({
    period: z.enum(PERIOD_NAMES, { error: `expected one of ${PERIOD_NAMES.join(', ')}` }).optional(),
    from: instant.optional(),
    to: instant.optional(),
  })
  .refine((value) => (value.from === undefined) === (value.to === undefined), {
    path: ['from'],
    message: 'from and to go together',
  })
  .refine(
    (value) =>
      value.from === undefined || value.to === undefined || Date.parse(value.from) < Date.parse(value.to),
    {
      path: ['to'],
      message: 'to must be after from',
    },
  )

/** The time parameters of every read contract: a named period, or both ends. */
export const windowParameters = optionalWindowParameters.refine(
  (value) => value.period !== undefined || value.from !== undefined,
  { path: ['period'], message: 'give period, or from and to' },
)
export type WindowParameters = z.infer<typeof windowParameters>
