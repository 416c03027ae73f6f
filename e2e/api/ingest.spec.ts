import { gzipSync } from 'node:zlib'
import { type APIRequestContext, expect, test } from '@playwright/test'
import { fetch } from 'undici'
import { ownModel, rankingOf } from '../own-model'
import { BEARER, SERVER } from '../server-under-test'

const MIB = 1024 * 1024
const MINUTE_MS = 60_000

type Fields = { id: string; model: string } & Record<string, unknown>

/** A record of a minute ago with a hundred tokens in and ten out; overrides last. */
function makeRecord(fields: Fields) {
  return {
    source: 'e2e-ingest',
    startedAt: new Date(Date.now() - MINUTE_MS).toISOString(),
    promptTokens: 100,
    completionTokens: 10,
    ...fields,
  }
}

const makeRecords = (model: string, count: number, prefix = 'r') =>
  Array.from({ length: count }, (_, index) => makeRecord({ id: `${model}-${prefix}${index}`, model }))

function post(request: APIRequestContext, body: unknown, headers: Record<string, string> = {}) {
  const data = typeof body === 'string' ? Buffer.from(body) : body
  return request.post('/api/v1/ingest', { headers: { ...BEARER, ...headers }, data })
}

/** Posts without a Content-Length, in pieces; the answer's status and body. */
async function postChunked(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${SERVER.url}/api/v1/ingest`, {
    method: 'POST',
    headers: { ...BEARER, ...headers },
    body: toStream(pieces),
    duplex: 'half',
  })
  return { status: response.status, body: await response.json() }
}

async function* toStream(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* pieces
}

/** Sends so many pieces and never ends; a client that went on writing might lose the answer with its connection. */
async function* endless(piece: Uint8Array, times: number): AsyncGenerator<Uint8Array> {
  yield* repeat(piece, times)
  await new Promise(() => {})
}

function* repeat(piece: Uint8Array, times: number): Generator<Uint8Array> {
  for (let sent = 0; sent < times; sent++) yield piece
}

test.describe('what is taken', () => {
  test('the record of the contract is in rankings and usage at once', async ({ request }) => {
    const model = ownModel()
    const startedAt = new Date(Date.now() - MINUTE_MS).toISOString()
    const record = {
      ...{ id: `${model}-1`, source: 'my-gateway', startedAt, model, requestedModel: '@preset/tools' },
      ...{ provider: 'helios', app: 'shop-bot', endUser: 'u-7', sessionId: 's-1', preset: 'tools' },
      ...{ useCase: 'support', callerKind: 'agentic', stream: true, promptTokens: 1200, cachedTokens: 800 },
      ...{ completionTokens: 60, reasoningTokens: 20, costUsd: 0.0021, finishReason: 'tool_calls' },
      ...{ toolsOffered: 3, toolCalls: [{ name: 'get_weather', verdict: 'schema_mismatch' }] },
      ...{ httpStatus: 200, durationMs: 900, timeToFirstTokenMs: 210 },
    }
    const response = await post(request, record)
    expect(response.status()).toBe(200)
    expect(await response.json()).toEqual({ accepted: 1, amended: 0, duplicates: 0, rejected: [] })
    const counted = { requests: 1, promptTokens: 1200, completionTokens: 60 }
    expect(await rankingOf(request, model)).toEqual(counted)

    // A day has more models than an answer has series; the minute alone has few.
    const startMs = Math.floor(Date.parse(startedAt) / MINUTE_MS) * MINUTE_MS
    const [start, to] = [new Date(startMs).toISOString(), new Date(startMs + MINUTE_MS).toISOString()]
    const query = `by=model&from=${start}&to=${to}&granularity=minute&limit=100`
    const usage = await (await request.get(`/api/usage?${query}`, { headers: BEARER })).json()
    const series = usage.series.find((one: { key: string }) => one.key === model)
    expect(series.points).toEqual([{ start, ...counted, totalTokens: 1260, costUsd: 0.0021 }])
  })

  test('a record with attempts counts once, for the provider that answered', async ({ request }) => {
    const model = ownModel()
    const attempts = [
      { provider: 'helios', httpStatus: 503, errorClass: 'upstream_5xx', durationMs: 80 },
      { provider: `${model} answers`, httpStatus: 200, durationMs: 700, timeToFirstTokenMs: 190 },
    ]
    const response = await post(request, makeRecord({ id: model, model, attempts }))
    expect(await response.json()).toEqual({ accepted: 1, amended: 0, duplicates: 0, rejected: [] })
    expect(await rankingOf(request, model)).toMatchObject({ requests: 1 })
    const rankings = await request.get('/api/rankings?by=provider&period=24h', { headers: BEARER })
    expect((await rankings.json()).rows).toContainEqual(
      expect.objectContaining({ key: `${model} answers`, requests: 1, totalTokens: 110 }),
    )
  })

  const sendings = {
    'one after another': (records: object[]) =>
      records.map((record) => [JSON.stringify(record), {}] as const),
    'as an array': (records: object[]) => [[JSON.stringify(records), {}]] as const,
    'as lines': (records: object[]) =>
      [[records.map((record) => JSON.stringify(record)).join('\n'), {}]] as const,
    'as lines called something else': (records: object[]) =>
      [
        [
          `${records.map((record) => JSON.stringify(record)).join('\r\n')}\r\n`,
          { 'content-type': 'text/csv' },
        ],
      ] as const,
    'pretty-printed behind a byte order mark': (records: object[]) =>
      [[`\ufeff${JSON.stringify(records, null, 2)}`, {}]] as const,
  }
  for (const [name, toBodies] of Object.entries(sendings)) {
    test(`records sent ${name} are all counted, plain and gzipped`, async ({ request }) => {
      for (const isGzipped of [false, true]) {
        const model = ownModel()
        for (const [body, headers] of toBodies(makeRecords(model, 3))) {
          const response = isGzipped
            ? await request.post('/api/v1/ingest', {
                headers: { ...BEARER, ...headers, 'content-encoding': 'gzip' },
                data: gzipSync(body),
              })
            : await post(request, body, headers)
          expect(response.status(), await response.text()).toBe(200)
        }
        expect(await rankingOf(request, model)).toEqual({
          requests: 3,
          promptTokens: 300,
          completionTokens: 30,
        })
      }
    })
  }

  test('a body in pieces without Content-Length is taken, plain and gzipped', async ({ request }) => {
    const model = ownModel()
    const lines = (prefix: string) =>
      makeRecords(model, 3, prefix).map((record) => new TextEncoder().encode(`${JSON.stringify(record)}\n`))
    const all = { status: 200, body: { accepted: 3, amended: 0, duplicates: 0, rejected: [] } }
    expect(await postChunked(lines('plain'))).toEqual(all)
    const gzipped = gzipSync(Buffer.concat(lines('gzip')))
    const pieces = [gzipped.subarray(0, 10), gzipped.subarray(10)]
    expect(await postChunked(pieces, { 'content-encoding': 'gzip' })).toEqual(all)
    expect(await rankingOf(request, model)).toMatchObject({ requests: 6 })
  })

  test('an empty array is nothing to do', async ({ request }) => {
    const response = await post(request, '[]')
    expect(response.status()).toBe(200)
    expect(await response.json()).toEqual({ accepted: 0, amended: 0, duplicates: 0, rejected: [] })
  })
})

test.describe('counted once', () => {
  test('resending changes nothing', async ({ request }) => {
    const model = ownModel()
    const records = makeRecords(model, 5)
    expect(await (await post(request, records)).json()).toMatchObject({
      accepted: 5,
      amended: 0,
      duplicates: 0,
    })
    const before = await rankingOf(request, model)
    expect(await (await post(request, records)).json()).toEqual({
      accepted: 0,
      amended: 0,
      duplicates: 5,
      rejected: [],
    })
    expect(await rankingOf(request, model)).toEqual(before)
  })

  test('the same id twice in one batch is one request, another source is another', async ({ request }) => {
    const model = ownModel()
    const record = makeRecord({ id: model, model })
    const response = await post(request, [record, record, { ...record, source: 'e2e-other' }, record])
    expect(await response.json()).toEqual({ accepted: 2, amended: 0, duplicates: 2, rejected: [] })
    expect(await rankingOf(request, model)).toMatchObject({ requests: 2 })
  })

  test('batches that overlap and arrive together count each id once', async ({ request }) => {
    const model = ownModel()
    const records = makeRecords(model, 60)
    const batches = Array.from({ length: 12 }, (_, index) => {
      const start = (index * 5) % 40
      return records.slice(start, start + 25)
    })
    const answers = await Promise.all(batches.map(async (batch) => (await post(request, batch)).json()))
    const sum = (name: 'accepted' | 'duplicates') =>
      answers.reduce((total, answer) => total + answer[name], 0)
    expect(sum('accepted')).toBe(60)
    expect(sum('duplicates')).toBe(12 * 25 - 60)
    expect(await rankingOf(request, model)).toEqual({
      requests: 60,
      promptTokens: 6000,
      completionTokens: 600,
    })
  })
})

test.describe('records that cannot be true', () => {
  test('are refused one by one with place, id and reason; the others count', async ({ request }) => {
    const model = ownModel()
    const [first, second, third] = makeRecords(model, 3)
    const bad = (id: string, overrides: object) => ({ ...makeRecord({ id, model }), ...overrides })
    const response = await post(request, [
      first,
      bad('negative', { promptTokens: -1 }),
      bad('huge', { completionTokens: 1e308 }),
      second,
      bad('epoch', { startedAt: '1970-01-01T00:00:00Z' }),
      bad('next-year', { startedAt: new Date(Date.now() + 365 * 86_400_000).toISOString() }),
      bad('nul', { app: 'shop\u0000bot' }),
      bad('half', { app: 'shop\ud83d' }),
      bad('attempt', { attempts: [{}, { startedAt: '9999-01-01T00:00:00Z' }] }),
      'no record',
      null,
      bad('long', { endUser: 'x'.repeat(10 * MIB) }),
      third,
    ])
    expect(response.status()).toBe(200)
    const answer = await response.json()
    expect(answer).toMatchObject({ accepted: 3, amended: 0, duplicates: 0 })
    const places = answer.rejected.map(
      ({ index, id, errors }: { index: number; id?: string; errors: { path: string }[] }) => [
        index,
        id,
        errors[0]?.path,
      ],
    )
    expect(places).toEqual([
      [1, 'negative', 'promptTokens'],
      [2, 'huge', 'completionTokens'],
      [4, 'epoch', 'startedAt'],
      [5, 'next-year', 'startedAt'],
      [6, 'nul', 'app'],
      [7, 'half', 'app'],
      [8, 'attempt', 'attempts.1.startedAt'],
      [9, undefined, ''],
      [10, undefined, ''],
      [11, 'long', 'endUser'],
    ])
    expect(await rankingOf(request, model)).toMatchObject({ requests: 3 })
  })

  test('as lines are refused by the number of the line that is not blank', async ({ request }) => {
    const model = ownModel()
    const [first, second] = makeRecords(model, 2).map((record) => JSON.stringify(record))
    const response = await post(request, `${first}\n\n{"id":"cut\n{"promptTokens":NaN}\n${second}\n`)
    const answer = await response.json()
    expect(answer).toMatchObject({ accepted: 2, rejected: [{ index: 1 }, { index: 2 }] })
    expect(answer.rejected[0].errors[0].message).toMatch(/^not JSON: /)
    expect(await rankingOf(request, model)).toMatchObject({ requests: 2 })
  })

  test('unknown fields are ignored and named once', async ({ request }) => {
    const model = ownModel()
    const records = makeRecords(model, 3).map((record) => ({ ...record, temperature: 1, team: 'a' }))
    expect(await (await post(request, records)).json()).toEqual({
      accepted: 3,
      amended: 0,
      duplicates: 0,
      rejected: [],
      warnings: ['unknown field temperature was ignored', 'unknown field team was ignored'],
    })
  })

  test('text that is hard to store comes through whole', async ({ request }) => {
    const app = `a\tb\\N\r\n"${ownModel()}"\\. 😀`
    const model = ownModel()
    const toolCalls = [{ name: `${'x'.repeat(199)}😀`, arguments: '{"\\u0000":"\\ud800"}' }]
    const record = makeRecord({ id: `${model}\t\\`, model, app, endUser: '\\', tools: [], toolCalls })
    expect(await (await post(request, record)).json()).toEqual({
      accepted: 1,
      amended: 0,
      duplicates: 0,
      rejected: [],
    })
    const rankings = await request.get('/api/rankings?by=app&period=24h', { headers: BEARER })
    expect((await rankings.json()).rows).toContainEqual(expect.objectContaining({ key: app, requests: 1 }))
  })
})

test.describe('bodies that are refused whole', () => {
  const big = (size: number) => Buffer.alloc(size, ' ')
  const bomb = () => gzipSync(Buffer.concat([Buffer.from('['), big(80 * MIB)]))
  const gzip = { 'content-encoding': 'gzip' }
  const good = () => JSON.stringify(makeRecord({ id: 'never', model: 'e2e/never' }))

  const refusals: [string, () => string | Buffer, Record<string, string>, number, string][] = [
    ['64 MiB and a byte', () => big(64 * MIB + 1), {}, 413, 'payload_too_large'],
    ['a gzip bomb', bomb, gzip, 413, 'payload_too_large'],
    ['30 million zeros', () => `[${'0,'.repeat(30_000_000)}0]`, {}, 413, 'payload_too_large'],
    ['truncated gzip', () => gzipSync(good()).subarray(0, -6), gzip, 400, 'bad_request'],
    ['gzip that is none', good, gzip, 400, 'bad_request'],
    ['an encoding we do not know', good, { 'content-encoding': 'br' }, 415, 'unsupported_media_type'],
    [
      'two encodings',
      () => gzipSync(good()),
      { 'content-encoding': 'gzip, br' },
      415,
      'unsupported_media_type',
    ],
    ['nothing', () => '', {}, 400, 'bad_request'],
    ['no JSON', () => 'id=1&model=x', {}, 400, 'bad_request'],
    ['an array cut short', () => `[${good()},{"id":`, {}, 400, 'bad_request'],
    ['bytes of nothing', () => Buffer.from([0, 255, 254, 128]), {}, 400, 'bad_request'],
    ['a wrong key', good, { authorization: 'Bearer sg_wrong' }, 401, 'unauthorized'],
    ['a wrong scheme', good, { authorization: 'Basic c2c6c2c=' }, 401, 'unauthorized'],
    ['no key', good, { authorization: '' }, 401, 'unauthorized'],
  ]
  for (const [name, toBody, headers, status, code] of refusals) {
    test(`${name}: ${status} in the envelope, and nothing is counted`, async ({ request }) => {
      const body = toBody()
      const response = await request.post('/api/v1/ingest', {
        headers: { ...BEARER, ...headers },
        data: Buffer.from(body),
      })
      expect(response.status(), (await response.text()).slice(0, 300)).toBe(status)
      expect((await response.json()).error).toMatchObject({ code, message: expect.stringMatching(/.{10}/) })
      expect(await rankingOf(request, 'e2e/never')).toBeNull()
      expect(await (await request.get('/api/health')).json()).toMatchObject({ status: 'ok' })
    })
  }

  test('an endless stream is cut at 64 MiB', async () => {
    const answer = await postChunked(endless(big(MIB), 65))
    expect(answer).toMatchObject({ status: 413, body: { error: { code: 'payload_too_large' } } })
  })

  test('a key without the scope is 403, and what it sent does not count', async ({ request }) => {
    const data = { name: 'e2e reader', scopes: ['read'] }
    const { key } = await (await request.post('/api/keys', { headers: BEARER, data })).json()
    const response = await post(request, good(), { authorization: `Bearer ${key}` })
    expect(response.status()).toBe(403)
    expect((await response.json()).error.code).toBe('forbidden')
    expect(await rankingOf(request, 'e2e/never')).toBeNull()
  })

  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
    test(`${method} is 405 and names POST`, async ({ request }) => {
      const response = await request.fetch('/api/v1/ingest', { method, headers: BEARER })
      expect(response.status()).toBe(405)
      expect(response.headers().allow).toBe('POST')
      expect((await response.json()).error.code).toBe('method_not_allowed')
    })
  }

  test('64 MiB exactly is taken', async ({ request }) => {
    const model = ownModel()
    const record = JSON.stringify(makeRecord({ id: model, model }))
    const response = await post(request, record + ' '.repeat(64 * MIB - record.length))
    expect(await response.json()).toEqual({ accepted: 1, amended: 0, duplicates: 0, rejected: [] })
    expect(await rankingOf(request, model)).toMatchObject({ requests: 1 })
  })
})
