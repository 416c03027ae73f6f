import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readEnvironment } from '../platform/env.server'
import { asStored, mergeRecords, saysTheSame } from '../records/merge-records'
import type { RequestRecord } from '../records/request-record'
import { CALLER_KINDS, ERROR_CLASSES, OPERATIONS, TOOL_VERDICTS } from '../records/vocabulary'
import { foldAll } from '../testing/fold-all.server'
import { makeAttempt, makeBareRecord, makeRecord } from '../testing/make-record'
import { readSessions } from '../testing/panel-rollups.server'
import { recountSessions } from '../testing/recount-panels'
import { GRANULARITY_MS } from '../time/time-buckets'
import { foldOnce } from './folder.server'
import { readStored } from './read-stored.server'
import { rebuildRollups } from './rebuild.server'
import { createRecorder, type Recorder } from './recorder.server'

const DAY_MS = GRANULARITY_MS.day
const nowMs = Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS / 2
const databaseUrl = readEnvironment().DATABASE_URL ?? ''

let client: pg.Client
/** Two servers on one database. */
let recorders: [Recorder, Recorder]
let runs = 0

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: nowMs, shouldAdvanceTime: true })
  client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' })
  await client.connect()
  recorders = [createRecorder({ databaseUrl }), createRecorder({ databaseUrl })]
})

afterAll(async () => {
  await Promise.all(recorders.map((recorder) => recorder.close()))
  await client.end()
  vi.useRealTimers()
})

const count = fc.option(fc.integer({ min: 0, max: 5000 }))
const attempt = fc.record({
  provider: fc.constantFrom('helios', 'borealis', null),
  errorClass: fc.option(fc.constantFrom(...ERROR_CLASSES)),
  timeToFirstTokenMs: count,
  durationMs: count,
  toolCalls: fc.option(
    fc.array(
      fc.record({
        name: fc.constantFrom('get_weather', 'search'),
        verdict: fc.constantFrom(...TOOL_VERDICTS),
        detail: fc.constantFrom(null, 'a "detail"\n\\'),
      }),
      { maxLength: 2 },
    ),
  ),
  costMicroUsd: fc.option(fc.integer({ min: 0, max: 500 })),
})

/** What one statement says of one of a few requests: today, yesterday or before, in this session or that. */
const statement = fc.record({
  request: fc.integer({ min: 0, max: 4 }),
  startedAtMs: fc.constantFrom(0, 1, 2).map((daysAgo) => nowMs - daysAgo * DAY_MS - 60_482),
  onSameId: fc.constantFrom('replace' as const, 'merge' as const),
  operation: fc.constantFrom('chat' as const, ...OPERATIONS),
  model: fc.constantFrom('atlas', 'nova'),
  app: fc.constantFrom('shop', 'notes', null),
  sessionId: fc.constantFrom('one', 'two', null),
  endUser: fc.constantFrom('ann', null),
  callerKind: fc.constantFrom(...CALLER_KINDS),
  promptTokens: count,
  cachedTokens: count,
  completionTokens: count,
  promptParts: fc.option(
    fc.integer({ min: 0, max: 9 }).map((tokens) => ({
      system: tokens,
      toolDefinitions: 1,
      mcpToolDefinitions: 0,
      skills: 0,
      toolResults: 2,
      userText: 3,
      assistantHistory: 0,
    })),
  ),
  costMicroUsd: fc.option(fc.integer({ min: 0, max: 1000 })),
  toolsOffered: fc.option(fc.integer({ min: 0, max: 2 })),
  joined: fc.constantFrom<string[] | undefined>(undefined, ['sdk "a"'], ['gate\\way']),
  attempts: fc.array(attempt, { minLength: 1, maxLength: 3 }),
})

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        send: fc.array(statement, { maxLength: 8 }),
        by: fc.constantFrom(0 as const, 1 as const),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ fold: true as const }) },
  ),
  { minLength: 1, maxLength: 6 },
)

type Statement = typeof statement extends fc.Arbitrary<infer T> ? T : never

function toRecord(run: string, { request, attempts, joined, ...said }: Statement): RequestRecord {
  const made = attempts.map(({ provider, ...one }) =>
    makeAttempt({ ...one, provider: provider && `${run}/${provider}`, finishReason: 'tool_calls' }),
  )
  const [first = makeAttempt(), ...rest] = made
  return makeRecord({
    ...said,
    ...(joined ? { joined } : {}),
    externalId: `${run}/${request}`,
    finishReason: 'tool_calls',
    model: `${run}/${said.model}`,
    sessionId: said.sessionId && `${run}/${said.sessionId}`,
    costSource: said.costMicroUsd === null ? null : 'reported',
    toolCalls: (rest.at(-1) ?? first).toolCalls,
    attempts: [first, ...rest],
  })
}

async function changedDays(): Promise<string[]> {
  const changed: string[] = []
  for await (const day of rebuildRollups(client, { fromMs: nowMs - 2 * DAY_MS, toMs: nowMs }))
    if (day.changed) changed.push(day.day)
  return changed
}

describe('statements of requests', () => {
  test('whatever they say, in whatever order: facts, sessions and rollups are as of what is known last', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const run = `amended-${runs++}`
        const known = new Map<string, RequestRecord>()
        for (const step of plan) {
          if ('fold' in step) {
            await foldOnce(client)
            continue
          }
          const records = step.send.map((one) => toRecord(run, one))
          const expected = { accepted: 0, amended: 0, duplicates: 0 }
          for (const record of records) {
            const before = known.get(record.id)
            const after = before ? mergeRecords(before, record) : record
            if (before === undefined) expected.accepted += 1
            else if (saysTheSame(before, after)) expected.duplicates += 1
            else expected.amended += 1
            if (before === undefined || !saysTheSame(before, after)) known.set(record.id, asStored(after))
          }
          expect(await recorders[step.by].record(records, { apiKeyId: 1 })).toMatchObject(expected)
        }
        const stored = await readStored(client, [...known.keys()])
        expect(new Map(Array.from(stored, ([id, { record }]) => [id, asStored(record)]))).toEqual(known)
        await foldAll(client)
        expect(await readSessions(run)).toEqual(recountSessions([...known.values()]))
      }),
      { numRuns: 25 },
    )
  }, 120_000)

  test('leave rollups that a rebuild does not change', async () => {
    expect(await changedDays()).toEqual([])
    const facts = await client.query<{ facts: number; ids: number }>(
      'SELECT count(*)::int AS facts, count(DISTINCT id)::int AS ids FROM request_log',
    )
    expect(facts.rows[0]?.facts).toBe(facts.rows[0]?.ids)
    expect(facts.rows[0]?.facts).toBeGreaterThan(0)
  })

  test('a start that differs is no other request, on another day and after a restart either', async () => {
    const one = makeRecord({ externalId: 'moved', startedAtMs: nowMs - 482, model: 'moved/one' })
    const [recorder] = recorders
    expect(await recorder.record([one], { apiKeyId: 1 })).toMatchObject({ accepted: 1 })
    const rounded = { ...one, startedAtMs: Math.floor(one.startedAtMs / 1000) * 1000 }
    expect(await recorder.record([rounded], { apiKeyId: 1 })).toMatchObject({ duplicates: 1 })
    const restarted = createRecorder({ databaseUrl })
    const yesterday = { ...one, startedAtMs: nowMs - DAY_MS - 5 }
    expect(await restarted.record([yesterday], { apiKeyId: 1 })).toMatchObject({ accepted: 0, amended: 1 })
    await restarted.close()
    const found = await client.query('SELECT started_at FROM request_log WHERE id = $1', [one.id])
    expect(found.rows).toEqual([{ started_at: new Date(yesterday.startedAtMs) }])
    expect(await changedDays()).toEqual([])
  })

  test('of one request by two servers at the same time are all heard', async () => {
    const externalIds = Array.from({ length: 200 }, (_, index) => `race-${index}`)
    const of = (said: Partial<RequestRecord>) =>
      externalIds.map((externalId) =>
        makeBareRecord({ externalId, startedAtMs: nowMs - 1, model: 'raced/one', ...said }),
      )
    const results = await Promise.all([
      recorders[0].record(of({ promptTokens: 10 }), { apiKeyId: 1 }),
      recorders[1].record(of({ completionTokens: 2 }), { apiKeyId: 1 }),
      recorders[0].record(of({ app: 'raced-app' }), { apiKeyId: 1 }),
    ])
    const sum = (name: 'accepted' | 'amended') => results.reduce((total, result) => total + result[name], 0)
    expect([sum('accepted'), sum('amended')]).toEqual([200, 400])
    const told = await client.query(
      `SELECT count(*)::int AS facts, sum(prompt_tokens)::int AS prompt, sum(completion_tokens)::int AS completion
       FROM request_log JOIN app ON app.id = app_id WHERE app.slug = 'raced-app'`,
    )
    expect(told.rows).toEqual([{ facts: 200, prompt: 2000, completion: 400 }])
    expect(await changedDays()).toEqual([])
  })
})
