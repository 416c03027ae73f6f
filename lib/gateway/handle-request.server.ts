import { randomUUID } from 'node:crypto'
import { AppError } from '../platform/errors'
import type { JsonObject } from '../platform/json-value'
import { parseWire } from '../platform/wire-json'
import type { ApiShape } from '../records/vocabulary'
import type { GatewayProblem } from '../shapes/problem'
import { shapeNamed } from '../shapes/registry'
import { admitRequest } from './admit-request.server'
import { readCallerHeaders } from './caller-headers'
import { conversationOf, sessionOf } from './conversation'
import { noteServed } from './conversations.server'
import { earlyStream, servedSoon } from './early-stream.server'
import { type AttemptBudget, type Exchange, writerOptionsOf } from './exchange'
import { answerHeaders, jsonResponse, problemResponse } from './gateway-response'
import { generationId } from './generation-id'
import { inShape } from './in-shape.server'
import { planRequest } from './plan-request.server'
import { currentConfiguration } from './read-configuration.server'
import { readGatewayRequest } from './read-request'
import type { RequestLog } from './request-log.server'
import { serveRequest } from './serve-request.server'

/** Of the trace that a request belongs to. */
const TRACE_HEADERS = ['traceparent', 'tracestate'] as const

export type RequestContext = {
  shape: ApiShape
  budget: AttemptBudget
  requestLog: RequestLog
  /** The body with what the address says beside it; left out where the body says everything. */
  bodyOf?: (body: unknown) => unknown
}

/**
 * A request to one of the shapes' paths: who asks, what, and what the gateway makes of it.
 * Every error is answered in the shape of the endpoint.
 */
export function handleRequest(request: Request, context: RequestContext): Promise<Response> {
  return inShape(context.shape, () => handle(request, context))
}

async function handle(request: Request, context: RequestContext): Promise<Response> {
  const { shape, budget, requestLog, bodyOf } = context
  const startedAtMs = Date.now()
  const { headers } = request
  const { key, bytes } = await admitRequest(request)
  const said = parseWire(bytes.toString('utf8'))
  if (said === undefined) throw new AppError('bad_request', 'The body is not JSON.')
  const body = bodyOf ? bodyOf(said) : said
  const configuration = await currentConfiguration()
  const presetOf = (slug: string) => configuration.presets.get(slug)
  const isModel = (name: string) => configuration.endpointsByModel.has(name)
  const read = readGatewayRequest({ shape, body, presetOf, isModel })
  if (!read.ok) return problemResponse(shape, read.problem)
  const id = generationId(startedAtMs, randomUUID())
  const caller = readCallerHeaders((name) => headers.get(name))
  const conversation = conversationOf({
    owner: String(key.id),
    named: sessionOf(read.request, caller),
    system: read.request.facts.system,
    messages: read.request.facts.messages,
  })
  const exchange: Exchange = {
    id,
    startedAtMs,
    request: read.request,
    conversation,
    caller,
    configuration,
    budget,
    passedHeaders: passedHeaders(shape, headers),
    wantsMetadata: headers.get('x-openrouter-metadata')?.toLowerCase() === 'enabled',
    clientSignal: request.signal,
    plan: planRequest({ id, startedAtMs, request: read.request, conversation, configuration }),
    attempts: [],
    onFinished(finished) {
      const last = finished.attempts.at(-1)
      if (last && last.failure === null) noteServed(conversation, last, Date.now())
      requestLog.add(finished, key.id)
    },
  }
  const added = answerHeaders(exchange)
  const { heartbeat, createWriter, streamType } = shapeNamed(shape)
  const type = streamType?.(read.request.body) ?? EVENT_STREAM
  const serving = serveRequest(exchange)
  const served = read.request.isStream && heartbeat !== null ? await servedSoon(serving) : await serving
  if (served === null) {
    const writer = createWriter(writerOptionsOf(exchange, null))
    const fail = (problem: GatewayProblem, metadata: JsonObject | null) =>
      writer.fail(problem, { costUsd: null, metadata })
    return streamResponse(earlyStream({ serving, heartbeat, fail }), { type, headers: added })
  }
  switch (served.kind) {
    case 'answer':
      return jsonResponse(served.body, { headers: { ...served.attempt.limitHeaders, ...added } })
    case 'stream':
      return streamResponse(served.body, { type, headers: { ...served.attempt.limitHeaders, ...added } })
    case 'problem':
      return problemResponse(shape, served.problem, { headers: added, metadata: served.metadata })
  }
}

const EVENT_STREAM = 'text/event-stream; charset=utf-8'

function streamResponse(
  body: ReadableStream<Uint8Array>,
  { type, headers }: { type: string; headers: Record<string, string> },
): Response {
  return new Response(body, {
    headers: {
      ...headers,
      'content-type': type,
      'cache-control': 'no-cache',
      // A proxy that gathers a stream before it passes it on would take its point away.
      'x-accel-buffering': 'no',
    },
  })
}

function passedHeaders(shape: ApiShape, headers: Headers): Record<string, string> {
  const passed: Record<string, string> = {}
  for (const name of [...shapeNamed(shape).passedHeaders, ...TRACE_HEADERS]) {
    const value = headers.get(name)
    if (value !== null) passed[name] = value
  }
  return passed
}
