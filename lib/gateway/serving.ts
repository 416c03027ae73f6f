import type { JsonObject } from '../platform/json-value'
import { microUsdToUsd } from '../records/cost'
import type { ApiShape } from '../records/vocabulary'
import type { EndpointCandidate } from './candidate'
import type { Configuration } from './configuration'
import type { Plan } from './plan-schema'
import type { FailedAttempt } from './problem'
import type { GatewayRequest } from './read-request'
import { routerMetadata } from './router-metadata'
import type { AnswerEnd, AnswerIdentity } from './stream-writer'
import { costOf, type FinishedRequest, type GatewayAttempt } from './to-record'
import type { TryBudget, TryFailure } from './upstream-try'

/** One request on its way through the gateway. */
export type Serving = {
  /** `gen-…`. */
  id: string
  startedAtMs: number
  request: GatewayRequest
  configuration: Configuration
  budget: TryBudget
  passedHeaders: Readonly<Record<string, string>>
  wantsMetadata: boolean
  clientSignal: AbortSignal
  /** Called once when everything is over, if an endpoint was called at all. */
  onFinished: (finished: Pick<FinishedRequest, 'plan' | 'attempts'>) => void
}

/** How far it has come. */
export type Progress = {
  serving: Serving
  plan: Plan
  /** The tries that are over, in order. */
  attempts: GatewayAttempt[]
}

/** Says that everything is over, if an endpoint was called at all. */
export function finishRequest({ serving, plan, attempts }: Progress): void {
  const [first, ...rest] = attempts
  if (first) serving.onFinished({ plan, attempts: [first, ...rest] })
}

/** What the gateway says at the end of an answer: what it cost and, when the client asked, how it came about. */
export function endOfAnswer({ attempt, ...progress }: Progress & { attempt: GatewayAttempt }): AnswerEnd {
  const cost = costOf(attempt, progress.serving.startedAtMs)
  return {
    costUsd: cost === null ? null : microUsdToUsd(cost.microUsd),
    metadata: metadataOf(progress, attempt.candidate.provider),
  }
}

/** The router's metadata; null unless the client asked for it. `selected` is null when nobody answered. */
export function metadataOf(
  { serving, plan, attempts }: Progress,
  selected: string | null,
): JsonObject | null {
  if (!serving.wantsMetadata) return null
  return routerMetadata({
    requestedModel: serving.request.requestedModel,
    preset: serving.request.preset,
    plan,
    attempts: attempts.map(({ candidate, measures, errorClass }) => ({
      provider: candidate.provider,
      model: candidate.model,
      status: measures.httpStatus,
      errorClass,
    })),
    selected,
  })
}

/** The shape an endpoint speaks. */
export function shapeOf({ configuration, request }: Serving, { endpointId }: EndpointCandidate): ApiShape {
  return configuration.connections.get(endpointId)?.apiShape ?? request.shape
}

/** How the answer of an endpoint introduces itself. */
export function identityOf(
  { id, startedAtMs }: Serving,
  { model, providerName }: EndpointCandidate,
): AnswerIdentity {
  return { id, model, providerName, createdSeconds: Math.floor(startedAtMs / 1000) }
}

/** A failure at an endpoint, as the client may be told of it. */
export function toFailedAttempt(
  { provider, providerName }: EndpointCandidate,
  httpStatus: number | null,
  { errorClass, message, retryAfterMs = null }: TryFailure,
): FailedAttempt {
  return { provider, providerName, errorClass, httpStatus, message, retryAfterMs }
}
