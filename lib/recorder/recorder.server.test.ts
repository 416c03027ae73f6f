import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readRankings } from '../analytics/rankings/read-rankings.server'
import { rankingsQuery } from '../analytics/rankings/schema'
import { readUsage } from '../analytics/usage/read-usage.server'
import { usageQuery } from '../analytics/usage/schema'
import { db } from '../platform/db.server'
import { readEnvironment } from '../platform/env.server'
import { AppError } from '../platform/errors'
import { isTextOperation } from '../records/operation'
import type { RequestRecord } from '../records/request-record'
import { turnRangeIndex } from '../records/session-turns'
import { CALLER_KINDS, ERROR_CLASSES, OPERATIONS, TOOL_VERDICTS } from '../records/vocabulary'
import { foldAll } from '../testing/fold-all.server'
import { makeAttempt, makeRecord, makeRecords } from '../testing/make-record'
import { readPanelRollups, readSessions } from '../testing/panel-rollups.server'
import { recountPanels, recountSessions } from '../testing/recount-panels'
import { GRANULARITY_MS } from '../time/time-buckets'
import { foldOnce } from './folder.server'
import { histogramBin, readHistogram } from './histogram'
import { type RebuiltDay, rebuildRollups } from './rebuild.server'
import { createRecorder, type Recorder } from './recorder.server'
import { reopenDays } from './reopen-days.server'
import { applyRetention } from './retention.server'
import { UNKNOWN_COST_BIN } from './session-sql'

const DAY_MS = GRANULARITY_MS.day
/** Noon of today, which the clock goes on from: what is kept by the hour and minute moves at midnight. */
const nowMs = Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS / 2
const databaseUrl = readEnvironment().DATABASE_URL ?? ''

let client: pg.Client
let recorder: Recorder
let runs = 0

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: nowMs, shouldAdvanceTime: true })
  client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' })
  await client.connect()
  recorder = createRecorder({ databaseUrl })
})

afterAll(async () => {
  await recorder.close()
  await client.end()
  vi.useRealTimers()
})

/** Times on both sides of every boundary that decides how a record is summed: now, yesterday, past each horizon. */
const startedAt = fc
  .tuple(fc.constantFrom(0, 1, 6, 7, 8, 30, 399, 400, 401), fc.integer({ min: 0, max: DAY_MS - 1 }))
  .map(([daysAgo, ms]) => Math.min(nowMs, Math.floor(nowMs / DAY_MS) * DAY_MS - daysAgo * DAY_MS + ms))

const tokens = fc.option(fc.integer({ min: 0, max: 50_000 }))

const attempt = fc.record({
  provider: fc.constantFrom('helios', 'borealis', null),
  errorClass: fc.option(fc.constantFrom(...ERROR_CLASSES)),
  timeToFirstTokenMs: fc.option(fc.integer({ min: 0, max: 60_000 })),
  durationMs: fc.option(fc.integer({ min: 0, max: 600_000 })),
  toolCalls: fc.option(
    fc.array(
      fc.record({
        name: fc.constantFrom('get_weather', 'search'),
        verdict: fc.constantFrom(...TOOL_VERDICTS),
        detail: fc.constant(null),
      }),
      { maxLength: 3 },
    ),
  ),
  costMicroUsd: fc.option(fc.integer({ min: 0, max: 500_000 })),
})

const recordShape = fc.record({
  startedAtMs: startedAt,
  operation: fc.oneof({ weight: 3, arbitrary: fc.constant('chat' as const) }, fc.constantFrom(...OPERATIONS)),
  model: fc.constantFrom('atlas', 'nova', 'quark'),
  app: fc.constantFrom('shop-bot', 'notes\t"tabbed"', null),
  useCase: fc.constantFrom('coding', null),
  sessionId: fc.constantFrom('one', 'two\\', null),
  callerKind: fc.constantFrom(...CALLER_KINDS),
  promptTokens: tokens,
  completionTokens: tokens,
  costMicroUsd: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
  toolsOffered: fc.option(fc.integer({ min: 0, max: 3 })),
  attempts: fc.array(attempt, { minLength: 1, maxLength: 3 }),
})

/** What happens to the records: indexes sent together, with repetitions, and folds in between. */
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.array(fc.nat(), { maxLength: 25 }).map((indexes) => ({ send: indexes })) },
    { weight: 1, arbitrary: fc.constant({ fold: true as const }) },
  ),
  { minLength: 1, maxLength: 8 },
)

const wholeWindow = { fromMs: nowMs - 500 * DAY_MS, toMs: nowMs + DAY_MS }
const wholeTime = {
  from: new Date(wholeWindow.fromMs).toISOString(),
  to: new Date(wholeWindow.toMs).toISOString(),
}

/** Everything the APIs say about one run's models, which nobody else in this database uses. */
async function answersFor(run: string) {
  const usage = await readUsage(
    usageQuery.parse({ by: 'author', granularity: 'day', limit: 100, ...wholeTime }),
    {
      nowMs,
      showCost: true,
    },
  )
  return {
    models: await rankedModels(run),
    embeddings: await rankedModels(run, 'embedding'),
    everything: await rankedModels(run, 'all'),
    days: usage.series.find((series) => series.key === run)?.points ?? [],
    panels: await readPanelRollups({ run, window: wholeWindow, nowMs }),
  }
}

async function rankedModels(run: string, operation?: 'embedding' | 'all') {
  const query = rankingsQuery.parse({ by: 'model', operation, ...wholeTime })
  const { rows } = await readRankings(query, nowMs)
  return rows
    .filter((row) => row.key.startsWith(`${run}/`))
    .map(({ key, requests, promptTokens, completionTokens }) => ({
      key,
      requests,
      promptTokens,
      completionTokens,
    }))
    .sort((a, b) => a.key.localeCompare(b.key))
}

/** The same, counted by hand from the records. */
function recount(records: readonly RequestRecord[]) {
  const sum = (of: readonly RequestRecord[], value: (record: RequestRecord) => number | null) =>
    of.reduce((total, record) => total + (value(record) ?? 0), 0)
  const modelsOf = (of: readonly RequestRecord[]) =>
    [...new Set(of.map((record) => record.model))].sort().map((key) => {
      const own = of.filter((record) => record.model === key)
      return {
        key,
        requests: own.length,
        promptTokens: sum(own, (record) => record.promptTokens),
        completionTokens: sum(own, (record) => record.completionTokens),
      }
    })
  const texts = records.filter(({ operation }) => isTextOperation(operation))
  const dayOf = (record: RequestRecord) => new Date(record.startedAtMs).toISOString().slice(0, 10)
  const days = [...new Set(texts.map(dayOf))].sort().map((day) => {
    const own = texts.filter((record) => dayOf(record) === day)
    const promptTokens = sum(own, (record) => record.promptTokens)
    const completionTokens = sum(own, (record) => record.completionTokens)
    const isCostKnown = own.some((record) => record.costMicroUsd !== null)
    return {
      start: `${day}T00:00:00.000Z`,
      requests: own.length,
      promptTokens,
      completionTokens,
      totalTokens: promptTokens + completionTokens,
      costUsd: isCostKnown ? sum(own, (record) => record.costMicroUsd) / 1_000_000 : null,
    }
  })
  return {
    models: modelsOf(texts),
    embeddings: modelsOf(records.filter(({ operation }) => operation === 'embedding')),
    everything: modelsOf(records),
    days,
    panels: recountPanels(records),
  }
}

/** What session_cost_day must say of all in `session` that have had a turn. */
async function recountSessionCosts() {
  const sessions = await db().session.findMany({ where: { turns: { gt: 0 } } })
  const classes = new Map<string, number>()
  for (const { firstAt, turns, costKnown, costMicroUsd } of sessions) {
    const bin = costKnown === turns ? histogramBin(Number(costMicroUsd)) : UNKNOWN_COST_BIN
    const key = [firstAt.toISOString().slice(0, 10), turnRangeIndex(turns), bin].join(' ')
    classes.set(key, (classes.get(key) ?? 0) + 1)
  }
  return classes
}

async function readSessionCosts() {
  const { rows } = await client.query<{ key: string; sessions: number }>(
    "SELECT concat_ws(' ', day, turn_range, cost_bin) AS key, sessions FROM session_cost_day WHERE sessions <> 0",
  )
  return new Map(rows.map((row) => [row.key, row.sessions]))
}

/** A table's rows; of histograms what they hold, in whatever pieces. */
async function contentOf(table: string): Promise<string[]> {
  const { rows } = await client.query<Record<string, unknown>>(`SELECT * FROM ${table}`)
  const readValue = (value: unknown) =>
    Array.isArray(value) ? [...readHistogram(value.map(Number))] : String(value)
  return rows
    .filter((row) => row.sessions !== 0)
    .map((row) => JSON.stringify(Object.values(row).map(readValue)))
    .sort()
}

/** Rebuilds every day that has facts. */
async function rebuildAllDays(): Promise<RebuiltDay[]> {
  const rebuilt: RebuiltDay[] = []
  const { rows } = await client.query<{ day: Date }>('SELECT day::timestamptz AS day FROM fact_day')
  for (const { day } of rows) {
    const window = { fromMs: day.getTime(), toMs: day.getTime() + DAY_MS }
    for await (const one of rebuildRollups(client, window)) rebuilt.push(one)
  }
  return rebuilt
}

describe('the recorder', () => {
  test('answers exactly what was sent once, whatever the order, repetition, lateness and folding', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(recordShape, { minLength: 1, maxLength: 30 }),
        steps,
        async (shapes, plan) => {
          runs += 1
          const run = `run${runs}`
          const records = shapes.map(({ attempts, ...shape }) => {
            const [first, ...rest] = attempts.map(({ provider, toolCalls, ...one }) =>
              makeAttempt({
                ...one,
                provider: provider && `${run}/${provider}`,
                toolCalls: toolCalls?.map((call) => ({ ...call, name: `${run}/${call.name}` })) ?? null,
              }),
            )
            return makeRecord({
              ...shape,
              model: `${run}/${shape.model}`,
              sessionId: shape.sessionId && `${run}/${shape.sessionId}`,
              toolCalls: (rest.at(-1) ?? first)?.toolCalls ?? null,
              attempts: [first ?? makeAttempt(), ...rest],
            })
          })
          const sent = new Set<RequestRecord>()
          for (const step of plan) {
            if ('fold' in step) {
              await foldOnce(client)
              continue
            }
            const batch = step.send
              .map((index) => records[index % records.length])
              .filter((one) => one !== undefined)
            const before = sent.size
            for (const one of batch) sent.add(one)
            const result = await recorder.record(batch, { apiKeyId: 1 })
            expect(result.accepted).toBe(sent.size - before)
            expect(result.duplicates).toBe(batch.length - result.accepted)
          }
          const expected = recount([...sent])
          expect(await answersFor(run)).toEqual(expected)
          await foldAll(client)
          expect(await answersFor(run)).toEqual(expected)
          expect(await readSessions(run)).toEqual(recountSessions([...sent]))
        },
      ),
      { numRuns: 20 },
    )
  })

  test('counts each session under the day, length and cost that it has by now', async () => {
    const counted = await readSessionCosts()
    expect(counted).toEqual(await recountSessionCosts())
    expect([...counted.keys()].some((key) => !key.endsWith(String(UNKNOWN_COST_BIN)))).toBe(true)
  })

  test('finds nothing to correct when the rollups of all those days are rebuilt', async () => {
    const rebuilt = await rebuildAllDays()
    expect(rebuilt.filter((day) => day.changed)).toEqual([])
    expect(rebuilt.some((day) => day.requests > 0)).toBe(true)
  })

  test.each([
    ['usage_day', 'requests = requests + 5'],
    ['usage_hour', 'prompt_tokens = prompt_tokens + 5'],
    ['endpoint_hour', 'attempts = attempts + 5'],
    ['provider_hour', 'ok = ok + 1'],
    ['provider_day', "time_to_first_token_ms = '{}'"],
    ['provider_week', 'attempts = attempts + 5'],
    ['endpoint_tool_hour', 'tools_offered = tools_offered + 1'],
    ['endpoint_tool_week', 'bad_tool_call_attempts = bad_tool_call_attempts + 1'],
    ['model_usage_hour', 'cost_micro_usd = 0'],
    ['model_usage_day', 'requests = requests + 5'],
    ['tool_hour', 'calls_valid = calls_valid + 1'],
    ['tool_day', 'calls_unknown = calls_unknown + 1'],
    ['session', "last_at = last_at + interval '1 minute', turns = turns + 1"],
    ['session', "first_at = first_at + interval '1 hour'"],
    ['session', "newest_at = newest_at + interval '1 minute'"],
    ['session_cost_day', 'sessions = sessions + 1'],
  ])('repairs %s when %s', async (table, damage) => {
    const before = await contentOf(table)
    await client.query(`UPDATE ${table} SET ${damage}`)
    expect(await contentOf(table)).not.toEqual(before)
    expect((await rebuildAllDays()).some((day) => day.changed)).toBe(true)
    expect(await contentOf(table)).toEqual(before)
    expect((await rebuildAllDays()).filter((day) => day.changed)).toEqual([])
  })

  test('brings back sessions that are gone, each from its own first day on', async () => {
    const [sessions, costs] = [await contentOf('session'), await contentOf('session_cost_day')]
    await client.query('DELETE FROM session')
    await client.query('DELETE FROM session_cost_day')
    await rebuildAllDays()
    expect(await contentOf('session')).toEqual(sessions)
    expect(await contentOf('session_cost_day')).toEqual(costs)
  })

  test('counts a record once when two processes write it at the same time', async () => {
    const other = createRecorder({ databaseUrl })
    const records = makeRecords(500, { startedAtMs: nowMs, model: 'race/one' })
    const results = await Promise.all([
      recorder.record(records, { apiKeyId: 1 }),
      other.record(records.toReversed(), { apiKeyId: 1 }),
      recorder.record(records.slice(100, 300), { apiKeyId: 1 }),
    ])
    await other.close()
    expect(results.reduce((sum, result) => sum + result.accepted, 0)).toBe(500)
    expect((await answersFor('race')).models).toEqual([
      { key: 'race/one', requests: 500, promptTokens: 50_000, completionTokens: 5000 },
    ])
  })

  test('loses and repeats nothing when its connections are cut while it writes', async () => {
    const records = makeRecords(30_000, { startedAtMs: nowMs, model: 'cut/one' })
    const writing = recorder.record(records, { apiKeyId: 1 })
    for (let cut = 0; cut < 3; cut++) {
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'sightglass-recorder' AND datname = current_database()`,
      )
    }
    const { accepted, duplicates } = await writing
    expect(accepted + duplicates).toBe(30_000)
    expect((await answersFor('cut')).models[0]?.requests).toBe(30_000)
  })

  test('refuses records of a day whose facts retention has dropped, and takes the others', async () => {
    const oldMs = nowMs - 200 * DAY_MS
    const old = makeRecord({ startedAtMs: oldMs, model: 'retained/one' })
    await recorder.record([old], { apiKeyId: 1 })
    await foldAll(client)
    await client.query('UPDATE fact_day SET created_at = $2 WHERE day = $1', [
      new Date(oldMs),
      new Date(nowMs - 31 * DAY_MS),
    ])
    const dropped = await applyRetention(client, { nowMs, elapsedMs: 0 })
    expect(dropped).toEqual([new Date(oldMs).toISOString().slice(0, 10)])

    // A recorder that has not seen the day yet, like one started after the drop.
    const later = createRecorder({ databaseUrl })
    const fresh = makeRecord({ startedAtMs: nowMs, model: 'retained/one' })
    const result = await later.record([fresh, old], { apiKeyId: 1 })
    await later.close()
    expect(result).toEqual({ accepted: 1, amended: 0, waiting: 0, duplicates: 0, refused: [1] })
    expect((await answersFor('retained')).models[0]?.requests).toBe(2)

    const rebuild = rebuildRollups(client, { fromMs: oldMs, toMs: oldMs + 1 })
    await expect(rebuild.next()).rejects.toMatchObject({ code: 'conflict' })

    const days = { fromMs: oldMs, toMs: oldMs + 1 }
    expect(await reopenDays(client, days)).toEqual(dropped)
    expect(await reopenDays(client, days)).toEqual([])
    const late = makeRecord({ startedAtMs: oldMs, model: 'retained/one' })
    expect(await recorder.record([late], { apiKeyId: 1 })).toMatchObject({ accepted: 1, refused: [] })
    expect((await answersFor('retained')).models[0]?.requests).toBe(3)
    await expect(rebuildRollups(client, days).next()).rejects.toMatchObject({ code: 'conflict' })
  })

  test('says when it is full instead of taking more than it can hold', async () => {
    const stuck = createRecorder({ databaseUrl: 'postgresql://nobody@127.0.0.1:1/none', giveUpAfterMs: 300 })
    const one = makeRecord({ startedAtMs: nowMs })
    const first = stuck.record(new Array(200_000).fill(one), { apiKeyId: 1 })
    const refused = await stuck.record([one], { apiKeyId: 1 }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(AppError)
    expect(refused).toMatchObject({ code: 'unavailable', retryAfterSeconds: 1 })
    await expect(first).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 5 })
    await stuck.close()
    await expect(stuck.record([one], { apiKeyId: 1 })).rejects.toMatchObject({ code: 'unavailable' })
  })
})
