import { z } from 'zod'
import { RECORD_LIMITS } from '../../records/record-limits'
import {
  CALLER_KINDS,
  ERROR_CLASSES,
  OPERATIONS,
  PROMPT_PARTS,
  TOOL_VERDICTS,
} from '../../records/vocabulary'

const MAX_TOOLS = 2000
const MAX_ATTEMPTS = 50

// Postgres takes neither of these; refused here, so that the record fails and not the batch.
const NUL = '\u0000'
const isWellFormed = (value: string) => value.isWellFormed()

function text(maxLength: number) {
  return z
    .string({ error: 'expected a string' })
    .min(1, { error: 'expected a non-empty string' })
    .max(maxLength, { error: `expected at most ${maxLength} characters` })
    .refine((value) => !value.includes(NUL), { error: 'expected text without NUL characters' })
    .refine(isWellFormed, { error: 'expected text without half characters (lone surrogates)' })
}

function wholeNumber(max: number) {
  return z
    .int({ error: 'expected a whole number' })
    .min(0, { error: 'expected zero or more' })
    .max(max, { error: `expected at most ${max}` })
}

const tokens = wholeNumber(RECORD_LIMITS.maxTokens).nullish()
const costUsd = z
  .number({ error: 'expected a number of US dollars' })
  .min(0, { error: 'expected zero or more' })
  .max(RECORD_LIMITS.maxCostUsd, { error: `expected at most ${RECORD_LIMITS.maxCostUsd}` })
  .nullish()
const durationMs = z
  .number({ error: 'expected milliseconds' })
  .min(0, { error: 'expected zero or more' })
  .max(RECORD_LIMITS.maxDurationMs, { error: 'expected at most seven days in milliseconds' })
  .nullish()
const httpStatus = z
  .int({ error: 'expected an HTTP status' })
  .min(100, { error: 'expected an HTTP status from 100 to 599' })
  .max(599, { error: 'expected an HTTP status from 100 to 599' })
  .nullish()
const errorClass = z.enum(ERROR_CLASSES, { error: `expected one of ${ERROR_CLASSES.join(', ')}` }).nullish()
const instant = z.iso.datetime({
  offset: true,
  error: 'expected an ISO 8601 time such as 2026-11-20T10:00:00.000Z',
})

const toolCall = z.object(
  {
    name: text(300),
    verdict: z.enum(TOOL_VERDICTS, { error: `expected one of ${TOOL_VERDICTS.join(', ')}` }).nullish(),
    /** As the model wrote them: the raw text, or the object when the log has already parsed it. */
    arguments: z
      .union([z.string(), z.record(z.string(), z.unknown())], { error: 'expected a string' })
      .nullish(),
    detail: text(1000).nullish(),
  },
  { error: 'expected a tool call' },
)
const atMostTools = { error: `expected at most ${MAX_TOOLS}` }
const toolCalls = z
  .array(toolCall, { error: 'expected a list of tool calls' })
  .max(MAX_TOOLS, atMostTools)
  .nullish()

const attempt = z.object(
  {
    provider: text(100).nullish(),
    startedAt: instant.nullish(),
    httpStatus,
    errorClass,
    durationMs,
    timeToFirstTokenMs: durationMs,
    finishReason: text(100).nullish(),
    toolCalls,
    costUsd,
  },
  { error: 'expected an attempt' },
)

const promptParts = z
  .object(Object.fromEntries(PROMPT_PARTS.map((part) => [part, tokens])), {
    error: 'expected tokens by part',
  })
  .nullish()

/** A record as `POST /api/v1/ingest` takes it. Strict about what it knows; unknown fields are reported, not refused. */
export const wireRecord = z.object(
  {
    id: text(256),
    source: text(100).nullish(),
    startedAt: instant,
    /** Left out = `chat`. */
    operation: z.enum(OPERATIONS, { error: `expected one of ${OPERATIONS.join(', ')}` }).nullish(),
    model: text(200),
    requestedModel: text(300).nullish(),
    provider: text(100).nullish(),
    app: text(200).nullish(),
    endUser: text(256).nullish(),
    sessionId: text(256).nullish(),
    preset: text(200).nullish(),
    presetVersion: wholeNumber(1_000_000).nullish(),
    useCase: text(100).nullish(),
    callerKind: z.enum(CALLER_KINDS, { error: `expected one of ${CALLER_KINDS.join(', ')}` }).nullish(),
    stream: z.boolean({ error: 'expected true or false' }).nullish(),
    promptTokens: tokens,
    cachedTokens: tokens,
    cacheWriteTokens: tokens,
    completionTokens: tokens,
    reasoningTokens: tokens,
    promptParts,
    costUsd,
    finishReason: text(100).nullish(),
    toolsOffered: wholeNumber(1_000_000).nullish(),
    tools: z
      .array(z.unknown(), { error: 'expected a list of tool definitions' })
      .max(MAX_TOOLS, atMostTools)
      .nullish(),
    toolCalls,
    httpStatus,
    errorClass,
    durationMs,
    timeToFirstTokenMs: durationMs,
    attempts: z
      .array(attempt, { error: 'expected a list of attempts' })
      .min(1, { error: 'expected at least one attempt' })
      .max(MAX_ATTEMPTS, { error: `expected at most ${MAX_ATTEMPTS} attempts` })
      .nullish(),
  },
  { error: 'expected a record: an object' },
)
export type WireRecord = z.infer<typeof wireRecord>
export type WireAttempt = z.infer<typeof attempt>
export type WireToolCall = z.infer<typeof toolCall>

/** The fields a record may carry; anything else is named once in the answer's `warnings`. */
export const WIRE_FIELDS: ReadonlySet<string> = new Set(Object.keys(wireRecord.shape))

export const ingestAnswer = z.object({
  accepted: z.number(),
  /** Their ids were known, and they said something new, which now stands. */
  amended: z.number(),
  /** How many of the accepted are in the outbox, since the database does not answer; left out = none. */
  waiting: z.number().optional(),
  duplicates: z.number(),
  rejected: z.array(
    z.object({
      /** Position in the array, or number of the non-empty line, from 0. */
      index: z.number(),
      id: z.string().optional(),
      errors: z.array(z.object({ path: z.string(), message: z.string() })),
    }),
  ),
  /** What the body was recognised as; left out for our own records. */
  format: z.string().optional(),
  /** Elements that were understood and are no requests; left out for our own records. */
  ignored: z.number().optional(),
  warnings: z.array(z.string()).optional(),
})
export type IngestAnswer = z.infer<typeof ingestAnswer>
export type RejectedRecord = IngestAnswer['rejected'][number]
