import { z } from 'zod'
import { SLUG_PATTERN } from '../../catalog/schema'

/** What a tool call may be broken by, once the model decided to make one. */
export const TOOL_FAULTS = ['invalid_json', 'unknown_name', 'schema_mismatch'] as const
export type ToolFault = (typeof TOOL_FAULTS)[number]

/** What may happen to a request as a whole, in the order in which a draw goes through them. */
export const REQUEST_FAULTS = [
  'auth',
  'not_found',
  'rate_limited',
  'upstream_5xx',
  'hang',
  'reset',
  'slow_tokens',
  'cut_stream',
  'half_json',
  'html_error',
  'endless_stream',
  'empty_body',
  'wrong_content_type',
  'error_in_200',
] as const
export type RequestFault = (typeof REQUEST_FAULTS)[number]

export const FAULT_KINDS = [...REQUEST_FAULTS, 'refuse_tools', ...TOOL_FAULTS] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

const rate = z.number('expected a rate from 0 to 1').min(0, 'expected 0 to 1').max(1, 'expected 0 to 1')
const milliseconds = z
  .number('expected milliseconds')
  .min(0, 'expected milliseconds')
  .max(600_000, 'expected at most 600000 milliseconds')

const faults = z.partialRecord(z.enum(FAULT_KINDS), rate)

/**
 * How a simulated provider behaves. Everything left out has the value of a steady, instant provider. Rates of request
 * faults are per request and exclusive: one draw goes through them in order, so they add up to at most 1. `refuse_tools`
 * is per request with tools, the tool faults per answer that calls tools (one of its calls is broken).
 */
export const faultProfile = z.strictObject({
  seed: z.int('expected a whole number').min(0, 'expected 0 or more').default(1),
  timeToFirstTokenMs: milliseconds.default(0),
  /** Standard deviation of the logarithm of its times; 0 = always the same. */
  jitter: z.number('expected 0 to 2').min(0, 'expected 0 to 2').max(2, 'expected 0 to 2').default(0),
  /** Null = everything at once. */
  tokensPerSecond: z.number('expected tokens per second').min(0.1).max(100_000).nullable().default(null),
  /** Median length of an answer in words of text, in tokens; the request's own limit cuts it. */
  completionTokens: z.int('expected a number of tokens').min(1).max(100_000).default(60),
  /** How often it calls a tool when tools are offered and the choice is its own. */
  toolCallRate: rate.default(1),
  /** The same when the request ends with tool results; 0 = it then always answers in words. */
  toolCallRateAfterResults: rate.default(0),
  /** Of answers that call tools, those that say something first. */
  textBeforeCallsRate: rate.default(0),
  /** Seconds a 429 asks to wait. */
  retryAfterSeconds: z.int('expected whole seconds').min(0).max(86_400).default(1),
  /** What must come as `Authorization: Bearer` or `x-api-key`; null = no key is needed. */
  apiKey: z.string('expected the key as text').min(1).nullable().default(null),
  /** Models it serves, by the names it uses; null = any. */
  models: z.array(z.string().min(1)).min(1).nullable().default(null),
  /** Writes its streams in pieces that end anywhere, even within a character. */
  raggedWrites: z.boolean('expected true or false').default(false),
  faults: faults.default({}),
})
export type FaultProfile = z.infer<typeof faultProfile>
export type FaultProfileInput = z.input<typeof faultProfile>

/** `GET` and `PUT /_control/providers/:provider`. A PUT replaces the whole profile and starts its draws anew. */
export const providerName = z
  .string()
  .regex(SLUG_PATTERN, 'expected lower-case letters, digits, dots, dashes, such as helios')
export const providerAnswer = z.object({ provider: z.string(), profile: faultProfile })
export type ProviderAnswer = z.infer<typeof providerAnswer>

/** A file for `--profiles`, and the body of `PUT /_control/providers`: profiles by provider. */
export const profilesByProvider = z.record(providerName, faultProfile)
export type ProfilesByProvider = z.infer<typeof profilesByProvider>

export const providerStats = z.object({
  /** Well-formed requests for a completion. */
  requests: z.number(),
  byFault: z.partialRecord(z.enum(FAULT_KINDS), z.number()),
  /** Being answered right now. */
  open: z.number(),
  /** The client went away before the end. */
  cancelled: z.number(),
  /** Refused before any draw: unknown key, malformed body, unknown model. */
  refused: z.number(),
})
export type ProviderStats = z.infer<typeof providerStats>

/** `GET /_control/stats`: since the process started; `DELETE` sets the counts of what is over to zero. */
export const statsAnswer = z.object({ providers: z.record(z.string(), providerStats) })
export type StatsAnswer = z.infer<typeof statsAnswer>
