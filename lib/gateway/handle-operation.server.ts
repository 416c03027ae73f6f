import { randomUUID } from 'node:crypto'
import { AppError } from '../platform/errors'
import { type JsonObject, textOf } from '../platform/json-value'
import type { MergingShape } from '../presets/merge-preset'
import { admitRequest } from './admit-request.server'
import { readCallerHeaders } from './caller-headers'
import type { EndpointCandidate } from './candidate'
import { candidatesOf } from './candidates-of.server'
import type { Configuration } from './configuration'
import { type AttemptBudget, type AttemptFailure, type Exchange, finishExchange } from './exchange'
import { answerHeaders, problemResponse } from './gateway-response'
import { generationId } from './generation-id'
import { inShape } from './in-shape.server'
import { noteEndpointCall } from './live-health.server'
import { readPassedBody } from './passed-body'
import type { PassedOperation } from './passed-operations'
import { planRequest } from './plan-request.server'
import { problemOfAttempts, problemOfEmptyPlan } from './problem'
import { currentConfiguration } from './read-configuration.server'
import type { GatewayRequest } from './read-request'
import { OWN_FIELDS, readRouting, refuse } from './read-routing'
import type { RequestLog } from './request-log.server'
import { beginAttempt } from './running-attempt.server'
import { steeringFields } from './steering-fields'
import { type OperationAnswer, tryOperation } from './try-operation.server'

export type OperationContext = { operation: PassedOperation; budget: AttemptBudget; requestLog: RequestLog }

/** In which shape errors are told: operations beside chat are OpenAI's. */
const ERROR_SHAPE = 'openai-chat'
/** Of a preset only what routes applies to an operation; its parameters are a chat's. */
const ROUTING_ONLY: MergingShape = {
  writeDefaults: ({ provider }) => (provider === undefined ? {} : { provider }),
  withSystemPrompt: (body) => body,
  nestedFields: [],
}
const CLIENT_LEFT: AttemptFailure = { errorClass: 'cancelled', message: 'the client went away' }

/**
 * An operation beside chat (embeddings, images, speech, …): routed by its model, failed over and recorded like a chat,
 * its body and the answer passed on as they are.
 */
export function handleOperation(request: Request, context: OperationContext): Promise<Response> {
  return inShape(ERROR_SHAPE, () => handle(request, context))
}

async function handle(
  request: Request,
  { operation, budget, requestLog }: OperationContext,
): Promise<Response> {
  const startedAtMs = Date.now()
  const { headers } = request
  const { key, bytes } = await admitRequest(request)
  const contentType = headers.get('content-type') ?? 'application/json'
  const passed = readPassedBody(bytes, contentType, OWN_FIELDS)
  if (!passed)
    throw new AppError('bad_request', 'The body is no JSON object, and no form with a field model.')
  const steering = steeringFields.safeParse(passed.fields)
  if (!steering.success) {
    const { issues } = steering.error
    const fields = issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    return problemResponse(ERROR_SHAPE, refuse(fields).problem)
  }
  const configuration = await currentConfiguration()
  const presetOf = (slug: string) => configuration.presets.get(slug)
  const isModel = (name: string) => configuration.endpointsByModel.has(name)
  const routing = readRouting({ asked: steering.data, presetOf, shape: ROUTING_ONLY, isModel })
  if (!routing.ok) return problemResponse(ERROR_SHAPE, routing.problem)
  const id = generationId(startedAtMs, randomUUID())
  const serving = servingOnly(configuration, operation)
  const asked = requestOf({ operation, routing, fields: passed.fields })
  const exchange: Exchange = {
    id,
    startedAtMs,
    request: asked,
    conversation: null,
    caller: readCallerHeaders((name) => headers.get(name)),
    configuration: serving,
    budget,
    passedHeaders: {},
    wantsMetadata: false,
    clientSignal: request.signal,
    plan: planRequest({ id, startedAtMs, request: asked, conversation: null, configuration: serving }),
    attempts: [],
    onFinished: (finished) => requestLog.add(finished, key.id),
  }
  const answer = await serve(exchange, { operation, contentType, bodyFor: passed.withModel })
  const added = answerHeaders(exchange)
  if (answer) return respond(exchange, answer, added)
  finishExchange(exchange)
  const problem =
    exchange.attempts.length > 0
      ? problemOfAttempts(exchange.attempts)
      : problemOfEmptyPlan({
          models: asked.models.map(({ model }) => model),
          excluded: exchange.plan.excluded,
          waitMs: null,
        })
  return problemResponse(ERROR_SHAPE, problem, { headers: added })
}

/** The configuration with the endpoints alone whose providers have such an operation. */
function servingOnly(configuration: Configuration, { path }: PassedOperation): Configuration {
  const endpointsByModel = new Map<string, readonly EndpointCandidate[]>()
  for (const [model, endpoints] of configuration.endpointsByModel) {
    const serving = endpoints.filter(({ endpointId }) => {
      const connection = configuration.connections.get(endpointId)
      return connection === undefined || connection.operationAt(path) !== null
    })
    endpointsByModel.set(model, serving)
  }
  return { ...configuration, endpointsByModel }
}

function requestOf({
  operation: { operation },
  routing,
  fields,
}: {
  operation: PassedOperation
  routing: Extract<ReturnType<typeof readRouting>, { ok: true }>
  fields: JsonObject
}): GatewayRequest {
  const endUser = textOf(fields.user) || null
  return {
    shape: ERROR_SHAPE,
    operation,
    body: {},
    facts: {
      isStream: fields.stream === true,
      offeredTools: [],
      parameters: [],
      maxTokens: null,
      endUser,
      promptCacheKey: null,
      responseFormat: null,
      hasToolResults: false,
      system: null,
      messages: null,
    },
    requestedModel: routing.requestedModel,
    models: routing.models,
    preset: routing.preset && { slug: routing.preset.slug, version: routing.preset.version },
    preferences: routing.preferences,
    guards: { toolCalls: false, structuredOutput: false },
    continuesBrokenStreams: false,
    isStream: fields.stream === true,
    needs: { hasTools: false, parameters: [], leastPromptTokens: 0, maxTokens: null },
    promptTokens: 0,
    endUser,
    sessionId: textOf(fields.session_id) || null,
    promptCacheKey: null,
  }
}

async function serve(
  exchange: Exchange,
  {
    operation,
    contentType,
    bodyFor,
  }: { operation: PassedOperation; contentType: string; bodyFor: (upstreamModel: string) => Buffer },
): Promise<OperationAnswer | null> {
  const { configuration, budget, clientSignal, attempts } = exchange
  for (const candidate of candidatesOf(exchange)) {
    const { endpointId } = candidate
    const connection = configuration.connections.get(endpointId)
    const address = connection?.operationAt(operation.path)
    if (!connection || !address) continue
    const running = beginAttempt(candidate, clientSignal)
    const body = bodyFor(connection.upstreamModel)
    const call = { connection, address, body, contentType, passedHeaders: {}, running }
    const tried = await tryOperation(call, budget)
    if (tried.kind === 'answer') return tried
    attempts.push(tried.attempt)
    const { errorClass, retryAfterMs = null } = tried.failure
    noteEndpointCall(endpointId, { errorClass, retryAfterMs, nowMs: Date.now() })
  }
  return null
}

function respond(exchange: Exchange, answer: OperationAnswer, added: Record<string, string>): Response {
  const { attempt, contentType, body } = answer
  const headers = { ...attempt.limitHeaders, ...added, 'content-type': contentType }
  const settle = (failure: AttemptFailure | null) => {
    if (exchange.attempts.includes(attempt)) return
    answer.settle(failure)
    exchange.attempts.push(attempt)
    const errorClass = failure?.errorClass ?? null
    noteEndpointCall(attempt.candidate.endpointId, { errorClass, retryAfterMs: null, nowMs: Date.now() })
    finishExchange(exchange)
  }
  if (typeof body === 'string') {
    settle(null)
    return new Response(body, { headers })
  }
  const bytes = body[Symbol.asyncIterator]()
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await bytes.next()
        if (!done) return controller.enqueue(value)
        settle(null)
        controller.close()
      } catch (error) {
        settle({ errorClass: 'mid_stream', message: 'the connection broke off in the answer' })
        controller.error(error)
      }
    },
    cancel() {
      settle(CLIENT_LEFT)
    },
  })
  return new Response(stream, { headers })
}
