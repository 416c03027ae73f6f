import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WireRecord } from '../../formats/sightglass/schema'
import { db } from '../../platform/db.server'
import { type RecordedTraffic, recordTraffic } from '../../testing/recorded-traffic.server'
import { horizonsAt } from '../../time/horizons'
import { GRANULARITY_MS } from '../../time/time-buckets'
import { readAnatomy } from './anatomy/read-anatomy.server'
import { readCallers } from './callers/read-callers.server'
import { readContextLengths } from './context-lengths/read-context-lengths.server'
import { readSessions } from './sessions/read-sessions.server'
import { readShare } from './share/read-share.server'

const DAY_MS = GRANULARITY_MS.day
const HOUR_MS = GRANULARITY_MS.hour
const nowMs = Date.now()
const today = Math.floor(nowMs / DAY_MS) * DAY_MS
/** Day 0 lies 20 days back, where hours are kept and minutes are not. */
const dayAt = (index: number) => today + (index - 20) * DAY_MS
const isoDay = (index: number) => new Date(dayAt(index)).toISOString().slice(0, 10)
const windowOf = (from: number, to: number) => ({
  from: new Date(dayAt(from)).toISOString(),
  to: new Date(dayAt(to)).toISOString(),
})

let traffic: RecordedTraffic
let sent = 0

const PERSON: Partial<WireRecord> = {
  app: 'desk',
  callerKind: 'human',
  promptTokens: 900,
  completionTokens: 100,
  promptParts: { system: 300, userText: 600 },
  cachedTokens: 0,
  reasoningTokens: 0,
}
const AGENT: Partial<WireRecord> = {
  app: 'bot',
  callerKind: 'agentic',
  promptTokens: 9_000,
  completionTokens: 1_000,
  cachedTokens: 6_000,
  reasoningTokens: 400,
  promptParts: { system: 1_000, toolDefinitions: 2_000, mcpToolDefinitions: 1_500, toolResults: 4_500 },
}

function requests(count: number, day: number, overrides: Partial<WireRecord>): WireRecord[] {
  return Array.from({ length: count }, () => {
    sent += 1
    return {
      id: `agents-${sent}`,
      source: 'test',
      startedAt: new Date(dayAt(day) + 10 * HOUR_MS + sent).toISOString(),
      model: 'acme/atlas',
      provider: 'helios',
      httpStatus: 200,
      ...overrides,
    }
  })
}

beforeAll(async () => {
  traffic = await recordTraffic()
  await traffic.send([
    // Days 0 to 6: 5,000 tokens a day of people. Days 7 to 9: 20,000 of agents. The trailing week tips on day 8:
    // 40,000 against 25,000; on day 7 it is 20,000 against 30,000.
    ...[0, 1, 2, 3, 4, 5, 6].flatMap((day) => requests(5, day, PERSON)),
    ...[7, 8, 9].flatMap((day) => requests(2, day, AGENT)),
    // Day 9: two requests of which the log says little.
    ...requests(2, 9, { app: 'pipe' }),
    // Day 9: an app between both, by tokens.
    ...requests(1, 9, {
      ...AGENT,
      app: 'mill',
      promptTokens: 1_000,
      completionTokens: 0,
      promptParts: null,
      cachedTokens: null,
      reasoningTokens: null,
    }),
    ...requests(1, 9, { ...PERSON, app: 'mill' }),
  ])
})

afterAll(() => traffic.close())

describe.each([
  ['while sums wait to be folded', async () => undefined],
  ['once they are folded', () => traffic.fold()],
])('%s', (_, prepare) => {
  beforeAll(prepare)

  test('requests and tokens are told by kind and by day, with the day agents overtook people', async () => {
    const answer = await readShare({ ...windowOf(6, 10), granularity: 'day', format: 'json' }, nowMs)
    expect(answer.totals).toEqual({
      agentic: { requests: 7, totalTokens: 61_000 },
      human: { requests: 6, totalTokens: 6_000 },
      unknown: { requests: 2, totalTokens: 0 },
      crossover: isoDay(8),
    })
    expect(answer.points).toHaveLength(4)
    expect(answer.points[3]).toEqual({
      start: `${isoDay(9)}T00:00:00.000Z`,
      agentic: { requests: 3, totalTokens: 21_000 },
      human: { requests: 1, totalTokens: 1_000 },
      unknown: { requests: 2, totalTokens: 0 },
    })
    expect(answer.agenticTokenShare).toEqual({
      value: 61_000 / 67_000,
      previous: 0,
      change: expect.closeTo(61_000 / 67_000, 12),
    })
    expect(answer.agenticRequestShare.value).toBeCloseTo(7 / 15, 12)
  })

  test('days before the window count into its trailing weeks, days after it do not', async () => {
    const crossoverOf = async (from: number, to: number) => {
      const answer = await readShare({ ...windowOf(from, to), granularity: 'day', format: 'json' }, nowMs)
      return answer.totals.crossover
    }
    expect(await crossoverOf(9, 10)).toBe(isoDay(8))
    expect(await crossoverOf(7, 8)).toBeNull()
    expect(await crossoverOf(7, 9)).toBe(isoDay(8))
    // Day 16 is the first whose trailing week is empty.
    expect(await crossoverOf(9, 16)).toBe(isoDay(8))
    expect(await crossoverOf(9, 17)).toBeNull()
  })

  test('an hour has points of its own, and hours without requests have none', async () => {
    const answer = await readShare({ ...windowOf(7, 10), granularity: 'hour', format: 'json' }, nowMs)
    expect(answer.points.map(({ start }) => Date.parse(start))).toEqual(
      [7, 8, 9].map((day) => dayAt(day) + 10 * HOUR_MS),
    )
  })

  test('an average turn is told by part, over the requests that know them', async () => {
    const { agentic, human, factor } = await readAnatomy({ ...windowOf(6, 10), format: 'json' }, nowMs)
    expect(agentic).toMatchObject({
      requests: 7,
      tokensKnown: 7,
      averageTokens: 61_000 / 7,
      partsKnown: 6,
      parts: {
        system: 1_000,
        toolDefinitions: 2_000,
        mcpToolDefinitions: 1_500,
        skills: 0,
        toolResults: 4_500,
        userText: 0,
        assistantHistory: 0,
      },
      reasoningTokens: expect.closeTo((6_000 / 7) * 0.4, 8),
      outputTokens: expect.closeTo((6_000 / 7) * 0.6, 8),
      cachedShare: expect.closeTo(36_000 / 54_000, 12),
    })
    expect(human).toMatchObject({ requests: 6, averageTokens: 1_000, reasoningTokens: 0, cachedShare: 0 })
    expect(factor).toBeCloseTo(61 / 7, 12)
  })

  test('apps are agentic, mixed, human or unknown by their tokens, and keys by theirs', async () => {
    const apps = await readCallers({ ...windowOf(0, 10), by: 'app', format: 'json' }, nowMs)
    expect(apps.rows.map((row) => [row.key, row.class, row.agenticShare])).toEqual([
      ['bot', 'agentic', 1],
      ['desk', 'human', 0],
      ['mill', 'mixed', 0.5],
      ['pipe', 'unknown', null],
    ])
    expect(apps.classes.unknown).toEqual({ callers: 1, totalTokens: 0, requests: 2 })
    const keys = await readCallers({ ...windowOf(0, 10), by: 'key', format: 'json' }, nowMs)
    expect(keys.rows).toMatchObject([
      { key: 'traffic', class: 'mixed', agenticTokens: 61_000, totalTokens: 97_000, share: 1 },
    ])
  })

  test('requests are counted by length, and those without tokens have none', async () => {
    const answer = await readContextLengths({ ...windowOf(9, 10), format: 'json' }, nowMs)
    expect(answer.rows.map((row) => [row.contextLength, row.requests, row.agenticRequests])).toEqual([
      ['1K', 2, 1],
      ['10K', 2, 2],
      ['100K', 0, 0],
      ['1M', 0, 0],
      ['10M', 0, 0],
    ])
    expect(answer.totals).toEqual({ requests: 6, lengthKnown: 4 })
  })
})

test('what an operator declared shows at once, and one class can be asked for', async () => {
  await db().app.update({ where: { slug: 'bot' }, data: { declaredCallerKind: 'human' } })
  const answer = await readCallers({ ...windowOf(0, 10), by: 'app', class: 'human', format: 'json' }, nowMs)
  expect(answer.rows.map((row) => [row.key, row.declared])).toEqual([
    ['bot', 'human'],
    ['desk', null],
  ])
  expect(answer.classes.agentic.callers).toBe(0)
})

test('nothing recorded is an answer too', async () => {
  const window = windowOf(-300, -290)
  const share = await readShare({ ...window, granularity: 'day', format: 'json' }, nowMs)
  expect(share).toMatchObject({ points: [], totals: { crossover: null }, agenticTokenShare: { value: null } })
  expect(await readAnatomy({ ...window, format: 'json' }, nowMs)).toMatchObject({ factor: null })
  expect((await readCallers({ ...window, by: 'app', format: 'json' }, nowMs)).rows).toEqual([])
  expect((await readContextLengths({ ...window, format: 'json' }, nowMs)).rows[0]?.share).toBeNull()
})

test('hours further back than they are kept are refused, and the way out is named', async () => {
  const from = new Date(horizonsAt(nowMs).hourFromMs - DAY_MS).toISOString()
  const to = new Date(nowMs).toISOString()
  await expect(readShare({ from, to, granularity: 'hour', format: 'json' }, nowMs)).rejects.toMatchObject({
    code: 'bad_request',
    details: [{ path: 'granularity', message: expect.stringContaining('hour rollups are kept from') }],
    message: expect.stringContaining('Use granularity=day.'),
  })
})

test('sessions cost what their turns did, on the day they began', async () => {
  const session = (name: string, turns: number, day: number, costUsd: number | null) =>
    requests(turns, day, { ...AGENT, app: 'loop', sessionId: name, costUsd })
  await traffic.send([
    ...session('single', 1, 3, 0.01),
    ...session('short-a', 3, 3, 0.1),
    ...session('short-b', 3, 4, 0.2),
    ...session('short-c', 3, 4, 0.4),
    ...session('long', 60, 4, 0.05),
    // One turn of it has no cost, and it began the day before.
    ...session('partly', 1, 4, 0.3),
    ...session('partly', 1, 5, null),
    ...session('outside', 1, 6, 9),
  ])
  await traffic.fold()
  const answer = await readSessions({ ...windowOf(3, 5), format: 'json' }, nowMs)
  expect(answer.rows.map((row) => [row.turns, row.sessions, row.costKnown])).toEqual([
    ['1', 1, 1],
    ['2–9', 4, 3],
    ['10–49', 0, 0],
    ['50+', 1, 1],
  ])
  const nearly = (exact: number) => expect.toSatisfy((value) => Math.abs(Number(value) / exact - 1) <= 0.02)
  expect(answer.rows[0]).toMatchObject({ medianCostUsd: nearly(0.01) })
  expect(answer.rows[1]).toMatchObject({
    medianCostUsd: nearly(0.6),
    costUsdP25: nearly(0.3),
    costUsdP75: nearly(1.2),
  })
  expect(answer.rows[2]).toMatchObject({ medianCostUsd: null })
  expect(answer.rows[3]).toMatchObject({ medianCostUsd: nearly(3) })
  expect(answer.totals).toEqual({ sessions: 6, costKnown: 5 })
  // A window cut within a day is widened to it, and says so.
  const from = new Date(dayAt(3) + 5 * HOUR_MS).toISOString()
  const to = new Date(dayAt(4) + 5 * HOUR_MS).toISOString()
  expect(await readSessions({ from, to, format: 'json' }, nowMs)).toEqual(answer)
})
