import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { readAnthropicRequest } from '../upstream/anthropic-request'
import { readOpenaiRequest } from '../upstream/openai-request'
import { profilesByProvider } from '../upstream/schema'
import { startUpstream } from '../upstream/upstream-server.server'
import { buildWorld, DEMO_SEED } from '../world'
import { playLiveTraffic } from './play-live-traffic.server'

const nowMs = Date.now()
const world = buildWorld({ seed: DEMO_SEED, anchorMs: nowMs - (nowMs % 86_400_000) })

type Seen = { url: string; headers: IncomingMessage['headers']; body: Record<string, unknown> }

/** A gateway that notes what comes and lets `answer` say what happens. */
async function startGateway(
  answer: (seen: Seen, index: number) => { status: number; body: string } | Promise<string>,
) {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const one = {
      url: request.url ?? '',
      headers: request.headers,
      body: JSON.parse(Buffer.concat(chunks).toString()),
    }
    seen.push(one)
    const given = await answer(one, seen.length - 1)
    if (typeof given === 'string') response.writeHead(302, { location: given }).end()
    else
      response
        .writeHead(given.status, { 'content-type': 'application/json', 'retry-after': '1' })
        .end(given.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** Starts the clients at a rate that fills a test's seconds; ends with the test. */
function play(url: string, requestsPerDay = 1_500_000) {
  const stopping = new AbortController()
  const stream = { world, fromMs: Date.now(), requestsPerDay }
  const playing = playLiveTraffic({ stream, url, apiKey: 'sg-test', signal: stopping.signal })
  const ended = playing.catch((error: unknown) => error)
  onTestFinished(() => stopping.abort())
  return { stop: () => stopping.abort(), ended }
}

test('plays real conversations against a provider: none refused, tool results sent back, both shapes', async () => {
  // The simulated upstream takes any path `/:provider/v1`, so it can stand where the gateway is.
  const profiles = profilesByProvider.parse({ api: { toolCallRateAfterResults: 0.8, completionTokens: 40 } })
  const upstream = await startUpstream({ port: 0, profiles })
  onTestFinished(() => upstream.close())
  const { stop, ended } = play(upstream.url)
  const statsOf = () => upstream.states.of('api').stats
  await expect.poll(() => statsOf().requests, { timeout: 20_000 }).toBeGreaterThan(60)
  stop()
  await ended
  expect(statsOf().refused).toBe(0)
})

test('says who asks and what for: app, use case, user, session, preset, in the shape of the app, with tools where they were drawn', async () => {
  const gateway = await startGateway(() => ({ status: 400, body: '{}' }))
  play(gateway.url, 4_000_000)
  const { seen } = gateway
  const models = () => seen.map(({ body }) => String(body.model))
  const isOfCoder = (model: string) => /^[a-z-]+\/[a-z0-9-]+@preset\/coder$/.test(model)
  await expect.poll(() => models(), { timeout: 25_000 }).toContain('@preset/tool-runner')
  await expect.poll(() => models().some(isOfCoder), { timeout: 25_000 }).toBe(true)
  await expect.poll(() => seen.length, { timeout: 25_000 }).toBeGreaterThan(120)
  const apps = new Set(seen.map(({ headers }) => headers['x-title']))
  expect(apps.size).toBeGreaterThan(15)
  expect(new Set(seen.map(({ headers }) => headers['x-sightglass-use-case'])).size).toBeGreaterThan(8)
  for (const { url, headers, body } of seen) {
    const isMessages = url === '/api/v1/messages'
    if (!isMessages) expect(url).toBe('/api/v1/chat/completions')
    expect(isMessages ? headers['x-api-key'] : headers.authorization).toMatch(/sg-test$/)
    expect(body.session_id).toMatch(/^s-/)
    expect(isMessages ? body.metadata : body.user).toBeTruthy()
    expect((isMessages ? readAnthropicRequest(body) : readOpenaiRequest(body)).ok).toBe(true)
  }
  expect(new Set(seen.map(({ url }) => url)).size).toBe(2)
  expect(seen.filter(({ body }) => Array.isArray(body.tools)).length / seen.length).toBeGreaterThan(0.35)
  expect(seen.some(({ body }) => body.stream === true)).toBe(true)
})

test('goes on through refusals, nonsense and a gateway that is gone, and ends when it is told to', async () => {
  const answers = [
    { status: 429, body: '{"error":{"code":429}}' },
    { status: 503, body: '<html>' },
    { status: 200, body: '{"half":' },
    { status: 200, body: '' },
  ]
  const gateway = await startGateway(
    (_, index) => answers[index % answers.length] ?? { status: 500, body: '' },
  )
  const { stop, ended } = play(gateway.url)
  await expect.poll(() => gateway.seen.length, { timeout: 20_000 }).toBeGreaterThan(40)
  stop()
  expect(String(await ended)).toMatch(/abort/i)
  const gone = play('http://127.0.0.1:9')
  await new Promise((resolve) => setTimeout(resolve, 1000))
  gone.stop()
  expect(String(await gone.ended)).toMatch(/abort/i)
})

test('does not ask again in a session that was told to wait', async () => {
  const times = new Map<string, number[]>()
  const gateway = await startGateway(({ body }) => {
    const session = String(body.session_id)
    times.set(session, [...(times.get(session) ?? []), Date.now()])
    return { status: 429, body: '{}' }
  })
  play(gateway.url, 6_000_000)
  await expect
    .poll(() => [...times.values()].filter((list) => list.length > 1).length, { timeout: 20_000 })
    .toBeGreaterThan(3)
  for (const list of times.values()) {
    const gaps = list.slice(1).map((time, index) => time - (list[index] ?? 0))
    // Two turns may be under way at once, before the first has its answer.
    for (const gap of gaps) expect(gap < 500 || gap > 900, `asked again after ${gap} ms`).toBe(true)
  }
})
