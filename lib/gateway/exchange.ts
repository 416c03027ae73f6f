import type { JsonObject } from '../platform/json-value'
import type { OutputCheck } from '../records/check-structured-output'
import { microUsdToUsd } from '../records/cost'
import type { ToolCall } from '../records/request-record'
import type { ApiShape, ErrorClass } from '../records/vocabulary'
import type { AnswerFacts } from '../shapes/answer-facts'
import type { AnswerEnd, WriterOptions } from '../shapes/shape'
import type { CallerHeaders } from './caller-headers'
import type { EndpointCandidate } from './candidate'
import type { Configuration } from './configuration'
import type { Conversation } from './conversation'
import { costOfRequest } from './cost-of-attempt'
import type { FailedGeneration } from './failed-generation'
import type { Plan } from './plan-schema'
import type { GatewayRequest } from './read-request'
import { routerMetadata } from './router-metadata'

/** What an attempt may take, in milliseconds. `silence` is what a stream may go without a sign of life. */
export type AttemptBudget = { silenceMs: number; answerMs: number }

/** Why an attempt gave nothing; `message` is a sentence without the provider's name, `code` the provider's own word for it. */
export type AttemptFailure = {
  errorClass: ErrorClass
  message: string
  code?: string | null
  retryAfterMs?: number | null
  /** It refused a parameter, which another endpoint may well take; left out = not known. */
  refusesParameter?: boolean
  /** What the model made and the provider refused; null or left out = it was not that. */
  failedGeneration?: FailedGeneration | null
}

/** One attempt at an endpoint. Times are milliseconds since its start; what is not known (yet) is null. */
export type GatewayAttempt = {
  readonly candidate: EndpointCandidate
  readonly startedAtMs: number
  httpStatus: number | null
  /** How the request was changed for this endpoint, in words. */
  amendments: readonly string[]
  /** What the provider said of its limits. */
  limitHeaders: Readonly<Record<string, string>>
  timeToFirstTokenMs: number | null
  /** Null while it runs. */
  durationMs: number | null
  /** Null = ok. */
  failure: AttemptFailure | null
  /** Null = nothing of an answer was seen. */
  facts: AnswerFacts | null
  /** Its tool calls, when the guard has already checked them. */
  checkedCalls: ToolCall[] | null
  /** The same of its text. */
  checkedOutput: OutputCheck | null
}

/**
 * One request on its way through the gateway, from its reading to its record: the only state it has. It gets its plan
 * once and its attempts one by one, the last of which decided it.
 */
export type Exchange = {
  /** `gen-…`. */
  readonly id: string
  readonly startedAtMs: number
  readonly request: GatewayRequest
  /** Null = it belongs to none that could be told. */
  readonly conversation: Conversation | null
  readonly caller: CallerHeaders
  readonly configuration: Configuration
  readonly budget: AttemptBudget
  readonly passedHeaders: Readonly<Record<string, string>>
  readonly wantsMetadata: boolean
  readonly clientSignal: AbortSignal
  readonly plan: Plan
  /** The attempts that are over, in order. */
  readonly attempts: GatewayAttempt[]
  /** Called once when everything is over, if an endpoint was called at all. */
  readonly onFinished: (exchange: FinishedExchange) => void
}

/** One that called an endpoint, with all that a record says of it. */
export type FinishedExchange = Pick<Exchange, 'id' | 'startedAtMs' | 'request' | 'caller' | 'plan'> & {
  readonly attempts: readonly [GatewayAttempt, ...GatewayAttempt[]]
}

/** Says that everything is over, if an endpoint was called at all. */
export function finishExchange(exchange: Exchange): void {
  const [first, ...rest] = exchange.attempts
  if (!first) return
  const { id, startedAtMs, request, caller, plan, onFinished } = exchange
  onFinished({ id, startedAtMs, request, caller, plan, attempts: [first, ...rest] })
}

/** How the answer of an endpoint introduces itself, and what its writing may need of the request; null = of none. */
export function writerOptionsOf(
  { id, startedAtMs, request }: Exchange,
  candidate: EndpointCandidate | null,
): WriterOptions {
  return {
    identity: {
      id,
      model: candidate?.model ?? request.requestedModel,
      providerName: candidate?.providerName ?? '',
      createdSeconds: Math.floor(startedAtMs / 1000),
    },
    promptTokens: request.promptTokens,
    request: request.body,
  }
}

/** The shape an endpoint is asked in. */
export function upstreamShapeOf(
  { configuration, request }: Exchange,
  { endpointId }: EndpointCandidate,
): ApiShape {
  return configuration.connections.get(endpointId)?.apiShape ?? request.shape
}

/** What the gateway says at the end of an answer: what it cost and, when the client asked, how it came about. */
export function endOfAnswer(exchange: Exchange, attempt: GatewayAttempt): AnswerEnd {
  const earlier = exchange.attempts.filter((one) => one !== attempt)
  const { costMicroUsd } = costOfRequest([...earlier, attempt], exchange.startedAtMs)
  return {
    costUsd: costMicroUsd === null ? null : microUsdToUsd(costMicroUsd),
    metadata: metadataOf(exchange, attempt.candidate.provider),
  }
}

/** The router's metadata; null unless the client asked for it. `selected` is null when nobody answered. */
export function metadataOf(exchange: Exchange, selected: string | null): JsonObject | null {
  if (!exchange.wantsMetadata) return null
  const { request, plan, attempts } = exchange
  return routerMetadata({
    requestedModel: request.requestedModel,
    preset: request.preset,
    plan,
    attempts: attempts.map(({ candidate, httpStatus, failure, amendments }) => ({
      provider: candidate.provider,
      model: candidate.model,
      status: httpStatus,
      errorClass: failure?.errorClass ?? null,
      amendments,
    })),
    selected,
  })
}
