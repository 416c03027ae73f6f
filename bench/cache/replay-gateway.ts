import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import { startBenchServer } from '../bench-server'
import { type CachingProvider, startProvider } from './provider-server'
import { shareOf } from './replay-plan'
import type { TracedRequest } from './trace'

const MODEL = 'bench/kimi'
/** The trace's hour in about a minute and a half. */
const TIMES_AS_FAST = 40
const CONNECTIONS = 64

export type GatewayReplay = {
  /** Blocks that the providers had kept ÷ all. */
  reused: number
  /** Requests that got no answer. */
  failed: number
  /** Share of the requests by provider. */
  shares: number[]
}

/**
 * The trace through the gateway's own process to providers that keep what they read, at many times its speed (where ten
 * minutes are longer than the replay). `knowsConversations: false` gives every request a session of its own, which is
 * how a client says that it continues none.
 */
export async function replayGateway(
  trace: readonly TracedRequest[],
  { providers: count, knowsConversations }: { providers: number; knowsConversations: boolean },
): Promise<GatewayReplay> {
  const providers = await Promise.all(Array.from({ length: count }, startProvider))
  const server = await startBenchServer({ role: 'data-plane' })
  const pool = new Pool(server.url, { connections: CONNECTIONS })
  const headers = { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' }
  const send = async (method: 'PUT' | 'POST', path: string, body: object, extra = {}) => {
    const text = JSON.stringify(body)
    const answer = await pool.request({
      method,
      path: `/api/v1${path}`,
      headers: { ...headers, ...extra },
      body: text,
    })
    await answer.body.dump()
    return answer.statusCode
  }
  try {
    await connect(providers, send)
    let failed = 0
    const started = performance.now()
    const running = new Set<Promise<void>>()
    for (const [index, request] of trace.entries()) {
      const waitMs = request.atMs / TIMES_AS_FAST - (performance.now() - started)
      if (waitMs > 0) await sleep(waitMs)
      // A machine that cannot keep up waits, rather than opening thousands of requests at once.
      if (running.size >= CONNECTIONS) await Promise.race(running)
      const session = knowsConversations ? {} : { 'x-session-id': `request-${index}` }
      const sent = send('POST', '/chat/completions', bodyOf(request), session).then((status) => {
        if (status !== 200) failed += 1
        running.delete(sent)
      })
      running.add(sent)
    }
    await Promise.all(running)
    const totals = providers.map((provider) => provider.totals())
    const blocks = totals.reduce((sum, one) => sum + one.blocks, 0)
    return { reused: shareOf(totals), failed, shares: totals.map((one) => one.blocks / blocks) }
  } finally {
    await pool.close()
    await server.stop()
    for (const provider of providers) provider.close()
  }
}

function bodyOf({ messages, promptTokens, completionTokens }: TracedRequest): object {
  return {
    model: MODEL,
    messages,
    metadata: { prompt_tokens: String(promptTokens), completion_tokens: String(completionTokens) },
  }
}

async function connect(
  providers: readonly CachingProvider[],
  send: (method: 'PUT' | 'POST', path: string, body: object) => Promise<number>,
): Promise<void> {
  for (const [index, { url }] of providers.entries()) {
    const provider = `cache-${index + 1}`
    const answers = [
      await send('PUT', `/providers/${provider}`, {
        name: `Cache ${index + 1}`,
        baseUrl: url,
        apiShape: 'openai-chat',
        apiKey: 'sk-bench',
        allowPrivateNetwork: true,
      }),
      await send('PUT', '/endpoints', {
        model: MODEL,
        provider,
        promptUsdPerMTok: 0.6,
        cachedUsdPerMTok: 0.15,
        completionUsdPerMTok: 2.5,
      }),
    ]
    if (answers.some((status) => status >= 300)) throw new Error(`connecting ${provider}: ${answers.join()}`)
  }
}
