import { z } from 'zod'

export const POINT_MEASURES = [
  'requests',
  'prompt_tokens',
  'completion_tokens',
  'cost_micro_usd',
  'cost_known',
] as const

/** One bucket of one key, as Postgres sums it. */
export const pointRow = z.object({
  key: z.string(),
  /** Place of the key by tokens; one past the limit is everything else. */
  rank: z.number(),
  start: z.date(),
  requests: z.number(),
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
  cost_micro_usd: z.number(),
  cost_known: z.number(),
})
export type PointRow = z.infer<typeof pointRow>
