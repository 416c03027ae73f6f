import type { BenchServer } from '../../bench/bench-server'
import { PROVIDER_KEY, SHAPES, type Shape } from './providers/start-providers'

/** What the gateway calls each shape, and the base URL that an SDK of that shape is given. */
const CONNECTIONS: Record<Shape, { apiShape: string; path: string }> = {
  chat: { apiShape: 'openai-chat', path: '/chat/v1' },
  messages: { apiShape: 'anthropic-messages', path: '/messages' },
  responses: { apiShape: 'openai-responses', path: '/responses/v1' },
  gemini: { apiShape: 'gemini', path: '/gemini' },
}

/** The model that only the provider of this shape has. */
export const modelOf = (shape: Shape) => `acme/atlas-${shape}`

/** Connects the four scripted providers to a fresh gateway; resolves with the refusals, by shape. */
export async function connectProviders(
  server: BenchServer,
  providersUrl: string,
): Promise<Map<Shape, string>> {
  const refused = new Map<Shape, string>()
  for (const shape of SHAPES) {
    const { apiShape, path } = CONNECTIONS[shape]
    const words = await connect(server, shape, apiShape, providersUrl + path)
    if (words) refused.set(shape, `the gateway does not connect it: ${words}`)
  }
  return refused
}

async function connect(
  server: BenchServer,
  shape: Shape,
  apiShape: string,
  baseUrl: string,
): Promise<string | null> {
  const put = async (path: string, body: object) => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await answer.text()
    return answer.ok ? null : `PUT ${path} → ${answer.status} ${text.slice(0, 300)}`
  }
  const provider = { name: shape, baseUrl, apiShape, apiKey: PROVIDER_KEY, allowPrivateNetwork: true }
  const endpoint = {
    model: modelOf(shape),
    provider: shape,
    promptUsdPerMTok: 1,
    completionUsdPerMTok: 2,
    contextLength: 128_000,
    supportsTools: true,
  }
  return (await put(`/providers/${shape}`, provider)) ?? put('/endpoints', endpoint)
}
