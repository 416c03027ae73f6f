import { randomUUID } from 'node:crypto'
import { requireKey } from '../access/authenticate-key.server'
import { AppError, ERROR_STATUS, explainError } from '../platform/errors'
import type { JsonObject } from '../platform/json-value'
import { log } from '../platform/log.server'
import { parseJson } from '../platform/parse-json'
import { readRequestBody } from '../platform/read-request-body.server'
import type { ApiShape } from '../records/vocabulary'
import type { GatewayProblem } from '../shapes/problem'
import { readCallerHeaders } from './caller-headers'
import { generationId } from './generation-id'
import { consumeKeyLimit } from './key-limits.server'
import { chatErrorBody, messagesErrorBody, problemOfError } from './problem'
import { currentConfiguration } from './read-configuration.server'
import { readGatewayRequest } from './read-request'
import type { RequestLog } from './request-log.server'
import { serveRequest } from './serve-request.server'
import type { Serving } from './serving'
import type { TryBudget } from './upstream-try'

/** Headers that an upstream of the client's own shape may want. */
const PASSED_HEADERS = [
  'anthropic-version',
  'anthropic-beta',
  'openai-beta',
  'traceparent',
  'tracestate',
] as const

export type CompletionContext = { shape: ApiShape; budget: TryBudget; requestLog: RequestLog }

/**
 * `POST /api/v1/chat/completions` and `POST /api/v1/messages`: who asks, what, and what the gateway makes of it.
 * Every error is answered in the shape of the endpoint.
 */
export async function handleCompletion(request: Request, context: CompletionContext): Promise<Response> {
  const { shape } = context
  try {
    return await complete(request, context)
  } catch (thrown) {
    const error = explainError(thrown)
    if (!(error instanceof AppError)) log.error({ err: error }, 'unexpected error in the gateway')
    const known = error instanceof AppError ? error : new AppError('internal', UNEXPECTED)
    return problemResponse(shape, problemOfError(known, ERROR_STATUS[known.code]))
  }
}

const UNEXPECTED = 'Something went wrong in the gateway. The server log says what.'

async function complete(
  request: Request,
  { shape, budget, requestLog }: CompletionContext,
): Promise<Response> {
  const startedAtMs = Date.now()
  const { headers } = request
  const key = await requireKey(headers, 'gateway')
  const waitSeconds = await consumeKeyLimit({ keyId: key.id, requestsPerMinute: key.requestsPerMinute })
  if (waitSeconds !== null) {
    throw new AppError(
      'rate_limited',
      `The API key "${key.name}" may send ${key.requestsPerMinute} requests a minute.`,
      {
        retryAfterSeconds: waitSeconds,
      },
    )
  }
  const bytes = await readRequestBody(request)
  const body = parseJson(bytes.toString('utf8'))
  if (body === undefined) throw new AppError('bad_request', 'The body is not JSON.')
  const configuration = await currentConfiguration()
  const presetOf = (slug: string) => configuration.presets.get(slug)
  const read = readGatewayRequest({ shape, body, textLength: bytes.byteLength, presetOf })
  if (!read.ok) return problemResponse(shape, read.problem)
  const id = generationId(startedAtMs, randomUUID())
  const caller = readCallerHeaders((name) => headers.get(name))
  const serving: Serving = {
    id,
    startedAtMs,
    request: read.request,
    configuration,
    budget,
    passedHeaders: passedHeaders(headers),
    wantsMetadata: headers.get('x-openrouter-metadata')?.toLowerCase() === 'enabled',
    clientSignal: request.signal,
    onFinished(finished) {
      requestLog.add({ id, startedAtMs, request: read.request, caller, ...finished }, key.id)
    },
  }
  const served = await serveRequest(serving)
  const added = answerHeaders(serving)
  switch (served.kind) {
    case 'answer':
      return jsonResponse(served.body, { headers: added })
    case 'stream':
      return new Response(served.body, {
        headers: {
          ...added,
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-cache',
        },
      })
    case 'problem':
      return problemResponse(shape, served.problem, { headers: added, metadata: served.metadata })
  }
}

function passedHeaders(headers: Headers): Record<string, string> {
  const passed: Record<string, string> = {}
  for (const name of PASSED_HEADERS) {
    const value = headers.get(name)
    if (value !== null) passed[name] = value
  }
  return passed
}

function answerHeaders({ id, request }: Serving): Record<string, string> {
  return {
    'x-generation-id': id,
    ...(request.preset ? { 'x-preset-version': String(request.preset.version) } : {}),
  }
}

function problemResponse(
  shape: ApiShape,
  problem: GatewayProblem,
  { headers = {}, metadata = null }: { headers?: Record<string, string>; metadata?: JsonObject | null } = {},
): Response {
  const body = shape === 'openai-chat' ? chatErrorBody(problem) : messagesErrorBody(problem)
  const { retryAfterSeconds } = problem
  return jsonResponse(metadata ? { ...body, openrouter_metadata: metadata } : body, {
    status: problem.status,
    headers: {
      ...headers,
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
  })
}

/** `Response.json` without the Headers object that it makes of them, which costs as much as the answer's JSON. */
function jsonResponse(
  body: unknown,
  { status = 200, headers }: { status?: number; headers: Record<string, string> },
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'content-type': 'application/json' },
  })
}
