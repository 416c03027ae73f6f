import { request } from 'undici'
import { EXCHANGE_NAMES, type ExchangeName, exchangeNamed } from './exchanges'

/** The model that stands for an exchange at our server: a preset, with the tool-call guard on. */
export function presetModel(name: ExchangeName): string {
  return `@preset/${presetOf(name)}`
}

/** Makes a fresh server serve every exchange from the upstream, by a preset each. Throws when it refuses. */
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
  for (const name of EXCHANGE_NAMES) {
    const { apiShape, version } = exchangeNamed(name)
    const provider = `helios-${name}`
    const model = `bench/atlas-${name}`
    await send('PUT', `/providers/${provider}`, {
      name: `Helios ${name}`,
      baseUrl: `${upstreamUrl}/${name}/${version}`,
      apiShape,
      apiKey: 'sk-bench-upstream',
      allowPrivateNetwork: true,
    })
    await send('PUT', '/endpoints', {
      model,
      provider,
      promptUsdPerMTok: 0.1,
      completionUsdPerMTok: 0.4,
      supportsTools: true,
    })
    await send('POST', '/presets', {
      slug: presetOf(name),
      name: `Benchmark ${name}`,
      config: { models: [model], tool_call_guard: 'retry' },
    })
  }
}

function presetOf(name: ExchangeName): string {
  return `bench-${name}`
}
