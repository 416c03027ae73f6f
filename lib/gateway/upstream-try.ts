import type { ErrorClass } from '../records/vocabulary'
import type { AnswerFacts } from '../shapes/answer-facts'

/** What a try at one endpoint may take, in milliseconds. */
export type TryBudget = { firstTokenTimeoutMs: number; answerTimeoutMs: number }

/** How a try went, as far as it got. Times are milliseconds since its start. */
export type TryMeasures = {
  startedAtMs: number
  httpStatus: number | null
  timeToFirstTokenMs: number | null
  durationMs: number
}

/** Why a try gave nothing; `message` is a sentence without the provider's name. */
export type TryFailure = { errorClass: ErrorClass; message: string; retryAfterMs?: number | null }

export type FailedTry = {
  kind: 'failed'
  failure: TryFailure
  measures: TryMeasures
  /** What was seen of the answer; null = nothing. */
  facts: AnswerFacts | null
}

export type WholeAnswer = { kind: 'answer'; answer: unknown; facts: AnswerFacts; measures: TryMeasures }

/** Some parsed pieces of a stream, and how it stands after them. */
export type StreamPieces = {
  parsed: unknown[]
  hasToken: boolean
  /** A token that is no part of a tool call. */
  hasText: boolean
  state: 'open' | 'complete' | 'broken'
  /** Why it is broken. */
  failure: TryFailure | null
}

/** A stream whose first token is there. */
export type OpenStream = {
  kind: 'stream'
  /** What has come so far. */
  first: StreamPieces
  /** What comes next; not to be called after `complete` or `broken`. Never rejects. */
  next: () => Promise<StreamPieces>
  /** Ends the call to the provider. */
  cancel: () => void
  facts: () => AnswerFacts
  measures: () => TryMeasures
}
