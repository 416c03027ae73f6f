import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeAttempt, makeRecord } from '@/lib/testing/make-record'
import { db } from '../../platform/db.server'
import { readEnvironment } from '../../platform/env.server'
import { createRandom, pick as pickFrom } from '../../platform/random'
import { createRecorder, type Recorder } from '../../recorder/recorder.server'
import { isTextOperation } from '../../records/operation'
import type { Attempt, RequestRecord } from '../../records/request-record'
import { CALLER_KINDS, OPERATIONS, TOOL_VERDICTS } from '../../records/vocabulary'
import { foldAll } from '../../testing/fold-all.server'
import { GRANULARITY_MS } from '../../time/time-buckets'
import { toCursor } from './cursor'
import { LOG_ERROR_FILTERS, LOG_STATUSES, LOG_VERDICT_FILTERS } from './filter-words'
import { readLogs } from './read-logs.server'
import { toRequestRef } from './request-ref'
import { resolveFilter } from './resolve-filter.server'
import { type LogsFilterParameters, logsQuery } from './schema'
import { searchFacts } from './search-facts.server'

const DAY_MS = GRANULARITY_MS.day
const nowMs = Date.now()
/** Beyond the minute rollups, which are kept for seven days. */
const DAYS = 10
const window = { fromMs: nowMs - DAYS * DAY_MS, toMs: nowMs }

const NAMES = {
  model: ['acme/atlas', 'acme/atlas-latest', 'zephyr/gale'],
  provider: ['helios', 'borealis', 'cumulus'],
  app: ['shop-bot', 'desk'],
  preset: ['tool-runner', 'writer'],
  useCase: ['coding', 'support'],
  session: ['session-1', 'session-2', 'session-3'],
  tool: ['get_weather', 'send_mail'],
} as const

let recorder: Recorder
let client: pg.Client
const records: RequestRecord[] = drawRecords(400)

beforeAll(async () => {
  const databaseUrl = readEnvironment().DATABASE_URL ?? ''
  recorder = createRecorder({ databaseUrl })
  client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' })
  await client.connect()
  // One half is folded into the rollups, the other waits in the inbox.
  await recorder.record(records.slice(0, 200), { apiKeyId: 0 })
  await foldAll(client)
  await recorder.record(records.slice(200), { apiKeyId: 0 })
  await db().$executeRaw`
    UPDATE model SET alias_of = (SELECT id FROM model WHERE slug = 'acme/atlas') WHERE slug = 'acme/atlas-latest'`
})

afterAll(async () => {
  await recorder.close()
  await client.end()
})

/** Requests with one to three attempts, in bursts, so that some hours and minutes are full and most are empty. */
function drawRecords(count: number): RequestRecord[] {
  const random = createRandom(7)
  const pick = <Value>(values: readonly Value[]): Value => pickFrom(random, values)
  const drawAttempt = (failed: boolean): Omit<Attempt, 'startedAtMs'> =>
    makeAttempt({
      provider: pick(NAMES.provider),
      ...(random() < 0.2 ? { model: pick(NAMES.model) } : {}),
      errorClass: failed ? pick(['rate_limited', 'upstream_5xx', 'timeout'] as const) : null,
      toolCalls:
        random() < 0.5
          ? null
          : Array.from({ length: Math.floor(random() * 3) }, () => ({
              name: pick(NAMES.tool),
              verdict: pick(TOOL_VERDICTS),
              detail: null,
            })),
    })
  let burstMs = window.fromMs
  return Array.from({ length: count }, () => {
    if (random() < 0.1) burstMs = window.fromMs + Math.floor(random() * (DAYS * DAY_MS - 120_000))
    const earlier = Array.from({ length: Math.floor(random() * 2.5) }, () => drawAttempt(true))
    const deciding = drawAttempt(random() < 0.3)
    const [first = deciding, ...rest] = [...earlier, deciding]
    return makeRecord({
      // Few different moments, so that many share one and only their ids order them.
      operation: random() < 0.7 ? 'chat' : pick(OPERATIONS),
      startedAtMs: burstMs + Math.floor(random() * 8) * 15_000,
      model: deciding.model ?? pick(NAMES.model),
      app: random() < 0.3 ? null : pick(NAMES.app),
      preset: random() < 0.5 ? null : pick(NAMES.preset),
      useCase: random() < 0.5 ? null : pick(NAMES.useCase),
      sessionId: random() < 0.5 ? null : pick(NAMES.session),
      callerKind: pick(CALLER_KINDS),
      toolCalls: deciding.toolCalls,
      attempts: [first, ...rest],
    })
  })
}

/** What a filter means, in the plainest words. */
function fits(record: RequestRecord, filter: LogsFilterParameters): boolean {
  const { model, provider, errorClass, verdict, tool } = filter
  const isOfTools = verdict !== undefined || tool !== undefined
  const canonical = (slug: string) => (slug === 'acme/atlas-latest' ? 'acme/atlas' : slug)
  const isModel = (slug: string) => model === undefined || canonical(slug) === canonical(model)
  const isVerdict = (one: string) =>
    verdict === undefined ||
    (verdict === 'bad' ? ['invalid_json', 'unknown_name', 'schema_mismatch'].includes(one) : one === verdict)
  const isAttempt = (attempt: Attempt) =>
    isModel(attempt.model ?? record.model) &&
    (provider === undefined || attempt.provider === provider) &&
    (errorClass === undefined ||
      (errorClass === 'any' ? attempt.errorClass !== null : attempt.errorClass === errorClass)) &&
    ((verdict === undefined && tool === undefined) ||
      (attempt.toolCalls ?? []).some(
        (call) => isVerdict(call.verdict) && (tool === undefined || call.name === tool),
      ))
  const isOfAttempt = [provider, errorClass, verdict, tool].some((value) => value !== undefined)
  const hasFailed = record.attempts.at(-1)?.errorClass !== null
  return (
    (isOfAttempt ? record.attempts.some(isAttempt) : isModel(record.model)) &&
    (!isOfTools || isTextOperation(record.operation)) &&
    (filter.operation === undefined || record.operation === filter.operation) &&
    (filter.app === undefined || record.app === filter.app) &&
    (filter.preset === undefined || record.preset === filter.preset) &&
    (filter.useCase === undefined || record.useCase === filter.useCase) &&
    (filter.session === undefined || record.sessionId === filter.session) &&
    (filter.status === undefined || hasFailed === (filter.status === 'error')) &&
    (filter.callerKind === undefined || record.callerKind === filter.callerKind)
  )
}

function expectedRefs(filter: LogsFilterParameters, { fromMs, toMs } = window): string[] {
  return records
    .filter(({ startedAtMs }) => startedAtMs >= fromMs && startedAtMs < toMs)
    .filter((record) => fits(record, filter))
    .sort((a, b) => b.startedAtMs - a.startedAtMs || (a.id < b.id ? 1 : -1))
    .map(({ startedAtMs, id }) => toRequestRef({ startedAtMs, id }))
}

/** Every page of a filter, one after the other. */
async function searchAll({
  filter,
  limit,
  mostFacts,
  within = window,
}: {
  filter: LogsFilterParameters
  limit: number
  mostFacts: number
  within?: typeof window
}): Promise<string[]> {
  const conditions = await resolveFilter(filter)
  if (conditions === null) return []
  const found: string[] = []
  let after: Parameters<typeof searchFacts>[0]['after'] = null
  do {
    const { keys, next } = await searchFacts({ window: within, conditions, after, limit, nowMs, mostFacts })
    expect(keys.length).toBeLessThanOrEqual(limit)
    expect(next === null || after === null || toCursor(next) !== toCursor(after)).toBe(true)
    found.push(...keys.map(toRequestRef))
    after = next
  } while (after !== null)
  return found
}

const maybe = <Value extends string>(values: readonly Value[]) =>
  fc.option(fc.constantFrom(...values), { nil: undefined, freq: 5 })
const anyFilter: fc.Arbitrary<LogsFilterParameters> = fc.record({
  model: maybe(NAMES.model),
  provider: maybe(NAMES.provider),
  app: maybe(NAMES.app),
  preset: maybe(NAMES.preset),
  useCase: maybe(NAMES.useCase),
  session: maybe(NAMES.session),
  operation: maybe(OPERATIONS),
  status: maybe(LOG_STATUSES),
  errorClass: maybe(LOG_ERROR_FILTERS),
  callerKind: maybe(CALLER_KINDS),
  verdict: maybe(LOG_VERDICT_FILTERS),
  tool: maybe(NAMES.tool),
  key: fc.constant(undefined),
})
/** Of any filter at most three fields, so that most find something. */
const fewFields = fc
  .tuple(
    anyFilter,
    fc.shuffledSubarray(
      Object.keys(NAMES).concat('operation', 'status', 'errorClass', 'callerKind', 'verdict'),
      {
        maxLength: 3,
      },
    ),
  )
  .map(([filter, fields]): LogsFilterParameters => {
    const kept = Object.entries(filter).filter(([name]) => fields.includes(name))
    // Fields of a filter stay fields of a filter.
    return Object.fromEntries(kept) as LogsFilterParameters
  })

const ONE_FIELD: LogsFilterParameters[] = [
  ...Object.entries(NAMES).flatMap(([field, names]) => names.map((name) => ({ [field]: name }))),
  ...OPERATIONS.map((operation) => ({ operation })),
  ...LOG_STATUSES.map((status) => ({ status })),
  ...LOG_ERROR_FILTERS.map((errorClass) => ({ errorClass })),
  ...CALLER_KINDS.map((callerKind) => ({ callerKind })),
  ...LOG_VERDICT_FILTERS.map((verdict) => ({ verdict })),
]

test.each(ONE_FIELD)('%j finds what it should, page by page', async (filter) => {
  expect(await searchAll({ filter, limit: 25, mostFacts: 60 })).toEqual(expectedRefs(filter))
})

test('pages through any filter hold each matching request exactly once, newest first', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fewFields,
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom(1, 20, 100_000),
      async (filter, limit, mostFacts) => {
        expect(await searchAll({ filter, limit, mostFacts })).toEqual(expectedRefs(filter))
      },
    ),
    { numRuns: 60 },
  )
})

test('a window cuts through hours and minutes to the millisecond', { timeout: 60_000 }, async () => {
  const moment = fc.integer({ min: window.fromMs, max: window.toMs })
  await fc.assert(
    fc.asyncProperty(fewFields, moment, moment, async (filter, a, b) => {
      const within = { fromMs: Math.min(a, b), toMs: Math.max(a, b) + 1 }
      expect(await searchAll({ filter, limit: 40, mostFacts: 50, within })).toEqual(
        expectedRefs(filter, within),
      )
    }),
    { numRuns: 30 },
  )
})

test('a failure that failover hid is found by its provider and class', async () => {
  const startedAtMs = nowMs - 5 * GRANULARITY_MS.minute
  const hidden = makeRecord({
    startedAtMs,
    model: 'hidden/model',
    attempts: [
      makeAttempt({ provider: 'hidden-first', errorClass: 'auth', httpStatus: 401 }),
      makeAttempt({ provider: 'hidden-second' }),
    ],
  })
  await recorder.record([hidden], { apiKeyId: 0 })
  await db().provider.update({ where: { slug: 'hidden-first' }, data: { name: 'Hidden First' } })
  const refs = async (filter: Record<string, string>) =>
    (await readLogs(logsQuery.parse({ period: '24h', ...filter }), nowMs)).rows.map((row) => row.ref)
  const ref = toRequestRef(hidden)
  expect(await refs({ provider: 'hidden-first', errorClass: 'auth' })).toEqual([ref])
  expect(await refs({ provider: 'hidden-first', errorClass: 'any', status: 'ok' })).toEqual([ref])
  expect(await refs({ provider: 'hidden-second', errorClass: 'auth' })).toEqual([])
  expect(await refs({ model: 'hidden/model', status: 'error' })).toEqual([])
  const { rows } = await readLogs(logsQuery.parse({ period: '24h', model: 'hidden/model' }), nowMs)
  expect(rows[0]).toMatchObject({
    provider: 'hidden-second',
    providerName: 'hidden-second',
    attempts: 2,
    errorClass: null,
    earlierAttempts: [
      {
        provider: 'hidden-first',
        providerName: 'Hidden First',
        model: 'hidden/model',
        errorClass: 'auth',
        httpStatus: 401,
      },
    ],
  })
})

test('names that nothing has give an empty answer', async () => {
  for (const field of ['model', 'provider', 'app', 'key', 'preset', 'useCase', 'session', 'tool']) {
    const answer = await readLogs(logsQuery.parse({ period: '24h', [field]: 'nobody/nothing' }), nowMs)
    expect(answer).toMatchObject({ rows: [], cursor: null, searchedTo: answer.from })
  }
})

test('a window whose facts retention dropped says until when', async () => {
  await db().$executeRaw`INSERT INTO fact_day (day, dropped_at) VALUES ('2026-01-05', now())`
  const readWindow = (from: string, to: string) => readLogs(logsQuery.parse({ from, to }), nowMs)
  expect(await readWindow('2026-01-04T00:00:00Z', '2026-01-08T00:00:00Z')).toMatchObject({
    rows: [],
    cursor: null,
    droppedBefore: '2026-01-06T00:00:00.000Z',
  })
  expect(await readWindow('2026-01-06T00:00:00Z', '2026-01-08T00:00:00Z')).toMatchObject({
    droppedBefore: null,
  })
  expect(await readWindow('2026-01-05T12:00:00Z', '2026-01-05T13:00:00Z')).toMatchObject({
    droppedBefore: '2026-01-06T00:00:00.000Z',
  })
})
