import { isObject, type JsonObject } from '../platform/json-value'
import type { GatewayProblem } from '../shapes/problem'
import { shapeNamed } from '../shapes/registry'
import { isErrorStatus } from './call-upstream.server'
import type { EndpointCandidate } from './candidate'
import { candidatesOf } from './candidates-of.server'
import { continuedStream } from './continued-stream.server'
import { deliverStream } from './deliver-stream.server'
import {
  type Exchange,
  endOfAnswer,
  finishExchange,
  type GatewayAttempt,
  metadataOf,
  upstreamShapeOf,
  writerOptionsOf,
} from './exchange'
import { fitRequest } from './fit-request'
import { ANY_TEXT, heldBy, judgeAnswer } from './judge-answer'
import { lessonsOfEndpoint, rememberLessons } from './lessons.server'
import { liveHealth, noteEndpointCall } from './live-health.server'
import { problemOfAttempts, problemOfEmptyPlan } from './problem'
import { type OpenStream, tryEndpoint, type WholeAnswer } from './try-endpoint.server'
import { refusalOfTools } from './upstream-body'

/** What the client gets. A stream's bytes go on after this was returned. */
export type Served =
  | { kind: 'answer'; attempt: GatewayAttempt; body: JsonObject }
  | { kind: 'stream'; attempt: GatewayAttempt; body: ReadableStream<Uint8Array> }
  | { kind: 'problem'; problem: GatewayProblem; metadata: JsonObject | null }

/**
 * Tries endpoint after endpoint of the plan until one answers, and hands its answer on. Another endpoint is tried only
 * before the client has seen anything, no further one of the same model after a refusal of the request itself, and only
 * within the budgets of attempts and time. Source of the rules: design.md §6.
 */
export async function serveRequest(exchange: Exchange): Promise<Served> {
  const candidates = candidatesWithTools(exchange)
  // By hand, since leaving a for-of ends the generator, and a stream that breaks may go on at the next.
  for (let next = candidates.next(); !next.done; next = candidates.next()) {
    const tried = await tryCandidate(exchange, next.value, null)
    if (tried === null) continue
    if (tried.kind === 'answer') {
      finishExchange(exchange)
      return { kind: 'answer', attempt: tried.attempt, body: answerBody(exchange, tried) }
    }
    const stream = continuable(exchange, tried, candidates)
    return { kind: 'stream', attempt: tried.attempt, body: deliverStream(exchange, stream) }
  }
  finishExchange(exchange)
  const problem = exchange.attempts.length > 0 ? problemOfAttempts(exchange.attempts) : nothingToTry(exchange)
  return { kind: 'problem', problem, metadata: metadataOf(exchange, null) }
}

/** Those of the plan's endpoints that have the tool which the request demands. */
function* candidatesWithTools(exchange: Exchange): Generator<EndpointCandidate, void> {
  for (const candidate of candidatesOf(exchange)) {
    if (refusalAt(exchange, candidate.endpointId) === null) yield candidate
  }
}

/** Why an endpoint cannot take the request for the tools it demands, in a sentence; null when it can. */
function refusalAt({ configuration, request }: Exchange, endpointId: number): string | null {
  const connection = configuration.connections.get(endpointId)
  return connection ? refusalOfTools(request, connection) : null
}

/** The stream, going on at the next endpoints when it breaks, where the preset or the request says so. */
function continuable(
  exchange: Exchange,
  stream: OpenStream,
  candidates: Generator<EndpointCandidate, void>,
): OpenStream {
  if (!exchange.request.continuesBrokenStreams) return stream
  return continuedStream(exchange, stream, async (textSoFar) => {
    for (let next = candidates.next(); !next.done; next = candidates.next()) {
      const tried = await tryCandidate(exchange, next.value, textSoFar || null)
      if (tried?.kind === 'stream') return tried
    }
    return null
  })
}

/** What this endpoint gave; null when it failed, which is noted. `textSoFar` = it goes on with another one's answer. */
async function tryCandidate(
  exchange: Exchange,
  candidate: EndpointCandidate,
  textSoFar: string | null,
): Promise<WholeAnswer | OpenStream | null> {
  const tried = await callCandidate(exchange, candidate, textSoFar)
  if (tried.kind === 'stream') return tried
  exchange.attempts.push(tried.attempt)
  const failure = tried.kind === 'failed' ? tried.failure : null
  noteEndpointCall(candidate.endpointId, {
    errorClass: failure?.errorClass ?? null,
    retryAfterMs: failure?.retryAfterMs ?? null,
    nowMs: Date.now(),
  })
  return tried.kind === 'failed' ? null : tried
}

/** How a call to this endpoint went. */
async function callCandidate(
  exchange: Exchange,
  candidate: EndpointCandidate,
  textSoFar: string | null,
): ReturnType<typeof tryEndpoint> {
  const { request, budget, clientSignal } = exchange
  const connection = exchange.configuration.connections.get(candidate.endpointId)
  if (!connection) throw new TypeError(`endpoint ${candidate.endpointId} has no connection`)
  const { guards } = request
  const format = request.facts.responseFormat ?? ANY_TEXT
  const tools = request.facts.offeredTools ?? []
  const nowMs = Date.now()
  const lessons = lessonsOfEndpoint(exchange.configuration, candidate.endpointId, nowMs)
  const fitting = fitRequest(request, connection, { textSoFar, lessons, nowMs })
  const tried = await tryEndpoint({
    candidate,
    connection,
    fitting,
    isStream: request.isStream,
    passedHeaders: connection.apiShape === request.shape ? exchange.passedHeaders : {},
    budget,
    clientSignal,
    judge: (facts) => judgeAnswer(facts, { guards, tools, format }),
    holds: heldBy(guards, format),
    // The rest of an answer alone says nothing of its format.
    keepsText: format.type !== 'text' && textSoFar === null,
  })
  // Whatever came of it, the request was taken as it was mended.
  const { httpStatus } = tried.attempt
  if (httpStatus !== null && !isErrorStatus(httpStatus)) {
    rememberLessons(candidate.endpointId, fitting.lessons)
  }
  return tried
}

function answerBody(exchange: Exchange, { attempt, answer, raw }: WholeAnswer): JsonObject {
  const { candidate } = attempt
  const shape = shapeNamed(exchange.request.shape)
  const options = writerOptionsOf(exchange, candidate)
  const isLike = upstreamShapeOf(exchange, candidate) === exchange.request.shape
  const body = isLike && isObject(raw) ? raw : shape.writeAnswer(answer, options)
  return shape.stampAnswer(body, options.identity, endOfAnswer(exchange, attempt))
}

/** No endpoint was planned, or none has the tool that is demanded, or each asked us to wait before its turn came. */
function nothingToTry(exchange: Exchange): GatewayProblem {
  const { request, plan } = exchange
  for (const { endpointId } of plan.steps) {
    const message = refusalAt(exchange, endpointId)
    if (message === null) continue
    return {
      status: 400,
      type: 'invalid_request',
      message: `${message}, and none that serves ${request.models.map(({ model }) => model).join(', ')} is one.`,
      metadata: { fields: [{ path: 'tool_choice', message }] },
    }
  }
  const nowMs = Date.now()
  const healthOf = liveHealth(nowMs)
  const waiting = plan.excluded.filter(({ reasons }) => reasons.at(-1)?.rule === 'retry_after')
  const waits = [...plan.steps, ...waiting].flatMap(({ endpointId }) => {
    const { blockedBy, blockedUntilMs } = healthOf(endpointId)
    return blockedBy === 'retry_after' && blockedUntilMs !== null ? blockedUntilMs - nowMs : []
  })
  return problemOfEmptyPlan({
    models: request.models.map(({ model }) => model),
    excluded: plan.excluded,
    waitMs: waits.length > 0 ? Math.min(...waits) : null,
  })
}
