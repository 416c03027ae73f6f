import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import type { JsonObject } from '../platform/json-value'
import { type ApiShape, toApiShape } from '../records/vocabulary'
import { shapeNamed } from '../shapes/registry'
import { askProvider } from './ask-provider.server'
import { type CallResult, judgeConnection, type TestCall } from './connection-outcome'
import { openSignIn } from './open-sign-in.server'
import { defaultUpstreamModel } from './present-endpoint.server'
import { isPrivateNetworkAllowed } from './private-network.server'
import type { TestConnectionAnswer, TestConnectionBody } from './schema'
import type { SignIn } from './sign-in'
import { completionUrl, modelListUrl, shapeHeaders } from './upstream-url'

const MAX_TOKENS = 16

/**
 * Makes one real call to a connected provider and says what came back: to the model asked for, else to its first
 * endpoint, else for its list of models. What goes wrong with the call is an answer with `ok` false, not an error.
 * Throws `not_found` when the provider is not connected.
 */
export async function testConnection({
  slug,
  body,
}: {
  slug: string
  body: TestConnectionBody
}): Promise<TestConnectionAnswer> {
  const provider = await db().provider.findUnique({ where: { slug } })
  const apiShape = toApiShape(provider?.apiShape)
  if (!provider?.baseUrl || !apiShape) {
    throw new AppError('not_found', `There is no connected provider ${slug}.`)
  }
  const upstreamModel = await modelToAsk({ providerId: provider.id, model: body.model })
  const signIn = await openSignIn(provider, { apiShape, baseUrl: provider.baseUrl }).catch(reasonOf)
  if (signIn instanceof Error) {
    const { message } = signIn
    return { ok: false, upstreamModel, httpStatus: null, latencyMs: null, message, listedModels: [] }
  }
  const call: TestCall = {
    apiShape,
    baseUrl: provider.baseUrl,
    upstreamModel,
    hasApiKey: provider.sealedSecret !== null,
  }
  const startedAt = performance.now()
  const options = { signIn, allowPrivate: provider.allowPrivateNetwork && isPrivateNetworkAllowed() }
  const first = await ask(call, { ...options, limitName: 'max_tokens' })
  const result = wantsOtherLimit(first)
    ? await ask(call, { ...options, limitName: 'max_completion_tokens' })
    : first
  const latencyMs = Math.round(performance.now() - startedAt)
  return {
    ...judgeConnection(call, result),
    upstreamModel,
    httpStatus: result.kind === 'answer' ? result.httpStatus : null,
    latencyMs: result.kind === 'answer' ? latencyMs : null,
  }
}

function reasonOf(error: unknown): Error {
  return error instanceof Error ? error : new Error('The stored key cannot be opened.')
}

/** The name the provider uses; null when it has no endpoint to ask. */
async function modelToAsk({
  providerId,
  model,
}: {
  providerId: number
  model: string | undefined
}): Promise<string | null> {
  const endpoint = await db().endpoint.findFirst({
    where: {
      providerId,
      ...(model === undefined ? { upstreamModel: { not: null } } : { model: { slug: model } }),
    },
    include: { model: { select: { slug: true } } },
    orderBy: [{ enabled: 'desc' }, { model: { slug: 'asc' } }],
  })
  if (endpoint) return endpoint.upstreamModel ?? defaultUpstreamModel(endpoint.model.slug)
  return model === undefined ? null : defaultUpstreamModel(model)
}

/** OpenAI's reasoning models refuse the name every other one understands. */
type LimitName = 'max_tokens' | 'max_completion_tokens'

function wantsOtherLimit(result: CallResult): boolean {
  return (
    result.kind === 'answer' && result.httpStatus === 400 && result.body.includes('max_completion_tokens')
  )
}

/** A few words in the provider's own shape, read from a chat request, which everybody can read. */
function smallestRequest({
  apiShape,
  upstreamModel,
  limitName,
}: {
  apiShape: ApiShape
  upstreamModel: string
  limitName: LimitName
}): JsonObject {
  const messages = [{ role: 'user', content: 'Reply with OK.' }]
  const request = shapeNamed('openai-chat').readRequest({ messages, max_tokens: MAX_TOKENS })
  const body = shapeNamed(apiShape).writeRequest(request, upstreamModel)
  const { max_tokens: limit, ...rest } = body
  return limit === undefined || limitName === 'max_tokens' ? body : { ...rest, [limitName]: limit }
}

function ask(
  call: TestCall,
  { signIn, allowPrivate, limitName }: { signIn: SignIn; allowPrivate: boolean; limitName: LimitName },
): Promise<CallResult> {
  const { apiShape, upstreamModel } = call
  const shared = { headers: shapeHeaders(apiShape), signIn, allowPrivate }
  if (upstreamModel === null) return askProvider({ url: modelListUrl(call), json: null, ...shared })
  const url = completionUrl({ ...call, upstreamModel, isStream: false })
  return askProvider({ url, json: smallestRequest({ apiShape, upstreamModel, limitName }), ...shared })
}
