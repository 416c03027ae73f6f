import { z } from 'zod'
import { windowParameters } from '../../time/window-parameters'
import { limitUpTo } from '../limit-parameter'
import { isOperationOfAll, OPERATION_WITHOUT_USE_CASE, operationParameter } from '../operation-parameter'
import { RANKING_SORTS, RANKING_SUBJECTS } from '../subjects'
import { isUseCaseOfModels, USE_CASE_NEEDS_MODEL, useCaseParameter } from '../use-case-parameter'

export const rankingsQuery = windowParameters.and(
  z
    .object({
      by: z
        .enum(RANKING_SUBJECTS, { error: `expected one of ${RANKING_SUBJECTS.join(', ')}` })
        .default('model'),
      sort: z.enum(RANKING_SORTS, { error: `expected one of ${RANKING_SORTS.join(', ')}` }).default('tokens'),
      format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json'),
      /** Only the first rows; totals and shares still count all. */
      limit: limitUpTo(10_000).optional(),
      useCase: useCaseParameter,
      operation: operationParameter,
    })
    .refine(isUseCaseOfModels, USE_CASE_NEEDS_MODEL)
    .refine(isOperationOfAll, OPERATION_WITHOUT_USE_CASE),
)
export type RankingsQuery = z.infer<typeof rankingsQuery>

export const rankingRow = z.object({
  /** 1 is the most tokens; ties in order of key. */
  rank: z.number(),
  /** `author/slug` of a model; slug of an author or provider; name of an app; an operation; `unknown` when the log names none. */
  key: z.string(),
  label: z.string(),
  totalTokens: z.number(),
  promptTokens: z.number(),
  completionTokens: z.number(),
  requests: z.number(),
  /** Of all tokens in the window, 0–1; null when there are none. */
  share: z.number().nullable(),
  previousTotalTokens: z.number(),
  /** (now − before) ÷ before; null when there was nothing before. */
  change: z.number().nullable(),
  /** Rank in the preceding equal window; null when it had no tokens there. */
  previousRank: z.number().nullable(),
  /** Window minus the mean of the three preceding equal windows; only with `sort=trending`. */
  excessTokens: z.number().optional(),
})
export type RankingRow = z.infer<typeof rankingRow>

export const rankingsAnswer = z.object({
  from: z.string(),
  to: z.string(),
  by: z.enum(RANKING_SUBJECTS),
  rows: z.array(rankingRow),
  totals: z.object({
    totalTokens: z.number(),
    promptTokens: z.number(),
    completionTokens: z.number(),
    requests: z.number(),
  }),
})
export type RankingsAnswer = z.infer<typeof rankingsAnswer>
