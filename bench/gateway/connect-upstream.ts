import { request } from 'undici'
import { MODEL, PRESET } from './exchange'

/** Makes a fresh server serve `@preset/bench` from the upstream, with the tool-call guard on. Throws when it refuses. */
export async function connectUpstream({
  server,
  upstreamUrl,
}: {
  server: { url: string; apiKey: string }
  upstreamUrl: string
}): Promise<void> {
  const send = async (method: 'PUT' | 'POST', path: string, body: object) => {
    const answer = await request(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await answer.body.text()
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`)
  }
  await send('PUT', '/providers/helios', {
    name: 'Helios',
    baseUrl: `${upstreamUrl}/v1`,
    apiShape: 'openai',
    apiKey: 'sk-bench',
    allowPrivateNetwork: true,
  })
  await send('PUT', '/endpoints', {
    model: MODEL,
    provider: 'helios',
    promptUsdPerMTok: 0.1,
    completionUsdPerMTok: 0.4,
    supportsTools: true,
  })
  await send('POST', '/presets', {
    slug: PRESET,
    name: 'Benchmark',
    config: { models: [MODEL], tool_call_guard: 'retry' },
  })
}
