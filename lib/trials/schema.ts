import { z } from 'zod'
import { presetSlug } from '../presets/schema'
import { ERROR_CLASSES, TOOL_VERDICTS } from '../records/vocabulary'
import { CALL_OUTCOMES } from './call-outcome'
import { MAX_KEPT_ARGUMENTS, TRIAL_DEFAULTS, TRIAL_LIMITS } from './limits'

const MAX_INTEGER = 2_147_483_647

const whole = (high: number) =>
  z
    .int(`expected a whole number from 1 to ${high}`)
    .min(1, `expected 1 to ${high}`)
    .max(high, `expected 1 to ${high}`)

/** What a trial does. The same seed sends the same requests in the same order. */
export const trialOptions = z.strictObject({
  preset: presetSlug,
  calls: whole(TRIAL_LIMITS.calls).default(TRIAL_DEFAULTS.calls),
  concurrency: whole(TRIAL_LIMITS.concurrency).default(TRIAL_DEFAULTS.concurrency),
  /** No call starts later than this after the first. */
  seconds: whole(TRIAL_LIMITS.seconds).default(TRIAL_DEFAULTS.seconds),
  stream: z.boolean('expected true or false').default(false),
  seed: z.int('expected a whole number').min(0).max(MAX_INTEGER).default(TRIAL_DEFAULTS.seed),
})
export type TrialOptions = z.infer<typeof trialOptions>

/**
 * `POST /api/v1/trials`. Origin `page`: this server makes the calls. Origin `command`: the caller makes them itself
 * and reports each with `POST /api/v1/trials/:id/calls`.
 */
export const startTrialBody = z.strictObject({
  ...trialOptions.shape,
  origin: z.enum(['page', 'command'], { error: 'expected page or command' }).default('page'),
})
export type StartTrialBody = z.infer<typeof startTrialBody>

/** A tool call as the trial's client received it. */
export const trialToolCall = z.object({
  name: z.string().max(200),
  /** The raw text, cut after `MAX_KEPT_ARGUMENTS` characters. */
  arguments: z.string().max(MAX_KEPT_ARGUMENTS),
  verdict: z.enum(TOOL_VERDICTS),
  /** Why it is bad; null when it is not. */
  detail: z.string().max(1000).nullable(),
  /** What was offered under that name, beside a bad call; null when nothing was. */
  schema: z.unknown().nullish(),
})
export type TrialToolCall = z.infer<typeof trialToolCall>

export const trialCall = z.object({
  index: z
    .int()
    .min(0)
    .max(TRIAL_LIMITS.calls - 1),
  /** ISO 8601 UTC. */
  startedAt: z.iso.datetime(),
  durationMs: z.int().min(0).max(MAX_INTEGER),
  /** Name of the request that was sent. */
  scenario: z.string().max(100),
  generationId: z.string().max(200).nullable(),
  provider: z.string().max(200).nullable(),
  model: z.string().max(200).nullable(),
  httpStatus: z.int().min(0).max(999).nullable(),
  /** Why the request failed; null when it was answered. */
  errorClass: z.enum(ERROR_CLASSES).nullable(),
  errorMessage: z.string().max(2000).nullable(),
  finishReason: z.string().max(100).nullable(),
  toolCalls: z.array(trialToolCall).max(64),
  /** `@preset/slug` at this version served the call, as the answer said; null when it did not say. */
  presetVersion: z.int().min(0).max(MAX_INTEGER).nullable(),
})
export type TrialCall = z.infer<typeof trialCall>

/** `POST /api/v1/trials/:id/calls`: what a command reports; `status` ends the trial. */
export const reportTrialBody = z.strictObject({
  calls: z.array(trialCall).max(500),
  status: z.enum(['finished', 'stopped', 'failed']).optional(),
  problem: z.string().max(500).nullish(),
})
export type ReportTrialBody = z.infer<typeof reportTrialBody>
/** Tells the command whether somebody pressed stop. */
export const reportTrialAnswer = z.object({ isStopped: z.boolean() })

/** Counts over a trial's calls. A call is one request of the trial. */
export const trialSummary = z.object({
  made: z.number(),
  /** Answered, and every tool call in the answer good. */
  clean: z.number(),
  /** Requests without an answer, by error class; only classes that occurred. */
  errorsByClass: z.record(z.string(), z.number()),
  /** Answers with at least one bad tool call, by the first bad verdict. */
  badByVerdict: z.record(z.string(), z.number()),
  /** Failed requests and bad answers together. */
  errors: z.number(),
  /** Answers that called a tool ÷ answers; null without answers. */
  toolUseRate: z.number().nullable(),
  toolCalls: z.number(),
  byProvider: z.array(z.object({ provider: z.string(), calls: z.number(), errors: z.number() })),
  latencyMsP50: z.number().nullable(),
  latencyMsP95: z.number().nullable(),
})
export type TrialSummary = z.infer<typeof trialSummary>

export const trial = z.object({
  id: z.string(),
  preset: z.string(),
  presetVersion: z.number().nullable(),
  /** `lost`: its runner went away without saying how it ended. */
  status: z.enum(['running', 'finished', 'stopped', 'failed', 'lost']),
  origin: z.enum(['page', 'command']),
  calls: z.number(),
  concurrency: z.number(),
  seconds: z.number(),
  stream: z.boolean(),
  seed: z.number(),
  creator: z.string(),
  startedAt: z.string(),
  /** Null while it runs; of a lost one its last sign of life. */
  endedAt: z.string().nullable(),
  /** From its start to its end, or to now. */
  elapsedMs: z.number(),
  problem: z.string().nullable(),
  summary: trialSummary,
})
export type Trial = z.infer<typeof trial>

export const trialListQuery = z.object({
  preset: presetSlug.optional(),
  limit: z.coerce
    .number('expected a number')
    .int('expected a whole number')
    .min(1, 'expected 1 to 100')
    .max(100, 'expected 1 to 100')
    .optional(),
})
export type TrialListQuery = z.infer<typeof trialListQuery>
/** `GET /api/v1/trials`: newest first. */
export const trialListAnswer = z.object({ data: z.array(trial) })
export type TrialListAnswer = z.infer<typeof trialListAnswer>
export const trialAnswer = z.object({ data: trial })
export type TrialAnswer = z.infer<typeof trialAnswer>
export const trialParams = z.object({ id: z.uuid() })

export const trialCallsQuery = z.object({
  only: z.enum(['errors', 'all'], { error: 'expected errors or all' }).optional(),
  limit: z.coerce
    .number('expected a number')
    .int('expected a whole number')
    .min(1, `expected 1 to ${TRIAL_LIMITS.calls}`)
    .max(TRIAL_LIMITS.calls, `expected 1 to ${TRIAL_LIMITS.calls}`)
    .optional(),
})
export type TrialCallsQuery = z.infer<typeof trialCallsQuery>
/** `GET /api/v1/trials/:id/calls`: in order of the calls. */
export const trialCallsAnswer = z.object({ data: z.array(trialCall) })
export type TrialCallsAnswer = z.infer<typeof trialCallsAnswer>

/** One call in brief, as the grid of a trial shows it. */
export const trialCell = z.object({
  index: z.number(),
  outcome: z.enum(CALL_OUTCOMES),
  provider: z.string().nullable(),
  durationMs: z.number(),
  scenario: z.string(),
})
export type TrialCell = z.infer<typeof trialCell>
/** `GET /api/v1/trials/:id/cells`: every call in brief, in order. */
export const trialCellsAnswer = z.object({ data: z.array(trialCell) })
export type TrialCellsAnswer = z.infer<typeof trialCellsAnswer>

export const trialCallParams = z.object({
  id: z.uuid(),
  index: z.coerce.number().int().min(0).max(TRIAL_LIMITS.calls),
})
/** What a call asked for, drawn again from its trial's seed. */
export const trialRequest = z.object({
  prompt: z.string(),
  toolChoice: z.enum(['auto', 'required']),
  /** Names of the tools that were offered. */
  tools: z.array(z.string()),
})
export type TrialRequest = z.infer<typeof trialRequest>

/** One call with what it asked for; null when the command that made it knows other requests than this server. */
export const openedTrialCall = trialCall.extend({ request: trialRequest.nullable() })
export type OpenedTrialCall = z.infer<typeof openedTrialCall>
/** `GET /api/v1/trials/:id/calls/:index`. */
export const trialCallAnswer = z.object({ data: openedTrialCall })
export type TrialCallAnswer = z.infer<typeof trialCallAnswer>
