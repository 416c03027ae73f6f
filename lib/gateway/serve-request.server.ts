import type { JsonObject } from '../platform/json-value'
import { checkToolCalls } from '../records/check-tool-calls'
import type { ToolCall } from '../records/request-record'
import type { ErrorClass } from '../records/vocabulary'
import type { GatewayProblem } from '../shapes/problem'
import type { EndpointCandidate } from './candidate'
import { deliverStream } from './deliver-stream.server'
import { GATEWAY_LIMITS } from './limits'
import { liveHealth, noteEndpointCall } from './live-health.server'
import { plan as makePlan } from './plan'
import type { PlanStep } from './plan-schema'
import { type FailedAttempt, problemOfAttempts, problemOfEmptyPlan } from './problem'
import {
  endOfAnswer,
  finishRequest,
  identityOf,
  metadataOf,
  type Progress,
  type Serving,
  shapeOf,
  toFailedAttempt,
} from './serving'
import { type GatewayAttempt, offeredTools } from './to-record'
import { tryEndpoint } from './try-endpoint.server'
import { upstreamText } from './upstream-body'
import { wholeAnswer } from './whole-answer'

/** What the client gets. A stream's bytes go on after this was returned. */
export type Served =
  | { kind: 'answer'; body: JsonObject }
  | { kind: 'stream'; body: ReadableStream<Uint8Array> }
  | { kind: 'problem'; problem: GatewayProblem; metadata: JsonObject | null }

/** After these nothing else is tried: the request itself was refused, or nobody waits for it any more. */
const NO_FAILOVER: ReadonlySet<ErrorClass> = new Set(['invalid_request', 'content_policy', 'cancelled'])

/**
 * Plans, then tries endpoint after endpoint until one answers, and hands its answer on. Another endpoint is tried only
 * before the client has seen anything, never after a refusal of the request itself, and only within the budgets of
 * attempts and time. Source of the rules: design.md §6.
 */
export async function serveRequest(serving: Serving): Promise<Served> {
  const { request, configuration, startedAtMs } = serving
  const plan = makePlan({
    models: request.models,
    preferences: request.preferences,
    needs: request.needs,
    endpoints: request.models.flatMap((model) => configuration.endpointsByModel.get(model) ?? []),
    healthOf: liveHealth(startedAtMs),
    nowMs: startedAtMs,
    seed: seedOf(serving.id),
    maxAttempts: GATEWAY_LIMITS.maxAttempts,
  })
  const progress: Progress = { serving, plan, attempts: [] }
  const failures: FailedAttempt[] = []
  for (const step of plan.steps) {
    if (isOver(serving, failures)) break
    const candidate = callableCandidate(step, serving)
    const served = candidate && (await tryCandidate(progress, candidate, failures))
    if (served) return served
  }
  finishRequest(progress)
  const problem = failures.length > 0 ? problemOfAttempts(failures) : nothingToTry(progress)
  return { kind: 'problem', problem, metadata: metadataOf(progress, null) }
}

/** What the client gets from this endpoint; null when it failed, which is noted. */
async function tryCandidate(
  progress: Progress,
  candidate: EndpointCandidate,
  failures: FailedAttempt[],
): Promise<Served | null> {
  const { tried, checkedCalls } = await callCandidate(progress.serving, candidate)
  if (tried.kind === 'stream')
    return { kind: 'stream', body: deliverStream({ ...progress, candidate, stream: tried }) }
  const failure = tried.kind === 'failed' ? tried.failure : null
  const errorClass = failure?.errorClass ?? null
  const { measures, facts } = tried
  const attempt: GatewayAttempt = { candidate, measures, errorClass, facts, checkedCalls }
  progress.attempts.push(attempt)
  const retryAfterMs = failure?.retryAfterMs ?? null
  noteEndpointCall(candidate.endpointId, { errorClass, retryAfterMs, nowMs: Date.now() })
  if (tried.kind === 'failed') {
    failures.push(toFailedAttempt(candidate, measures.httpStatus, tried.failure))
    return null
  }
  finishRequest(progress)
  return { kind: 'answer', body: answerBody(progress, attempt, tried.answer) }
}

/** How a call to this endpoint went, and its tool calls as the guard judged them; null when it judged none. */
async function callCandidate(
  { request, configuration, ...serving }: Serving,
  { endpointId }: EndpointCandidate,
): Promise<{ tried: Awaited<ReturnType<typeof tryEndpoint>>; checkedCalls: ToolCall[] | null }> {
  const connection = configuration.connections.get(endpointId)
  if (!connection) throw new TypeError(`endpoint ${endpointId} has no connection`)
  let checkedCalls: ToolCall[] | null = null
  const tried = await tryEndpoint({
    connection,
    body: upstreamText(request, connection),
    isStream: request.isStream,
    passedHeaders: connection.apiShape === request.shape ? serving.passedHeaders : {},
    budget: serving.budget,
    clientSignal: serving.clientSignal,
    objectionTo(facts) {
      if (!request.isGuarded) return null
      checkedCalls = checkToolCalls(facts.toolCalls, offeredTools(request.body))
      return objectionToCalls(checkedCalls)
    },
    holdsToolCalls: request.isGuarded,
  })
  return { tried, checkedCalls }
}

function answerBody(progress: Progress, attempt: GatewayAttempt, answer: unknown): JsonObject {
  const { serving } = progress
  return wholeAnswer({
    answer,
    clientShape: serving.request.shape,
    upstreamShape: shapeOf(serving, attempt.candidate),
    identity: identityOf(serving, attempt.candidate),
    end: endOfAnswer({ ...progress, attempt }),
  })
}

function isOver({ startedAtMs, clientSignal }: Serving, failures: readonly FailedAttempt[]): boolean {
  const last = failures.at(-1)
  if (last === undefined) return false
  const isLate = Date.now() - startedAtMs >= GATEWAY_LIMITS.totalMs
  return NO_FAILOVER.has(last.errorClass) || isLate || clientSignal.aborted
}

/** The endpoint of a step; undefined when it has asked us to wait since the plan was made, or was disconnected. */
function callableCandidate(
  { model, endpointId }: PlanStep,
  { configuration }: Serving,
): EndpointCandidate | undefined {
  if (!configuration.connections.has(endpointId)) return undefined
  if (liveHealth(Date.now())(endpointId).blockedBy === 'retry_after') return undefined
  return configuration.endpointsByModel.get(model)?.find((candidate) => candidate.endpointId === endpointId)
}

function objectionToCalls(calls: readonly ToolCall[]): string | null {
  const bad = calls.find(({ verdict }) => verdict !== 'valid' && verdict !== 'unknown')
  return bad ? `called the tool ${bad.name} badly: ${bad.detail ?? bad.verdict}` : null
}

/** No endpoint was planned, or each one asked us to wait before its turn came. */
function nothingToTry({ serving, plan }: Progress): GatewayProblem {
  const nowMs = Date.now()
  const healthOf = liveHealth(nowMs)
  const waiting = plan.excluded.filter(({ reasons }) => reasons.at(-1)?.rule === 'retry_after')
  const waits = [...plan.steps, ...waiting].flatMap(({ endpointId }) => {
    const { blockedBy, blockedUntilMs } = healthOf(endpointId)
    return blockedBy === 'retry_after' && blockedUntilMs !== null ? blockedUntilMs - nowMs : []
  })
  return problemOfEmptyPlan({
    models: serving.request.models,
    excluded: plan.excluded,
    waitMs: waits.length > 0 ? Math.min(...waits) : null,
  })
}

/** A number from the id's random part: the same generation always draws the same. */
function seedOf(id: string): number {
  let seed = 0
  for (let index = 0; index < id.length; index++) seed = (Math.imul(seed, 31) + id.charCodeAt(index)) | 0
  return seed >>> 0
}
