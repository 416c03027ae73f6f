import { z } from 'zod'
import {
  CALLER_KINDS,
  CALLER_REASONS,
  COST_SOURCES,
  ERROR_CLASSES,
  OPERATIONS,
  OUTPUT_VERDICTS,
  PROMPT_PARTS,
  TOOL_VERDICTS,
} from '../../records/vocabulary'
import { optionalWindowParameters } from '../../time/window-parameters'
import { parseCursor } from './cursor'
import { LOG_ERROR_FILTERS, LOG_STATUSES, LOG_VALUE_FIELDS, LOG_VERDICT_FILTERS } from './filter-words'
import { MOST_EXPORTED_ROWS, MOST_PAGE_ROWS } from './limits'

const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: `expected one of ${words.join(', ')}` }).optional()

const name = z.string().min(1, 'expected a name').max(300, 'expected at most 300 characters').optional()

/** What requests can be narrowed to. A name that nothing has gives an empty answer. */
export const logsFilter = z.object({
  model: name,
  provider: name,
  app: name,
  key: name,
  preset: name,
  useCase: name,
  session: name,
  operation: oneOf(OPERATIONS),
  status: oneOf(LOG_STATUSES),
  errorClass: oneOf(LOG_ERROR_FILTERS),
  callerKind: oneOf(CALLER_KINDS),
  verdict: oneOf(LOG_VERDICT_FILTERS),
  tool: name,
})
export type LogsFilterParameters = z.infer<typeof logsFilter>

const cursor = z
  .string()
  .transform((word, context) => {
    const position = parseCursor(word)
    if (position === null)
      context.addIssue({ code: 'custom', message: 'expected the cursor of an earlier answer' })
    return position
  })
  .optional()

const wholeNumber = (most: number) => {
  const error = `expected a whole number from 1 to ${most}`
  return z.coerce.number(error).int(error).min(1, error).max(most, error)
}

export const logsQuery = optionalWindowParameters
  .and(logsFilter)
  .and(
    z.object({
      cursor,
      format: z.enum(['json', 'csv', 'ndjson'], { error: 'expected json, csv or ndjson' }).default('json'),
      /** Rows of a page, or of an exported file. */
      limit: wholeNumber(MOST_EXPORTED_ROWS).optional(),
    }),
  )
  .refine(({ format, limit }) => format !== 'json' || limit === undefined || limit <= MOST_PAGE_ROWS, {
    path: ['limit'],
    message: `expected a whole number from 1 to ${MOST_PAGE_ROWS}`,
  })
  .refine(
    ({ period, from, session }) => period !== undefined || from !== undefined || session !== undefined,
    {
      path: ['period'],
      message: 'give period, or from and to; only with session may both be left out',
    },
  )
export type LogsQuery = z.infer<typeof logsQuery>

const count = z.number()
const unknownCount = z.number().nullable()

/** An attempt before the one that decided its request. */
const earlierAttempt = z.object({
  provider: z.string().nullable(),
  providerName: z.string().nullable(),
  model: z.string(),
  errorClass: z.enum(ERROR_CLASSES).nullable(),
  httpStatus: unknownCount,
})

/** One request. Null = the log does not say. Provider, status and times are those of the attempt that decided it. */
export const logRow = z.object({
  /** Names it in `/logs/<ref>` and `GET /api/logs/<ref>`. */
  ref: z.string(),
  /** ISO 8601 UTC with milliseconds. */
  startedAt: z.string(),
  operation: z.enum(OPERATIONS),
  model: z.string(),
  provider: z.string().nullable(),
  /** What people call the provider; its slug when nobody gave it a name. */
  providerName: z.string().nullable(),
  attempts: count,
  /** What went wrong before the deciding attempt, in order. */
  earlierAttempts: z.array(earlierAttempt),
  /** Null = ok. */
  errorClass: z.enum(ERROR_CLASSES).nullable(),
  httpStatus: unknownCount,
  callerKind: z.enum(CALLER_KINDS),
  promptTokens: unknownCount,
  cachedTokens: unknownCount,
  completionTokens: unknownCount,
  reasoningTokens: unknownCount,
  costUsd: unknownCount,
  /** Time to first token. */
  latencyMs: unknownCount,
  durationMs: unknownCount,
  /** From the request's start to its end, with the attempts that failed before. */
  totalMs: unknownCount,
  tokensPerSecond: unknownCount,
  finishReason: z.string().nullable(),
  toolsOffered: unknownCount,
  /** Tool calls of the answer, and those of them that are bad. */
  toolCalls: unknownCount,
  badToolCalls: count,
  app: z.string().nullable(),
  key: z.string().nullable(),
  preset: z.string().nullable(),
  presetVersion: unknownCount,
  useCase: z.string().nullable(),
  sessionId: z.string().nullable(),
  stream: z.boolean().nullable(),
})
export type LogRow = z.infer<typeof logRow>

export const logsAnswer = z.object({
  from: z.string(),
  to: z.string(),
  /** Newest first. */
  rows: z.array(logRow),
  /** Where the next page begins; null when the window was searched to its start. */
  cursor: z.string().nullable(),
  /** Everything from here to `to` was looked at, ISO 8601. */
  searchedTo: z.string(),
  /** Requests of the window before this time were dropped by retention; null when none was. */
  droppedBefore: z.string().nullable(),
})
export type LogsAnswer = z.infer<typeof logsAnswer>

const toolCall = z.object({
  name: z.string(),
  verdict: z.enum(TOOL_VERDICTS),
  /** What was wrong, in a sentence. */
  detail: z.string().nullable(),
})
export type LoggedToolCall = z.infer<typeof toolCall>

/** `detail` says what was wrong, in a sentence. */
export const structuredOutput = z.object({ verdict: z.enum(OUTPUT_VERDICTS), detail: z.string().nullable() })
export type LoggedOutput = z.infer<typeof structuredOutput>

export const loggedAttempt = z.object({
  index: count,
  provider: z.string().nullable(),
  providerName: z.string().nullable(),
  model: z.string(),
  isDeciding: z.boolean(),
  /** After the start of the request. */
  startedAfterMs: count,
  latencyMs: unknownCount,
  durationMs: unknownCount,
  httpStatus: unknownCount,
  errorClass: z.enum(ERROR_CLASSES).nullable(),
  finishReason: z.string().nullable(),
  /** Null when the log has no tool information. */
  toolCalls: z.array(toolCall).nullable(),
  /** Its text held against the format that was asked for; null when any text would have done or there was none. */
  structuredOutput: structuredOutput.nullable(),
  costUsd: unknownCount,
  /** How the request was changed for this provider, in words; empty for requests that others logged. */
  amendments: z.array(z.string()),
})
export type LoggedAttempt = z.infer<typeof loggedAttempt>

const planStep = z.object({
  model: z.string(),
  provider: z.string(),
  providerName: z.string(),
  reasons: z.array(z.string()),
})

/** One request with everything that is kept of it. */
export const requestDetail = logRow.omit({ earlierAttempts: true, attempts: true }).extend({
  source: z.string(),
  externalId: z.string(),
  /** What `GET /api/v1/generation` calls it; null for requests of other gateways. */
  generationId: z.string().nullable(),
  /** What the client asked for, where that is not `model`. */
  requestedModel: z.string().nullable(),
  /** The name it was served under, where `model` is that model's canonical name. */
  servedAs: z.string().nullable(),
  endUser: z.string().nullable(),
  callerReason: z.enum(CALLER_REASONS),
  cacheWriteTokens: unknownCount,
  /** Estimates in tokens that sum to `promptTokens`; null when the content was not seen. */
  promptParts: z.record(z.enum(PROMPT_PARTS), z.number()).nullable(),
  costSource: z.enum(COST_SOURCES).nullable(),
  attempts: z.array(loggedAttempt),
  /** In which order the gateway meant to try endpoints, and which it left out; null when others logged the request. */
  plan: z.object({ steps: z.array(planStep), excluded: z.array(planStep) }).nullable(),
})
export type RequestDetail = z.infer<typeof requestDetail>

export const requestParams = z.object({ ref: z.string() })

export const logValuesQuery = z.object({
  /** Of this field only; left out = the first few of each. */
  field: oneOf(LOG_VALUE_FIELDS),
  /** Part of the value or of its label, whatever its case. */
  search: z.string().max(300, 'expected at most 300 characters').default(''),
})
export type LogValuesQuery = z.infer<typeof logValuesQuery>

export const logValuesAnswer = z.object({
  /** By field; names that begin with the search first, then in order of name. */
  values: z.array(
    z.object({
      field: z.enum(LOG_VALUE_FIELDS),
      value: z.string(),
      /** What people call it; the value itself where it has no other name. */
      label: z.string(),
    }),
  ),
})
export type LogValuesAnswer = z.infer<typeof logValuesAnswer>
