import { z } from 'zod'
import { windowParameters } from '../../../time/window-parameters'
import { compared } from '../../overview/schema'

const SHARE_GRANULARITIES = ['hour', 'day'] as const

/** `GET /api/agents/share`. */
export const shareQuery = windowParameters.and(
  z.object({
    granularity: z
      .enum(SHARE_GRANULARITIES, { error: `expected one of ${SHARE_GRANULARITIES.join(', ')}` })
      .default('day'),
    format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json'),
  }),
)
export type ShareQuery = z.infer<typeof shareQuery>

const kindSums = z.object({ requests: z.number(), totalTokens: z.number() })
export type KindSums = z.infer<typeof kindSums>

export const sharePoint = z.object({
  /** Start of the bucket, ISO 8601 UTC. Buckets without requests are left out. */
  start: z.string(),
  agentic: kindSums,
  human: kindSums,
  unknown: kindSums,
})
export type SharePoint = z.infer<typeof sharePoint>

export const shareAnswer = z.object({
  from: z.string(),
  to: z.string(),
  granularity: z.enum(SHARE_GRANULARITIES),
  totals: z.object({
    agentic: kindSums,
    human: kindSums,
    unknown: kindSums,
    /**
     * First UTC day from which agentic tokens exceed human tokens in the trailing 7 days up to the window's end, days
     * before the window included; null when they do not at its end.
     */
    crossover: z.iso.date().nullable(),
  }),
  /** Agentic tokens ÷ all tokens, and the same of the preceding equal window. */
  agenticTokenShare: compared,
  /** Agentic requests ÷ all requests. */
  agenticRequestShare: compared,
  /** In order of time. */
  points: z.array(sharePoint),
})
export type ShareAnswer = z.infer<typeof shareAnswer>
