import { randomUUID } from 'node:crypto'
import { AppError } from '../platform/errors'
import { parseJson } from '../platform/parse-json'
import { parseWire, stringifyWire } from '../platform/wire-json'
import { shapeNamed } from '../shapes/registry'
import { admitRequest } from './admit-request.server'
import { fetchUpstream, isErrorStatus } from './call-upstream.server'
import type { EndpointCandidate } from './candidate'
import type { Configuration } from './configuration'
import { jsonResponse, problemResponse } from './gateway-response'
import { generationId } from './generation-id'
import type { RequestContext } from './handle-request.server'
import { inShape } from './in-shape.server'
import { planRequest } from './plan-request.server'
import { problemOfEmptyPlan } from './problem'
import { currentConfiguration } from './read-configuration.server'
import { type GatewayRequest, readGatewayRequest } from './read-request'
import { beginAttempt } from './running-attempt.server'
import { upstreamRequest } from './upstream-body'

/** Clients count before each turn; a provider that takes longer is not worth the wait. */
const COUNT_TIMEOUT_MS = 10_000
/** Which it was: the provider's own count, or an estimate. */
const SOURCE_HEADER = 'x-sightglass-token-count'

/**
 * How many tokens a prompt has, in the words of the client's shape: asked of the endpoint that would serve it, where its
 * shape can count, else estimated; a header says which. Nothing is recorded, since nothing is used.
 */
export function handleTokenCount(request: Request, context: RequestContext): Promise<Response> {
  return inShape(context.shape, () => handle(request, context))
}

async function handle(request: Request, { shape, bodyOf }: RequestContext): Promise<Response> {
  const { tokenCount } = shapeNamed(shape)
  if (!tokenCount) throw new AppError('not_found', 'This API has no counting of tokens.')
  const startedAtMs = Date.now()
  const { bytes } = await admitRequest(request)
  const said = parseWire(bytes.toString('utf8'))
  if (said === undefined) throw new AppError('bad_request', 'The body is not JSON.')
  const configuration = await currentConfiguration()
  const read = readGatewayRequest({
    shape,
    body: tokenCount.requestOf(bodyOf ? bodyOf(said) : said),
    presetOf: (slug) => configuration.presets.get(slug),
    isModel: (name) => configuration.endpointsByModel.has(name),
  })
  if (!read.ok) return problemResponse(shape, read.problem)
  const asked = read.request
  const id = generationId(startedAtMs, randomUUID())
  const plan = planRequest({ id, startedAtMs, request: asked, conversation: null, configuration })
  const [first] = plan.steps
  if (!first) {
    const models = asked.models.map(({ model }) => model)
    return problemResponse(shape, problemOfEmptyPlan({ models, excluded: plan.excluded, waitMs: null }))
  }
  const candidate = configuration.endpointsByModel
    .get(first.model)
    ?.find(({ endpointId }) => endpointId === first.endpointId)
  const counted = candidate
    ? await askProvider(asked, { candidate, configuration, signal: request.signal })
    : null
  return jsonResponse(tokenCount.writeAnswer(counted ?? asked.promptTokens), {
    headers: { [SOURCE_HEADER]: counted === null ? 'estimate' : 'provider' },
  })
}

/** What the provider counts; null when its shape cannot, or it did not. */
async function askProvider(
  asked: GatewayRequest,
  {
    candidate,
    configuration,
    signal,
  }: { candidate: EndpointCandidate; configuration: Configuration; signal: AbortSignal },
): Promise<number | null> {
  const connection = configuration.connections.get(candidate.endpointId)
  const counting = connection && shapeNamed(connection.apiShape).tokenCount
  if (!connection || !counting) return null
  const { baseUrl, upstreamModel } = connection
  const { url, body } = counting.callOf(upstreamRequest(asked, connection).body, { baseUrl, upstreamModel })
  const running = beginAttempt(candidate, signal)
  running.limit(COUNT_TIMEOUT_MS, `no count within ${COUNT_TIMEOUT_MS} ms`)
  try {
    const call = {
      connection,
      address: connection.addressOf(url),
      body: stringifyWire(body),
      contentType: 'application/json',
      passedHeaders: {},
      running,
    }
    const { status, text } = await fetchUpstream(call, () => undefined)
    return isErrorStatus(status) ? null : counting.readAnswer(parseJson(text))
  } catch {
    // An estimate serves as well as any answer that a provider in trouble would give.
    return null
  } finally {
    running.end()
  }
}
