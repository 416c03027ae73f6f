import { z } from 'zod'
import { CALLER_CLASSES } from '../../../records/caller-class'
import { windowParameters } from '../../../time/window-parameters'
import { limitUpTo } from '../../limit-parameter'
import { CALLER_SUBJECTS } from './subjects'

/** `GET /api/agents/callers`. */
export const callersQuery = windowParameters.and(
  z.object({
    by: z.enum(CALLER_SUBJECTS, { error: `expected one of ${CALLER_SUBJECTS.join(', ')}` }).default('app'),
    class: z.enum(CALLER_CLASSES, { error: `expected one of ${CALLER_CLASSES.join(', ')}` }).optional(),
    format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json'),
    /** Only the first rows; totals and shares still count all. */
    limit: limitUpTo(10_000).optional(),
  }),
)
export type CallersQuery = z.infer<typeof callersQuery>

export const callerRow = z.object({
  /** Of the app or API key; 0 is the app of requests that name none. */
  id: z.number(),
  /** Name of the app or API key; keys may share one. */
  key: z.string(),
  label: z.string(),
  class: z.enum(CALLER_CLASSES),
  /** What an operator said, which wins over the tokens; null = nothing. */
  declared: z.enum(['agentic', 'human']).nullable(),
  /** Agentic tokens ÷ all tokens of this caller, those of unknown requests included; null when it has none. */
  agenticShare: z.number().nullable(),
  totalTokens: z.number(),
  agenticTokens: z.number(),
  humanTokens: z.number(),
  requests: z.number(),
  agenticRequests: z.number(),
  humanRequests: z.number(),
  /** Of all tokens in the window, 0–1; null when there are none. */
  share: z.number().nullable(),
})
export type CallerRow = z.infer<typeof callerRow>

const classSums = z.object({ callers: z.number(), totalTokens: z.number(), requests: z.number() })
export type ClassSums = z.infer<typeof classSums>

export const callersAnswer = z.object({
  from: z.string(),
  to: z.string(),
  by: z.enum(CALLER_SUBJECTS),
  /** Most tokens first, ties in order of name; those of one class where one is asked for. */
  rows: z.array(callerRow),
  /** Callers of every class, whatever rows are asked for. */
  classes: z.record(z.enum(CALLER_CLASSES), classSums),
})
export type CallersAnswer = z.infer<typeof callersAnswer>
