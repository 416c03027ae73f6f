import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeRecord } from '@/lib/testing/make-record'
import { readEnvironment } from '../../platform/env.server'
import { createRecorder, type Recorder } from '../../recorder/recorder.server'
import { foldAll } from '../../testing/fold-all.server'
import { GRANULARITY_MS } from '../../time/time-buckets'
import { readLogs } from '../logs/read-logs.server'
import { logsQuery } from '../logs/schema'
import { readSessions } from './read-sessions.server'
import { type SessionRow, sessionsQuery } from './schema'

const MINUTE_MS = GRANULARITY_MS.minute
const nowMs = Date.now()

let recorder: Recorder
let client: pg.Client

beforeAll(async () => {
  const databaseUrl = readEnvironment().DATABASE_URL ?? ''
  recorder = createRecorder({ databaseUrl })
  client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' })
  await client.connect()
})

afterAll(async () => {
  await recorder.close()
  await client.end()
})

/** Seven sessions of an app, the first one last active; session n has n turns. */
function turnsOf(app: string, minutesAgo: (session: number, turn: number) => number) {
  return [1, 2, 3, 4, 5, 6, 7].flatMap((session) =>
    Array.from({ length: session }, (_, turn) =>
      makeRecord({
        startedAtMs: nowMs - minutesAgo(session, turn) * MINUTE_MS,
        sessionId: `${app}-${session}`,
        app,
        model: session % 2 === 0 ? 'acme/even' : 'acme/odd',
        costMicroUsd: turn === 0 ? null : 500,
      }),
    ),
  )
}

async function readAll(parameters: Record<string, string>): Promise<SessionRow[]> {
  const found: SessionRow[] = []
  let cursor: string | null = null
  do {
    const query = sessionsQuery.parse({
      period: '24h',
      ...parameters,
      ...(cursor === null ? {} : { cursor }),
    })
    const answer = await readSessions(query, nowMs)
    found.push(...answer.rows)
    cursor = answer.cursor
  } while (cursor !== null)
  return found
}

test('pages hold each session once, last active first, waiting or folded', async () => {
  const turns = turnsOf('folded', (session, turn) => 10 * session + turn)
  await recorder.record(turns, { apiKeyId: 0 })
  const expected = [1, 2, 3, 4, 5, 6, 7].map((session) => ({
    sessionId: `folded-${session}`,
    turns: session,
  }))
  const compact = (rows: SessionRow[]) =>
    rows.map(({ sessionId, turns: count }) => ({ sessionId, turns: count }))
  expect(compact(await readAll({ app: 'folded', limit: '3' }))).toEqual(expected)
  await foldAll(client)
  expect(compact(await readAll({ app: 'folded', limit: '2' }))).toEqual(expected)
  const even = await readAll({ app: 'folded', model: 'acme/even', limit: '1' })
  expect(even.map(({ sessionId }) => sessionId)).toEqual(['folded-2', 'folded-4', 'folded-6'])
  expect(await readAll({ app: 'nobody' })).toEqual([])
})

test('a session that goes on is one, as it is now', async () => {
  const first = makeRecord({ startedAtMs: nowMs - 30 * MINUTE_MS, sessionId: 'going-on', app: 'before' })
  await recorder.record([first], { apiKeyId: 0 })
  await foldAll(client)
  const second = makeRecord({
    startedAtMs: nowMs - 2 * MINUTE_MS,
    sessionId: 'going-on',
    app: 'after',
    model: 'acme/later',
    costMicroUsd: 700,
  })
  await recorder.record([second], { apiKeyId: 0 })
  const rows = (await readAll({ limit: '200' })).filter(({ sessionId }) => sessionId === 'going-on')
  expect(rows).toEqual([
    expect.objectContaining({
      firstAt: new Date(first.startedAtMs).toISOString(),
      lastAt: new Date(second.startedAtMs).toISOString(),
      turns: 2,
      app: 'after',
      model: 'acme/later',
      promptTokens: 200,
      costUsd: 0.0007,
      costKnownTurns: 1,
    }),
  ])
  const requests = await readLogs(logsQuery.parse({ session: 'going-on' }), nowMs)
  expect(requests.rows.map(({ startedAt }) => startedAt)).toEqual([
    new Date(second.startedAtMs).toISOString(),
    new Date(first.startedAtMs).toISOString(),
  ])
  expect(requests).toMatchObject({ from: new Date(first.startedAtMs).toISOString(), cursor: null })
})

test('an embedding lengthens its session and is listed with it, but is no turn and no session by itself', async () => {
  const at = (minutesAgo: number) => nowMs - minutesAgo * MINUTE_MS
  const embedding = { operation: 'embedding', model: 'acme/embed', app: 'indexer', costMicroUsd: 9 } as const
  const records = [
    makeRecord({ ...embedding, sessionId: 'rag', startedAtMs: at(20) }),
    makeRecord({ sessionId: 'rag', app: 'asker', startedAtMs: at(15), costMicroUsd: 700 }),
    makeRecord({ ...embedding, sessionId: 'rag', startedAtMs: at(10) }),
    makeRecord({ ...embedding, sessionId: 'only-embeddings', startedAtMs: at(10) }),
  ]
  const isOfTest = ({ sessionId }: SessionRow) => sessionId === 'rag' || sessionId === 'only-embeddings'
  const startsOf = async (session: string) =>
    (await readLogs(logsQuery.parse({ session }), nowMs)).rows.map(({ startedAt }) => Date.parse(startedAt))
  await recorder.record(records, { apiKeyId: 0 })
  for (const state of ['waiting', 'folded']) {
    if (state === 'folded') await foldAll(client)
    const rows = (await readAll({ limit: '200' })).filter(isOfTest)
    expect(rows, state).toEqual([
      expect.objectContaining({
        sessionId: 'rag',
        firstAt: new Date(at(20)).toISOString(),
        lastAt: new Date(at(10)).toISOString(),
        turns: 1,
        app: 'asker',
        model: 'acme/atlas',
        costUsd: 0.0007,
      }),
    ])
    expect(await startsOf('rag'), state).toEqual([at(10), at(15), at(20)])
    expect(await startsOf('only-embeddings'), state).toEqual([at(10)])
  }
})
