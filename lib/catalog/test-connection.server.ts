import { Agent, request as send } from 'undici'
import type { Provider as ProviderRow } from '@/prisma/generated/client'
import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import { toApiShape } from '../records/vocabulary'
import { type CallResult, judgeConnection, type TestCall } from './connection-outcome'
import { guardedConnector } from './guarded-lookup.server'
import { defaultUpstreamModel } from './present-endpoint.server'
import { isPrivateNetworkAllowed } from './private-network.server'
import type { TestConnectionAnswer, TestConnectionBody } from './schema'
import { openSecret } from './sealed-secret.server'
import { completionUrl, keyHeaders, modelListUrl } from './upstream-url'

const TIMEOUT_MS = 15_000
const MAX_ANSWER_BYTES = 4 * 1024 * 1024
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
  const key = await openKey(provider)
  if (key instanceof Error) {
    return {
      ok: false,
      upstreamModel,
      httpStatus: null,
      latencyMs: null,
      message: key.message,
      listedModels: [],
    }
  }
  const call: TestCall = {
    apiShape,
    baseUrl: provider.baseUrl,
    upstreamModel,
    hasApiKey: key !== null,
  }
  const startedAt = performance.now()
  const options = { call, apiKey: key, allowPrivate: provider.allowPrivateNetwork }
  const first = await makeCall({ ...options, limitName: 'max_tokens' })
  const result = wantsOtherLimit(first)
    ? await makeCall({ ...options, limitName: 'max_completion_tokens' })
    : first
  const latencyMs = Math.round(performance.now() - startedAt)
  return {
    ...withoutKey(judgeConnection(call, result), key),
    upstreamModel,
    httpStatus: result.kind === 'answer' ? result.httpStatus : null,
    latencyMs: result.kind === 'answer' ? latencyMs : null,
  }
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

/** The key in clear, null when there is none, or the Error that says why it does not open. */
async function openKey({ slug, sealedSecret }: ProviderRow): Promise<string | null | Error> {
  if (sealedSecret === null) return null
  return openSecret({ providerSlug: slug, sealed: sealedSecret }).catch((error: unknown) =>
    error instanceof Error ? error : new Error('The stored key cannot be opened.'),
  )
}

/** A provider may quote the key it refuses; we never do. */
function withoutKey<T extends { message: string }>(outcome: T, apiKey: string | null): T {
  return apiKey === null ? outcome : { ...outcome, message: outcome.message.replaceAll(apiKey, '…') }
}

/** OpenAI's reasoning models refuse the name every other one understands. */
type LimitName = 'max_tokens' | 'max_completion_tokens'

function wantsOtherLimit(result: CallResult): boolean {
  return (
    result.kind === 'answer' && result.httpStatus === 400 && result.body.includes('max_completion_tokens')
  )
}

async function makeCall({
  call,
  apiKey,
  allowPrivate,
  limitName,
}: {
  call: TestCall
  apiKey: string | null
  allowPrivate: boolean
  limitName: LimitName
}): Promise<CallResult> {
  const agent = new Agent({
    connect: guardedConnector({
      allowPrivate: allowPrivate && isPrivateNetworkAllowed(),
      connectTimeoutMs: TIMEOUT_MS,
    }),
    maxResponseSize: MAX_ANSWER_BYTES,
  })
  try {
    const { url, method, body } = requestFor(call, limitName)
    const response = await send(url, {
      method,
      dispatcher: agent,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        accept: 'application/json',
        ...(body === null ? {} : { 'content-type': 'application/json' }),
        ...keyHeaders({ apiShape: call.apiShape, apiKey }),
      },
      body,
    })
    const contentType = response.headers['content-type']
    return {
      kind: 'answer',
      httpStatus: response.statusCode,
      contentType: typeof contentType === 'string' ? contentType : '',
      body: await response.body.text(),
    }
  } catch (error) {
    return failureOf(error)
  } finally {
    await agent.destroy()
  }
}

function requestFor(
  call: TestCall,
  limitName: LimitName,
): { url: string; method: 'GET' | 'POST'; body: string | null } {
  if (call.upstreamModel === null) return { url: modelListUrl(call), method: 'GET', body: null }
  const smallest = {
    model: call.upstreamModel,
    [limitName]: MAX_TOKENS,
    messages: [{ role: 'user', content: 'Reply with OK.' }],
  }
  return { url: completionUrl(call), method: 'POST', body: JSON.stringify(smallest) }
}

function failureOf(error: unknown): CallResult {
  if (!(error instanceof Error)) return { kind: 'failure', code: '', message: 'unknown' }
  const cause = 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : error
  const source = cause instanceof Error ? cause : error
  const code = 'code' in source && typeof source.code === 'string' ? source.code : source.name
  return { kind: 'failure', code, message: source.message }
}
