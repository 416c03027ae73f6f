import { type APIRequestContext, expect } from '@playwright/test'
import { ownModel } from './own-model'
import { BEARER, SERVER } from './server-under-test'
import { connect, ownName, type SimulatedUpstream } from './simulated-upstream'

export const PATHS = { openai: '/api/v1/chat/completions', anthropic: '/api/v1/messages' } as const
export type Shape = keyof typeof PATHS
export const SHAPES = ['openai', 'anthropic'] as const
export const messages = [{ role: 'user', content: 'Will it rain in Tarn this week?' }]

export type Sent = { status: number; headers: Headers; text: string; milliseconds: number }

/** Posts a body as it is; a plain client, so that nothing is repaired or retried on the way. */
export async function post(
  shape: Shape,
  body: string | Uint8Array<ArrayBuffer> | object,
  { headers = BEARER, signal }: { headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Sent> {
  const startedAt = performance.now()
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  const response = await fetch(SERVER.url + PATHS[shape], {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: isRaw ? body : JSON.stringify(body),
    signal,
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    milliseconds: performance.now() - startedAt,
  }
}

/** A request that both shapes take. */
export const ask = (model: string, extra: object = {}) => ({ model, max_tokens: 1000, messages, ...extra })

/** A provider with this behaviour, the only one of a new model; without a name, a provider of its own. */
export async function onlyProvider(
  request: APIRequestContext,
  {
    upstream,
    profile = {},
    apiShape = 'openai',
    provider = ownName('only'),
  }: { upstream: SimulatedUpstream; profile?: object; apiShape?: Shape; provider?: string },
): Promise<{ provider: string; model: string }> {
  const made = { provider, model: ownModel() }
  await upstream.behave(provider, profile)
  await connect(request, { ...made, upstreamUrl: upstream.url, apiShape })
  return made
}

/** The error in the shape of the endpoint, as its clients read it. */
export function errorOf(
  shape: Shape,
  { text }: Sent,
): { message: string; type: string; metadata: Record<string, unknown> } {
  const body = JSON.parse(text)
  if (shape === 'anthropic') expect(body.type).toBe('error')
  const { message, metadata } = body.error
  expect(typeof message).toBe('string')
  return { message, type: shape === 'openai' ? metadata.error_type : body.error.type, metadata }
}
