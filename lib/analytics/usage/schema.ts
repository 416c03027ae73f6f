import { z } from 'zod'
import { GRANULARITIES } from '../../time/time-buckets'
import { windowParameters } from '../../time/window-parameters'
import { limitUpTo } from '../limit-parameter'
import { isOperationOfAll, OPERATION_WITHOUT_USE_CASE, operationParameter } from '../operation-parameter'
import { USAGE_SUBJECTS } from '../subjects'
import { isUseCaseOfModels, USE_CASE_NEEDS_MODEL, useCaseParameter } from '../use-case-parameter'

export const usageQuery = windowParameters.and(
  z
    .object({
      by: z.enum(USAGE_SUBJECTS, { error: `expected one of ${USAGE_SUBJECTS.join(', ')}` }).default('model'),
      granularity: z.enum(GRANULARITIES, { error: `expected one of ${GRANULARITIES.join(', ')}` }),
      /**
       * Number of keys with a series of their own, by tokens in the window; the rest is summed as `other`. By operation,
       * one of which has that name, each has its own.
       */
      limit: limitUpTo(100).default(20),
      format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json'),
      useCase: useCaseParameter,
      operation: operationParameter,
    })
    .refine(isUseCaseOfModels, USE_CASE_NEEDS_MODEL)
    .refine(isOperationOfAll, OPERATION_WITHOUT_USE_CASE),
)
export type UsageQuery = z.infer<typeof usageQuery>

export const usagePoint = z.object({
  /** Start of the bucket, ISO 8601 UTC. Buckets without requests are left out: they are zero. */
  start: z.string(),
  requests: z.number(),
  promptTokens: z.number(),
  completionTokens: z.number(),
  totalTokens: z.number(),
  /** Null when no request of the bucket has a known cost, and for readers who are not signed in. */
  costUsd: z.number().nullable(),
})
export type UsagePoint = z.infer<typeof usagePoint>

export const usageAnswer = z.object({
  from: z.string(),
  to: z.string(),
  granularity: z.enum(GRANULARITIES),
  /** Most tokens first, `other` last. */
  series: z.array(z.object({ key: z.string(), points: z.array(usagePoint) })),
})
export type UsageAnswer = z.infer<typeof usageAnswer>
