import type { OutputCheck } from './check-structured-output'
import type {
  CallerKind,
  CallerReason,
  CostSource,
  ErrorClass,
  Operation,
  PromptPart,
  ToolVerdict,
} from './vocabulary'

/**
 * One tool call of an answer.
 * `verdict` is `unknown` when the log does not say which tools were offered. `detail` says in a sentence what was wrong.
 */
export type ToolCall = {
  name: string
  verdict: ToolVerdict
  detail: string | null
}

/**
 * One try at one provider. A request has one or more, in order; the last one decides the request.
 * Every nullable number is null when the log does not carry it: unknown is not zero.
 */
export type Attempt = {
  /** Slug or name of the provider; null when the log does not name one. */
  provider: string | null
  /** `author/slug`, where a fallback model was tried; left out = the request's own model. */
  model?: string
  startedAtMs: number
  httpStatus: number | null
  /** Null = ok. */
  errorClass: ErrorClass | null
  timeToFirstTokenMs: number | null
  durationMs: number | null
  finishReason: string | null
  /** Tool calls of this attempt's own answer; null when the log has no tool information. */
  toolCalls: ToolCall[] | null
  /**
   * Its answer's text held against the format that was asked for; null or left out = any text would have done, it gave
   * no answer, or the log does not say.
   */
  structuredOutput?: OutputCheck | null
  /** What its own answer cost, whether it was of use or not. */
  costMicroUsd: number | null
}

/**
 * The one shape every log format is translated into and the only thing the recorder takes.
 * Times are epoch milliseconds UTC, money is integer micro-USD, token counts are the provider's own.
 */
export type RequestRecord = {
  /** uuidv5 of source and external id: the same record always has the same id. */
  id: string
  /** The gateway or importer the record came from. */
  source: string
  externalId: string
  startedAtMs: number
  /** `chat` where a log does not say: all that logged before operations had a name were chats. */
  operation: Operation
  app: string | null
  endUser: string | null
  sessionId: string | null
  /** What the client asked for, when it differs from `model` (an alias, `@preset/…`). */
  requestedModel: string | null
  /** `author/slug`. */
  model: string
  preset: string | null
  presetVersion: number | null
  useCase: string | null
  stream: boolean | null
  callerKind: CallerKind
  callerReason: CallerReason
  /** Includes cached tokens. */
  promptTokens: number | null
  cachedTokens: number | null
  cacheWriteTokens: number | null
  /** Includes reasoning tokens. */
  completionTokens: number | null
  reasoningTokens: number | null
  promptParts: Record<PromptPart, number> | null
  /** Of all attempts that a provider billed (attempt-costs.ts); tokens are those of the last one. */
  costMicroUsd: number | null
  costSource: CostSource | null
  /** Normalised: `stop`, `length`, `tool_calls`, `content_filter`, `error`, or the provider's own word. */
  finishReason: string | null
  /** Number of tool definitions sent; null when the log has no tool information. */
  toolsOffered: number | null
  /** Null when the log has no tool information. */
  toolCalls: ToolCall[] | null
  /** Never empty. */
  attempts: [Attempt, ...Attempt[]]
  /** Our gateway's reasons; left out for requests that others logged. */
  plan?: RecordedPlan
  /** Names of the emitters whose views of this one call were joined; left out = one told of it. */
  joined?: string[]
  /** What becomes of it when its id is known already (merge-records.ts), not stored; left out = `replace`. */
  onSameId?: OnSameId
  /** What rules look at to find the use case of a request that names none; not stored. */
  useCaseSignals?: UseCaseSignals
}

/**
 * `replace`: the newest statement wins, field by field, and what it leaves open stays. `merge`: both are views of one
 * call, of which the one that knows more wins, in whatever order they come.
 */
export type OnSameId = 'replace' | 'merge'

/** What a log or the gateway saw of a request's content. Null or left out = not seen. */
export type UseCaseSignals = {
  /** Names of the tools that were offered. */
  toolNames: readonly string[] | null
  systemPrompt: string | null
}

/** In which order a gateway meant to try endpoints and which it left out, each with its reasons in words. */
export type RecordedPlan = { steps: RecordedStep[]; excluded: RecordedStep[] }
export type RecordedStep = {
  model: string
  provider: string
  reasons: string[]
  /** How the request was changed for this provider when it was asked, in words; left out = not at all. */
  amendments?: string[]
}

/** The attempt that decided the request: the last one. */
export function decidingAttempt(record: RequestRecord): Attempt {
  return record.attempts[record.attempts.length - 1] ?? record.attempts[0]
}
