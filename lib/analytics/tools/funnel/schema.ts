import { z } from 'zod'
import { GRANULARITIES } from '../../../time/time-buckets'
import { windowParameters } from '../../../time/window-parameters'
import { TOOL_SUBJECTS } from '../tool-subjects'

const name = z.string().min(1, 'expected a name').max(300, 'expected at most 300 characters').optional()

/** Whose requests: at most one of them. */
export const funnelSubject = z
  .object({ model: name, author: name, provider: name, app: name })
  .superRefine((value, context) => {
    const given = TOOL_SUBJECTS.filter((subject) => value[subject] !== undefined)
    for (const path of given.slice(1)) {
      context.addIssue({
        code: 'custom',
        path: [path],
        message: `give at most one of ${given.join(' and ')}`,
      })
    }
  })
export type FunnelSubject = z.infer<typeof funnelSubject>

export const funnelQuery = windowParameters.and(funnelSubject).and(
  z.object({
    granularity: z
      .enum(GRANULARITIES, { error: `expected one of ${GRANULARITIES.join(', ')}` })
      .default('day'),
    format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json'),
  }),
)
export type FunnelQuery = z.infer<typeof funnelQuery>

const share = z.number().nullable()

/** Steps of the tool funnel. Source of the definitions: design.md §5, "Tool funnel". */
export const funnelFigures = z.object({
  /** Requests whose tools are known; what the shares are taken of. */
  requests: z.number(),
  /** With at least one tool definition. */
  offered: z.number(),
  /** Of those, with at least one tool call. */
  used: z.number(),
  /** Finish reason tool_calls. */
  finishedByToolCall: z.number(),
  /** offered ÷ requests, 0–1; null without requests. */
  offeredShare: share,
  /** used ÷ offered, 0–1; null where no tools were offered. */
  usedShare: share,
  /** finishedByToolCall ÷ requests, 0–1; null without requests. */
  finishedShare: share,
  /** Requests whose log says nothing about tools: in none of the counts above. */
  unknownRequests: z.number(),
})

export const funnelPoint = funnelFigures.extend({
  /** Start of the bucket, ISO 8601 UTC. Buckets without a request are left out: they are gaps, not zeros. */
  start: z.string(),
})
export type FunnelPoint = z.infer<typeof funnelPoint>

/** `GET /api/tools/funnel`. */
export const funnelAnswer = z.object({
  from: z.string(),
  to: z.string(),
  granularity: z.enum(GRANULARITIES),
  totals: funnelFigures,
  points: z.array(funnelPoint),
})
export type FunnelAnswer = z.infer<typeof funnelAnswer>
