import { type APIRequestContext, expect, test } from '@playwright/test'
import { ask, post } from '../gateway-client'
import { ownModel } from '../own-model'
import { BEARER } from '../server-under-test'
import {
  connect,
  createPreset,
  ownName,
  type SimulatedUpstream,
  startSimulatedUpstream,
  tidyUp,
} from '../simulated-upstream'

/** A window of its own, far from those of other specs. */
const WINDOW = { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' }
const START_MS = Date.parse(WINDOW.from)
const model = ownModel()
const [failing, saving] = [ownName('failing'), ownName('saving')]
const session = ownName('session')

let upstream: SimulatedUpstream

test.beforeAll(async ({ playwright }) => {
  upstream = await startSimulatedUpstream()
  const request = await playwright.request.newContext()
  await send(request, [
    ...Array.from({ length: 5 }, (_, index) =>
      record({ index, attempts: [{ provider: saving, httpStatus: 200 }] }),
    ),
    record({
      index: 5,
      sessionId: session,
      attempts: [
        { provider: failing, httpStatus: 401, durationMs: 40 },
        { provider: saving, httpStatus: 200, durationMs: 700 },
      ],
    }),
    record({ index: 6, sessionId: session, attempts: [{ provider: failing, httpStatus: 503 }] }),
    record({
      index: 7,
      toolsOffered: 1,
      finishReason: 'tool_calls',
      toolCalls: [{ name: `look_up_${session}`, verdict: 'schema_mismatch', detail: '"city" is missing' }],
      attempts: [{ provider: saving, httpStatus: 200 }],
    }),
  ])
  await request.dispose()
})

test.afterAll(async ({ playwright }) => {
  const request = await playwright.request.newContext({ baseURL: test.info().project.use.baseURL })
  await tidyUp(request)
  await request.dispose()
  await upstream.stop()
})

function record({
  index,
  attempts,
  ...rest
}: { index: number; attempts: object[] } & Record<string, unknown>) {
  return {
    id: `${model}-${index}`,
    source: 'logs-spec',
    startedAt: new Date(START_MS + index * 60_000).toISOString(),
    model,
    app: 'logs-spec',
    promptTokens: 100 + index,
    completionTokens: 10,
    attempts,
    ...rest,
  }
}

async function send(request: APIRequestContext, records: object[]): Promise<void> {
  const response = await request.post(`${test.info().project.use.baseURL}/api/v1/ingest`, {
    headers: BEARER,
    data: records,
  })
  expect(await response.json()).toMatchObject({ accepted: records.length, rejected: [] })
}

async function logs(request: APIRequestContext, parameters: Record<string, string>) {
  const response = await request.get('/api/logs', { headers: BEARER, params: { ...WINDOW, ...parameters } })
  expect(response.status(), await response.text()).toBe(200)
  return response.json()
}

const minutesOf = (answer: { rows: { startedAt: string }[] }) =>
  answer.rows.map(({ startedAt }) => (Date.parse(startedAt) - START_MS) / 60_000)

test('requests come newest first, and pages join without a gap', async ({ request }) => {
  const seen: number[] = []
  let cursor: string | null = null
  do {
    const page = await logs(request, { model, limit: '3', ...(cursor === null ? {} : { cursor }) })
    expect(page.rows.length).toBeLessThanOrEqual(3)
    seen.push(...minutesOf(page))
    cursor = page.cursor
  } while (cursor !== null)
  expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1, 0])
})

test('each filter narrows, and a failure that failover hid is found', async ({ request }) => {
  expect(minutesOf(await logs(request, { model, status: 'error' }))).toEqual([6])
  expect(minutesOf(await logs(request, { provider: failing, errorClass: 'auth' }))).toEqual([5])
  expect(minutesOf(await logs(request, { provider: failing, errorClass: 'any', status: 'ok' }))).toEqual([5])
  expect(minutesOf(await logs(request, { provider: saving, errorClass: 'any' }))).toEqual([])
  expect(minutesOf(await logs(request, { model, verdict: 'bad' }))).toEqual([7])
  expect(minutesOf(await logs(request, { tool: `look_up_${session}`, verdict: 'schema_mismatch' }))).toEqual([
    7,
  ])
  expect(minutesOf(await logs(request, { tool: `look_up_${session}`, verdict: 'valid' }))).toEqual([])
  expect(minutesOf(await logs(request, { model, app: 'logs-spec', callerKind: 'agentic' }))).toEqual([7])
  const unknown = await logs(request, { provider: 'nobody-at-all' })
  expect(unknown).toMatchObject({ rows: [], cursor: null })
})

test('a session needs no window, and is listed', async ({ request }) => {
  const response = await request.get('/api/logs', { headers: BEARER, params: { session } })
  expect(minutesOf(await response.json())).toEqual([6, 5])
  const listed = await request.get('/api/sessions', { headers: BEARER, params: { ...WINDOW, model } })
  const { rows } = await listed.json()
  expect(rows).toEqual([
    expect.objectContaining({
      sessionId: session,
      turns: 2,
      errors: 1,
      promptTokens: 211,
      app: 'logs-spec',
      model,
      costUsd: null,
    }),
  ])
})

test('a request tells its attempts, what was wrong and why', async ({ request }) => {
  const [row] = (await logs(request, { provider: failing, errorClass: 'auth' })).rows
  const response = await request.get(`/api/logs/${row.ref}`, { headers: BEARER })
  const detail = await response.json()
  expect(detail).toMatchObject({ ref: row.ref, model, provider: saving, generationId: null, plan: null })
  expect(detail.attempts).toMatchObject([
    { provider: failing, errorClass: 'auth', httpStatus: 401, isDeciding: false },
    { provider: saving, errorClass: null, isDeciding: true },
  ])
})

test('a request through the gateway tells its plan and its bad tool calls', async ({ request }) => {
  const [own, broken, wrong] = [ownModel(), ownName('broken'), ownName('wrong')]
  await upstream.behave(broken, { faults: { upstream_5xx: 1 } })
  await upstream.behave(wrong, { faults: { schema_mismatch: 1 } })
  for (const provider of [broken, wrong]) {
    await connect(request, { provider, model: own, upstreamUrl: upstream.url })
  }
  const preset = await createPreset(request, { models: [own], provider: { order: [broken, wrong] } })
  const parameters = {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  }
  const tools = [{ type: 'function', function: { name: 'get_weather', description: 'Weather', parameters } }]
  const sent = await post('openai', ask(`@preset/${preset}`, { tools, tool_choice: 'required' }))
  expect(sent.status, sent.text).toBe(200)
  const find = async () => {
    const response = await request.get('/api/logs', {
      headers: BEARER,
      params: { period: '24h', model: own },
    })
    return (await response.json()).rows
  }
  await expect.poll(async () => (await find()).length).toBe(1)
  const [{ ref }] = await find()
  const detail = await (await request.get(`/api/logs/${ref}`, { headers: BEARER })).json()
  expect(detail).toMatchObject({ model: own, provider: wrong, preset, presetVersion: 1, badToolCalls: 1 })
  expect(detail.generationId).toBe(JSON.parse(sent.text).id)
  expect(detail.attempts).toMatchObject([
    { provider: broken, errorClass: 'upstream_5xx' },
    { provider: wrong, errorClass: null, toolCalls: [{ name: 'get_weather', verdict: 'schema_mismatch' }] },
  ])
  expect(detail.attempts[1].toolCalls[0].detail).toBeTruthy()
  expect(detail.plan.steps.map((step: { provider: string }) => step.provider)).toEqual([broken, wrong])
  expect(detail.plan.steps[0].reasons.length).toBeGreaterThan(0)
})

test('files hold the filtered rows', async ({ request }) => {
  const csv = await request.get('/api/logs', { headers: BEARER, params: { ...WINDOW, model, format: 'csv' } })
  expect(csv.headers()['content-disposition']).toContain('sightglass-requests.csv')
  const lines = (await csv.text()).trim().split('\r\n')
  expect(lines).toHaveLength(9)
  expect(lines[0]).toMatch(/^startedAt,ref,model,provider,/)
  const ndjson = await request.get('/api/logs', {
    headers: BEARER,
    params: { ...WINDOW, model, format: 'ndjson', limit: '2' },
  })
  const rows = (await ndjson.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(minutesOf({ rows })).toEqual([7, 6])
  expect(ndjson.headers()['sightglass-cursor']).toBeTruthy()
})

test('names are found by a part of them, of one field or of all', async ({ request }) => {
  const values = async (params: Record<string, string>) =>
    (await (await request.get('/api/logs/values', { headers: BEARER, params })).json()).values
  expect(await values({ field: 'provider', search: failing.toUpperCase() })).toEqual([
    { field: 'provider', value: failing, label: failing },
  ])
  expect(await values({ search: session })).toEqual([
    { field: 'tool', value: `look_up_${session}`, label: `look_up_${session}` },
  ])
})

for (const [name, path, problem] of [
  ['no window', '/api/logs', 'period: give period, or from and to; only with session may both be left out'],
  ['a half window', '/api/logs?from=2026-03-01T00:00:00Z', 'to: from and to go together'],
  ['a status', '/api/logs?period=7d&status=broken', 'status: expected one of ok, error'],
  ['a verdict', '/api/logs?period=7d&verdict=wrong', 'verdict: expected one of bad, valid, invalid_json'],
  ['an error class', '/api/logs?period=7d&errorClass=oops', 'errorClass: expected one of any, rate_limited'],
  ['a caller', '/api/logs?period=7d&callerKind=robot', 'callerKind: expected one of agentic, human, unknown'],
  ['a cursor', '/api/logs?period=7d&cursor=../x', 'cursor: expected the cursor of an earlier answer'],
  [
    'a cursor beyond all time',
    `/api/logs?period=7d&cursor=${'z'.repeat(11)}-00000000-0000-4000-8000-000000000000`,
    'cursor: expected the cursor of an earlier answer',
  ],
  ['a limit', '/api/logs?period=7d&limit=201', 'limit: expected a whole number from 1 to 200'],
  ['an empty name', '/api/logs?period=7d&model=', 'model: expected a name'],
  ['a format', '/api/logs?period=7d&format=xml', 'format: expected json, csv or ndjson'],
  ['a field', '/api/logs/values?field=color', 'field: expected one of model, provider'],
  [
    'a session cursor',
    '/api/sessions?period=7d&cursor=!',
    'cursor: expected the cursor of an earlier answer',
  ],
] as const) {
  test(`bad input is named: ${name}`, async ({ request }) => {
    const response = await request.get(path, { headers: BEARER })
    expect(response.status()).toBe(400)
    expect((await response.json()).error.message).toContain(problem)
  })
}

test('what is not there is not found, and strangers see nothing', async ({ request }) => {
  for (const ref of ['nonsense', 'mm000000-00000000-0000-4000-8000-000000000000']) {
    const response = await request.get(`/api/logs/${ref}`, { headers: BEARER })
    expect(response.status()).toBe(404)
    expect((await response.json()).error.message).toBeTruthy()
  }
  for (const path of ['/api/logs?period=7d', '/api/logs/x', '/api/logs/values', '/api/sessions?period=7d']) {
    expect((await request.get(path)).status()).toBe(401)
  }
})
