import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApiKey, revokeApiKey } from '../access/manage-keys.server'
import { putEndpoint } from '../catalog/put-endpoint.server'
import { putProvider } from '../catalog/put-provider.server'
import { createDataPlane, type DataPlane } from '../data-plane/data-plane.server'
import { readEnvironment } from '../platform/env.server'
import { createPreset } from '../presets/create-preset.server'
import { updatePreset } from '../presets/update-preset.server'
import { createRecorder, type Recorder } from '../recorder/recorder.server'
import type { ApiShape } from '../records/vocabulary'
import { type FaultProfileInput, REQUEST_FAULTS } from '../simulator/upstream/schema'
import { type RunningUpstream, startUpstream } from '../simulator/upstream/upstream-server.server'
import { createRequestLog, type RequestLog } from './request-log.server'

// The gateway with its real parts: Postgres, recorder, and simulated providers on real sockets.

/** Longer than any pause of a busy machine. */
const BUDGET = { silenceMs: 15_000, answerMs: 15_000 }
/** For faults that end by running out of it. */
const SHORT_BUDGET = { silenceMs: 1500, answerMs: 1500 }
const ENDS_BY_TIMEOUT = new Set<string>(['hang', 'endless_stream'])
const tools = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
]

let upstream: RunningUpstream
let recorder: Recorder
let requestLog: RequestLog
let dataPlane: DataPlane
let hastyPlane: DataPlane
let key: { id: number; key: string }
let client: pg.Client
let worlds = 0

beforeAll(async () => {
  const { DATABASE_URL: databaseUrl = '' } = readEnvironment()
  upstream = await startUpstream({ port: 0, profiles: {} })
  recorder = createRecorder({ databaseUrl })
  requestLog = createRequestLog(recorder)
  dataPlane = createDataPlane({ recorder, requestLog, budget: BUDGET })
  hastyPlane = createDataPlane({ recorder, requestLog, budget: SHORT_BUDGET })
  key = await createApiKey({
    name: 'gateway test',
    scopes: ['gateway', 'read'],
    requestsPerMinute: null,
    actor: 'test',
  })
  client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
})

afterAll(async () => {
  await requestLog.close()
  await recorder.close()
  await client.end()
  await upstream.close()
})

beforeEach(() => upstream.states.clearStats())

type World = { model: string; providers: string[] }

/** A model of its own with a provider for each profile, tried in that order unless a test says otherwise. */
async function world(
  profiles: readonly FaultProfileInput[],
  {
    shape = 'openai-chat',
    extra = {},
  }: { shape?: ApiShape; extra?: Partial<Parameters<typeof putEndpoint>[0]['body']> } = {},
): Promise<World> {
  worlds += 1
  const model = `acme/world-${worlds}`
  const providers = profiles.map((_, index) => `p${worlds}-${index}`)
  for (const [index, provider] of providers.entries()) {
    await behave(provider, profiles[index] ?? {})
    await putProvider({
      slug: provider,
      body: { name: provider, baseUrl: `${upstream.url}/${provider}/v1`, apiShape: shape },
      actor: 'test',
    })
    await putEndpoint({
      body: { model, provider, promptUsdPerMTok: 1, completionUsdPerMTok: 2, ...extra },
      actor: 'test',
      nowMs: Date.now(),
    })
  }
  return { model, providers }
}

async function behave(provider: string, profile: FaultProfileInput): Promise<void> {
  const answer = await fetch(`${upstream.url}/_control/providers/${provider}`, {
    method: 'PUT',
    body: JSON.stringify(profile),
  })
  expect(answer.status).toBe(200)
}

function send(
  body: Record<string, unknown>,
  {
    path = '/api/v1/chat/completions',
    headers = {},
    signal,
    plane = dataPlane,
  }: { path?: string; headers?: Record<string, string>; signal?: AbortSignal; plane?: DataPlane } = {},
): Promise<Response> {
  const request = new Request(`http://gateway.test${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key.key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ messages: [{ role: 'user', content: 'How is the weather in Oslo?' }], ...body }),
    signal,
  })
  return Promise.resolve(plane.fetch(request))
}

const planeFor = (fault: string) => (ENDS_BY_TIMEOUT.has(fault) ? hastyPlane : dataPlane)

/** In the order given, so that a test knows who is called first. */
const inOrder = ({ model, providers }: World) => ({ model, provider: { order: providers } })

type Attempt = { provider: string; errorClass: string | null; isDeciding: boolean }

async function attemptsOf(response: Response): Promise<Attempt[]> {
  const id = response.headers.get('x-generation-id') ?? ''
  for (let tries = 0; tries < 100; tries++) {
    const { rows } = await client.query<Attempt>(
      `SELECT provider.slug AS provider, attempt.error_class AS "errorClass", is_deciding AS "isDeciding"
       FROM request_log JOIN attempt ON request_id = request_log.id AND request_started_at = request_log.started_at
         JOIN endpoint ON endpoint.id = attempt.endpoint_id JOIN provider ON provider.id = endpoint.provider_id
       WHERE external_id = $1 ORDER BY attempt_index`,
      [id],
    )
    if (rows.length > 0) return rows
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${id} was never recorded`)
}

const statsOf = (provider: string) => upstream.states.stats().providers[provider]

/** Faults that a stream shows only once it has begun, too late to hide. */
const AFTER_FIRST_TOKEN = new Set<string>(['slow_tokens', 'cut_stream', 'half_json', 'endless_stream'])

describe('failover', () => {
  test.each(REQUEST_FAULTS.filter((fault) => fault !== 'slow_tokens'))(
    '%s at the first provider is hidden by the second',
    async (fault) => {
      const made = await world([{ faults: { [fault]: 1 } }, {}])
      const answer = await send(inOrder(made), { plane: planeFor(fault) })
      expect(answer.status).toBe(200)
      expect((await answer.json()).provider).toBe(made.providers[1])
      const attempts = await attemptsOf(answer)
      expect(attempts.map(({ provider }) => provider)).toEqual(made.providers)
      expect(attempts[0]?.errorClass).not.toBeNull()
      expect(attempts[1]).toMatchObject({ errorClass: null, isDeciding: true })
    },
  )

  test.each(REQUEST_FAULTS.filter((fault) => !AFTER_FIRST_TOKEN.has(fault)))(
    '%s before the first token of a stream is hidden too',
    async (fault) => {
      const made = await world([{ faults: { [fault]: 1 } }, {}])
      const answer = await send({ ...inOrder(made), stream: true }, { plane: planeFor(fault) })
      const text = await answer.text()
      expect(answer.status).toBe(200)
      expect(text).toContain(`"provider":"${made.providers[1]}"`)
      expect(text.trimEnd().endsWith('data: [DONE]')).toBe(true)
    },
  )

  test('the request’s own fault is answered as such and tried nowhere else', async () => {
    const made = await world([{ models: ['other'] }, {}])
    const refused = await send({ ...inOrder(made), messages: [{ role: 'nobody', content: 1 }] })
    expect(refused.status).toBe(400)
    expect((await refused.json()).error.metadata.error_type).toBe('invalid_request')
    expect(statsOf(made.providers[1] ?? '')?.requests ?? 0).toBe(0)
  })

  test('without fallbacks the provider’s error is the answer', async () => {
    const made = await world([{ faults: { upstream_5xx: 1 } }, {}])
    const answer = await send({
      model: made.model,
      provider: { order: made.providers, allow_fallbacks: false },
    })
    expect(answer.status).toBe(502)
    expect((await answer.json()).error.metadata).toMatchObject({ provider_name: made.providers[0] })
  })

  test('another model is tried when all endpoints of the first fail, and the attempts belong to their models', async () => {
    const broken = await world([{ faults: { upstream_5xx: 1 } }])
    const good = await world([{}])
    const answer = await send({ models: [broken.model, good.model] })
    expect((await answer.json()).model).toBe(good.model)
    await attemptsOf(answer)
    const { rows } = await client.query(
      `SELECT model.slug FROM attempt_log JOIN endpoint ON endpoint.id = endpoint_id
       JOIN model ON model.id = endpoint.model_id JOIN provider ON provider.id = provider_id WHERE provider.slug = $1`,
      [broken.providers[0]],
    )
    expect(rows).toEqual([{ slug: broken.model }])
  })

  test('a stream that breaks after its first token ends in an error chunk, once', async () => {
    const made = await world([{ faults: { cut_stream: 1 } }, {}])
    const answer = await send({ ...inOrder(made), stream: true })
    const chunks = (await answer.text())
      .trim()
      .split('\n\n')
      .filter((line) => line !== 'data: [DONE]')
    const last = JSON.parse(chunks.at(-1)?.slice('data: '.length) ?? '{}')
    expect(last.choices[0].finish_reason).toBe('error')
    expect(last.error.code).toBe(502)
    expect(await attemptsOf(answer)).toEqual([
      { provider: made.providers[0], errorClass: 'mid_stream', isDeciding: true },
    ])
  })
})

describe('Retry-After', () => {
  test('a provider that asked us to wait is not called again before its time', async () => {
    const made = await world([{ faults: { rate_limited: 1 }, retryAfterSeconds: 60 }, {}])
    for (let count = 0; count < 3; count++) expect((await send(inOrder(made))).status).toBe(200)
    expect(statsOf(made.providers[0] ?? '')?.requests).toBe(1)
  })

  test('when everybody asked us to wait, the client is told for how long', async () => {
    const made = await world([{ faults: { rate_limited: 1 }, retryAfterSeconds: 30 }])
    expect((await send({ model: made.model })).status).toBe(429)
    const second = await send({ model: made.model })
    expect(second.status).toBe(429)
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(25)
    expect(statsOf(made.providers[0] ?? '')?.requests).toBe(1)
  })
})

describe('the circuit', () => {
  test('a provider that keeps failing is tried last', async () => {
    const made = await world([{ faults: { upstream_5xx: 1 } }, {}])
    for (let count = 0; count < 8; count++) expect((await send(inOrder(made))).status).toBe(200)
    expect(statsOf(made.providers[0] ?? '')?.requests).toBe(5)
  })
})

describe('the tool-call guard', () => {
  const guarded = { tools, tool_choice: 'required', tool_call_guard: 'retry' }

  test.each(['invalid_json', 'unknown_name', 'schema_mismatch'] as const)(
    '%s is tried elsewhere before the client sees it',
    async (fault) => {
      for (const stream of [false, true]) {
        const made = await world([{ faults: { [fault]: 1 } }, {}])
        const answer = await send({ ...inOrder(made), ...guarded, stream })
        expect(await answer.text()).toContain(`"provider":"${made.providers[1]}"`)
        const attempts = await attemptsOf(answer)
        expect(attempts.map(({ errorClass }) => errorClass)).toEqual(['bad_response', null])
      }
    },
  )

  test.each([false, true])(
    'an answer that it refused is paid for like any other (streamed: %s)',
    async (stream) => {
      const made = await world([{ faults: { invalid_json: 1 } }, {}])
      const answer = await send({ ...inOrder(made), ...guarded, stream })
      await answer.text()
      await attemptsOf(answer)
      const { rows: costs } = await client.query<{ whole: number; refused: number }>(
        `SELECT request_log.cost_micro_usd::int AS whole, attempt_log.cost_micro_usd::int AS refused
       FROM request_log JOIN attempt_log ON request_id = request_log.id WHERE external_id = $1`,
        [answer.headers.get('x-generation-id')],
      )
      const { whole = 0, refused = 0 } = costs[0] ?? {}
      expect(refused).toBeGreaterThan(0)
      expect(whole).toBeGreaterThan(refused)
      const { rows } = await client.query<{ provider: string; spent: number }>(
        `SELECT provider.slug AS provider, sum(cost_micro_usd)::int AS spent
       FROM (SELECT endpoint_id, cost_micro_usd FROM endpoint_minute
             UNION ALL SELECT endpoint_id, cost_micro_usd FROM endpoint_inbox) AS source
         JOIN endpoint ON endpoint.id = endpoint_id JOIN provider ON provider.id = provider_id
       WHERE provider.slug = ANY($1) GROUP BY 1 ORDER BY 1`,
        [made.providers],
      )
      expect(rows.map(({ spent }) => spent)).toEqual([refused, whole - refused])
    },
  )

  test('without it the bad call reaches the client, and is recorded as bad', async () => {
    const made = await world([{ faults: { unknown_name: 1 } }, {}])
    const answer = await send({ ...inOrder(made), tools, tool_choice: 'required' })
    expect((await answer.json()).provider).toBe(made.providers[0])
    await attemptsOf(answer)
    const { rows } = await client.query('SELECT tool_calls FROM request_log WHERE external_id = $1', [
      answer.headers.get('x-generation-id'),
    ])
    expect(rows[0].tool_calls[0].verdict).toBe('unknown_name')
  })

  test('when everybody calls badly, the client gets an error that says so', async () => {
    const made = await world([{ faults: { invalid_json: 1 } }])
    const answer = await send({ model: made.model, ...guarded })
    expect(answer.status).toBe(502)
    expect((await answer.json()).error.message).toContain('called the tool get_weather badly')
  })
})

describe('a conversation', () => {
  const turns = (count: number) => [
    { role: 'system', content: 'You fly planes.' },
    ...Array.from({ length: count }, (_, index) => ({
      role: index % 2 ? 'assistant' : 'user',
      content: `turn ${index}`,
    })),
  ]
  const ask = async (made: World, count: number, extra = {}, headers: Record<string, string> = {}) => {
    const answer = await send(
      { model: made.model, messages: turns(count), ...extra },
      { headers: { 'x-openrouter-metadata': 'enabled', ...headers } },
    )
    const body = await answer.json()
    return { provider: body.provider, reasons: body.openrouter_metadata.endpoints.available[0].reasons }
  }

  test('stays at the provider that answered it, also after a failover, and says so', async () => {
    const made = await world([{}, {}, {}, {}])
    const first = await ask(made, 1)
    await behave(first.provider, { faults: { upstream_5xx: 1 } })
    const second = await ask(made, 3)
    expect(second.provider).not.toBe(first.provider)
    await behave(first.provider, {})
    for (const count of [5, 7, 9]) {
      const next = await ask(made, count)
      expect(next.provider).toBe(second.provider)
      expect(next.reasons[0]).toMatch(/^same conversation, /)
    }
  })

  test('is another by the name its client gives it, which its record keeps', async () => {
    const made = await world([{}, {}])
    await ask(made, 1, { session_id: 'trip-7' })
    expect((await ask(made, 1, { session_id: 'trip-7' })).reasons[0]).toMatch(/^same conversation, /)
    expect((await ask(made, 1, {}, { 'x-session-affinity': 'trip-8' })).reasons[0]).toMatch(/^drawn by price/)
    const answer = await send({ model: made.model, prompt_cache_key: 'trip-9' })
    await attemptsOf(answer)
    const { rows } = await client.query('SELECT session_id FROM request_log WHERE external_id = $1', [
      answer.headers.get('x-generation-id'),
    ])
    expect(rows).toEqual([{ session_id: 'trip-9' }])
  })

  test('follows order and sort where they are given', async () => {
    const made = await world([{}, {}])
    const { provider } = await ask(made, 1)
    const other = made.providers.find((name) => name !== provider) ?? ''
    expect((await ask(made, 3, { provider: { order: [other] } })).provider).toBe(other)
  })
})

test('a suffix sorts a model’s endpoints, and a model that has it in its name comes first', async () => {
  const made = await world([{}])
  for (const suffix of [':nitro', ':floor', ':exacto']) {
    expect((await send({ model: made.model + suffix })).status).toBe(200)
  }
  const free = await send({ model: `${made.model}:free` })
  expect(free.status).toBe(404)
  expect((await free.json()).error.message).toContain('asked for by :free')
  expect((await send({ model: `${made.model}:online` })).status).toBe(404)
})

test('a picture is no long text', async () => {
  const made = await world([{}], { extra: { contextLength: 128_000 } })
  const url = `data:image/png;base64,${'A'.repeat(700_000)}`
  const content = [
    { type: 'text', text: 'What is it?' },
    { type: 'image_url', image_url: { url } },
  ]
  expect((await send({ model: made.model, messages: [{ role: 'user', content }] })).status).toBe(200)
})

describe('clients that leave', () => {
  test('cancel the call to the provider, and count as cancelled', async () => {
    const made = await world([{ timeToFirstTokenMs: 5, tokensPerSecond: 20, completionTokens: 400 }])
    const controller = new AbortController()
    const answer = await send({ model: made.model, stream: true }, { signal: controller.signal })
    const reader = answer.body?.getReader()
    await reader?.read()
    controller.abort()
    await reader?.cancel().catch(() => undefined)
    expect(await attemptsOf(answer)).toMatchObject([{ errorClass: 'cancelled' }])
    await expect.poll(() => statsOf(made.providers[0] ?? '')?.cancelled).toBe(1)
  })

  test('a key revoked while its stream runs ends with the next request', async () => {
    const doomed = await createApiKey({
      name: 'doomed',
      scopes: ['gateway'],
      requestsPerMinute: null,
      actor: 'test',
    })
    const made = await world([{ tokensPerSecond: 200, completionTokens: 60 }])
    const headers = { authorization: `Bearer ${doomed.key}` }
    const answer = await send({ model: made.model, stream: true }, { headers })
    await revokeApiKey({ id: doomed.id, actor: 'test' })
    expect(await answer.text()).toContain('[DONE]')
    expect((await send({ model: made.model }, { headers })).status).toBe(401)
  })
})

describe('presets', () => {
  test('the same request goes to another provider as soon as the preset is saved', async () => {
    const made = await world([{}, {}])
    const slug = `switch-${randomBytes(4).toString('hex')}`
    const config = (provider: string | undefined) => ({
      models: [made.model],
      provider: { only: [provider ?? ''] },
    })
    await createPreset({ input: { slug, config: config(made.providers[0]) }, actor: 'test' })
    const ask = async () => (await send({ model: `@preset/${slug}` })).json()
    expect((await ask()).provider).toBe(made.providers[0])
    await updatePreset({ slug, patch: { config: config(made.providers[1]) }, actor: 'test' })
    const after = await Promise.all(Array.from({ length: 12 }, ask))
    expect(new Set(after.map(({ provider }) => provider))).toEqual(new Set([made.providers[1]]))
  })

  test('a preset that excludes every endpoint says which rule excluded which', async () => {
    const made = await world([{}])
    const answer = await send({ model: made.model, provider: { only: ['azure'] } })
    expect(answer.status).toBe(404)
    expect((await answer.json()).error.message).toContain(
      `${made.providers[0]} (only azure may be asked, by provider.only)`,
    )
  })
})

describe('limits and faults of our own', () => {
  test('a key above its limit is told to wait, and nothing queues', async () => {
    const limited = await createApiKey({
      name: 'limited',
      scopes: ['gateway'],
      requestsPerMinute: 2,
      actor: 'test',
    })
    const made = await world([{}])
    const headers = { authorization: `Bearer ${limited.key}` }
    const statuses = []
    for (let count = 0; count < 3; count++)
      statuses.push((await send({ model: made.model }, { headers })).status)
    expect(statuses).toEqual([200, 200, 429])
    const refused = await send({ model: made.model }, { headers })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('a database that takes nothing delays and fails no reply, and the requests wait', async () => {
    const made = await world([{}])
    const away = createRecorder({ databaseUrl: 'postgresql://nobody@127.0.0.1:1/none' })
    const log = createRequestLog(away)
    const plane = createDataPlane({ recorder: away, requestLog: log, budget: BUDGET })
    for (let count = 0; count < 5; count++) {
      const answer = await plane.fetch(
        new Request('http://gateway.test/api/v1/chat/completions', {
          method: 'POST',
          headers: { authorization: `Bearer ${key.key}` },
          body: JSON.stringify({ model: made.model, messages: [{ role: 'user', content: 'hi' }] }),
        }),
      )
      expect(answer.status).toBe(200)
    }
    await expect.poll(() => away.waiting().records).toBe(5)
    await log.close({ withinMs: 1 })
    await away.close({ withinMs: 1 })
  })

  test('while its tables cannot be read the gateway serves from what it knew', async () => {
    const made = await world([{}])
    expect((await send({ model: made.model })).status).toBe(200)
    await client.query('ALTER TABLE preset RENAME TO preset_away')
    try {
      await new Promise((resolve) => setTimeout(resolve, 2100))
      for (let count = 0; count < 3; count++) expect((await send({ model: made.model })).status).toBe(200)
    } finally {
      await client.query('ALTER TABLE preset_away RENAME TO preset')
    }
  })
})

describe('what is recorded', () => {
  test('tokens by part, cost, caller, plan and preset', async () => {
    const made = await world([{ toolCallRate: 1 }])
    const answer = await send(
      {
        ...inOrder(made),
        tools,
        messages: [
          { role: 'system', content: 'You know the weather.' },
          { role: 'user', content: 'Oslo?' },
        ],
        user: 'u-1',
      },
      { headers: { 'x-title': 'Weather Desk', 'x-session-id': 's-1' } },
    )
    const body = await answer.json()
    await attemptsOf(answer)
    const { rows } = await client.query(
      `SELECT request_log.*, app.slug AS app FROM request_log JOIN app ON app.id = app_id WHERE external_id = $1`,
      [answer.headers.get('x-generation-id')],
    )
    const [fact] = rows
    expect(fact).toMatchObject({
      app: 'Weather Desk',
      session_id: 's-1',
      end_user: 'u-1',
      caller_kind: 'agentic',
      caller_reason: 'finished_by_tool_call',
      finish_reason: 'tool_calls',
      tools_offered: 1,
      prompt_tokens: body.usage.prompt_tokens,
      completion_tokens: body.usage.completion_tokens,
      api_key_id: key.id,
    })
    expect(fact.prompt_parts.reduce((sum: number, part: number) => sum + part, 0)).toBe(
      body.usage.prompt_tokens,
    )
    expect(Number(fact.cost_micro_usd)).toBe(body.usage.prompt_tokens + 2 * body.usage.completion_tokens)
    expect(body.usage.cost).toBe(Number(fact.cost_micro_usd) / 1e6)
    expect(fact.plan.steps[0]).toEqual({
      model: made.model,
      provider: made.providers[0],
      reasons: ['named 1 of 1 to be tried first, by provider.order'],
    })
  })
})
