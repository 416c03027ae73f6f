import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiKey } from '../access/manage-keys.server'
import { EXAMPLES as cloudflare } from '../formats/cloudflare/examples.fixture'
import { RECORDED as HELICONE } from '../formats/helicone/recorded.fixture'
import { FAILURE, SUCCESS } from '../formats/litellm/examples.fixture'
import { GENERATION as openrouter } from '../formats/openrouter/examples.fixture'
import { ROW } from '../formats/portkey/examples.fixture'
import { CAPTURED } from '../formats/posthog/examples.fixture'
import { RECORDED as POSTHOG } from '../formats/posthog/recorded.fixture'
import { GENERATION as vercel } from '../formats/vercel/examples.fixture'
import { createRequestLog } from '../gateway/request-log.server'
import { db } from '../platform/db.server'
import { readEnvironment } from '../platform/env.server'
import { createRecorder, type Recorder } from '../recorder/recorder.server'
import { createDataPlane, type DataPlane, isDataPlanePath } from './data-plane.server'

// What other products' clients send, at the addresses and with the keys they send it, into a real Postgres.

let recorder: Recorder
let dataPlane: DataPlane
let key: string
const startedAt = new Date(Date.now() - 60_000).toISOString()

beforeAll(async () => {
  const { DATABASE_URL: databaseUrl = '' } = readEnvironment()
  recorder = createRecorder({ databaseUrl })
  const budget = { silenceMs: 1000, answerMs: 1000 }
  dataPlane = createDataPlane({ recorder, requestLog: createRequestLog(recorder), budget })
  ;({ key } = await createApiKey({
    name: 'logs',
    scopes: ['ingest'],
    requestsPerMinute: null,
    actor: 'test',
  }))
})
afterAll(() => recorder.close())

async function post(path: string, body: unknown, headers: Record<string, string> = {}, method = 'POST') {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const request = new Request(`http://sightglass.test${path}`, { method, body: text, headers })
  const response = await dataPlane.fetch(request)
  return { status: response.status, body: await response.json() }
}
const bearer = () => ({ authorization: `Bearer ${key}` })
const basic = () => ({ authorization: `Basic ${Buffer.from(`pk-lf-1:${key}`).toString('base64')}` })
const countOf = (source: string) => db().requestLog.count({ where: { source } })

describe('POST /api/v1/ingest', () => {
  test.each<[string, unknown]>([
    ['litellm', [SUCCESS, FAILURE]],
    [
      'litellm',
      `${JSON.stringify({ ...SUCCESS, id: 'n1', trace_id: null })}\n${JSON.stringify({ ...SUCCESS, id: 'n2', trace_id: null })}\n`,
    ],
    ['portkey', ROW],
    ['cloudflare', cloudflare],
    ['openrouter', { data: openrouter }],
    ['vercel', { data: vercel }],
    ['posthog', { batch: [CAPTURED] }],
  ])('tells %s by its content', async (format, body) => {
    const answer = await post('/api/v1/ingest', body, bearer())
    expect(answer).toMatchObject({ status: 200, body: { format, rejected: [] } })
    expect(answer.body.accepted).toBeGreaterThan(0)
    expect(await countOf(format)).toBeGreaterThan(0)
    expect(await post(`/api/v1/ingest?format=${format}`, body, bearer())).toMatchObject({
      body: { accepted: 0 },
    })
  })

  test('refuses one element of a format with its fields and takes the others', async () => {
    const body = [{ ...SUCCESS, id: 'good', trace_id: null }, { ...SUCCESS, id: 'bad', startTime: 'soon' }, 3]
    expect(await post('/api/v1/ingest/litellm', body, bearer())).toMatchObject({
      status: 200,
      body: {
        accepted: 1,
        rejected: [
          { index: 1, id: 'bad', errors: [{ path: 'startTime' }] },
          { index: 2, errors: [{ message: 'expected an object' }] },
        ],
      },
    })
  })

  test('reads times without a zone in the one that is named', async () => {
    const body = {
      request_id: 'zoned',
      call_type: 'completion',
      model: 'gpt-4o',
      startTime: '2026-11-22 10:00:00',
    }
    expect(await post('/api/v1/ingest?format=litellm&zone=Europe/Berlin', body, bearer())).toMatchObject({
      status: 200,
    })
    const row = await db().requestLog.findFirst({
      where: { externalId: 'zoned' },
      select: { startedAt: true },
    })
    expect(row?.startedAt.toISOString()).toBe('2026-11-22T09:00:00.000Z')
    expect(await post('/api/v1/ingest?zone=Mars/Olympus', body, bearer())).toMatchObject({ status: 400 })
  })

  test('names the formats there are when it is asked for another', async () => {
    expect(await post('/api/v1/ingest?format=csv', [], bearer())).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('litellm') } },
    })
  })

  test("takes OpenRouter's webhook, which is OTLP, and its test ping, posted or put", async () => {
    const ping = { resourceSpans: [] }
    for (const method of ['POST', 'PUT']) {
      expect(
        await post('/api/v1/ingest/openrouter', ping, { ...bearer(), 'x-test-connection': 'true' }, method),
      ).toMatchObject({
        status: 200,
        body: { accepted: 0, rejected: [] },
      })
    }
    const value = (text: string) => ({ stringValue: text })
    const nanos = `${Date.now() - 60_000}000000`
    const span = {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      name: 'chat',
      startTimeUnixNano: nanos,
      endTimeUnixNano: nanos,
      attributes: [
        { key: 'gen_ai.operation.name', value: value('chat') },
        { key: 'gen_ai.request.model', value: value('moonshotai/kimi-k2') },
      ],
    }
    const webhook = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }
    expect(await post('/api/v1/ingest/openrouter', webhook, bearer())).toMatchObject({
      body: { accepted: 1 },
    })
  })
})

describe('clients at their own addresses', () => {
  test('Langfuse gets 207, an entry for each event', async () => {
    const at = { startTime: startedAt }
    const batch = [
      {
        id: 'e1',
        type: 'generation-create',
        timestamp: startedAt,
        body: { id: 'lf-1', ...at, model: 'gpt-4o' },
      },
      { id: 'e2', type: 'trace-create', timestamp: startedAt, body: { id: 't' } },
      { id: 'e3', type: 'generation-create', timestamp: startedAt, body: { id: 'lf-2', startTime: 'soon' } },
      { id: 'e4', type: 'generation-create' },
    ]
    const answer = await post('/api/public/ingestion', { batch, metadata: {} }, basic())
    expect(answer.status).toBe(207)
    expect(answer.body.successes).toEqual(['e1', 'e2'].map((id) => ({ id, status: 201 })))
    expect(answer.body.errors).toMatchObject([
      { id: 'e3', status: 400, message: expect.stringContaining('startTime') },
      { id: 'e4', status: 400, message: expect.stringContaining('body') },
    ])
    expect(await db().requestLog.count({ where: { externalId: 'lf-1' } })).toBe(1)
  })

  test('Helicone gets 200, and its headers count', async () => {
    for (const { path, body, headers } of HELICONE) {
      expect(await post(path, body, { ...headers, ...bearer() })).toMatchObject({ status: 200 })
    }
    expect(await countOf('helicone')).toBe(6)
    expect(
      await post('/custom/v1/log', { providerRequest: {}, providerResponse: {} }, bearer()),
    ).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('startedAt') } },
    })
  })

  test('PostHog sends its key in the body and gets status 1, also for what is no request', async () => {
    const [recorded] = POSTHOG
    expect(await post('/batch/', { ...(recorded?.body as object), api_key: key })).toMatchObject({
      status: 200,
      body: { status: 1 },
    })
    expect(await post('/batch/', { api_key: key, batch: [] })).toMatchObject({
      status: 200,
      body: { status: 1 },
    })
    expect(await post('/i/v0/e/', { ...CAPTURED, api_key: key, uuid: 'single' })).toMatchObject({
      status: 200,
    })
    expect(await post('/batch/', { api_key: 'phc_unknown', batch: [] })).toMatchObject({ status: 401 })
  })

  test.each(['/api/public/ingestion', '/custom/v1/log', '/batch/', '/api/v1/ingest/litellm'])(
    '%s wants a key, and is the data plane’s',
    async (path) => {
      expect(isDataPlanePath(path)).toBe(true)
      expect(await post(path, {})).toMatchObject({ status: 401 })
    },
  )
})
