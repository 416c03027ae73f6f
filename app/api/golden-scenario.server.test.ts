import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WireRecord } from '@/lib/formats/sightglass/schema'
import { type RecordedTraffic, recordTraffic } from '@/lib/testing/recorded-traffic.server'
import { GRANULARITY_MS } from '@/lib/time/time-buckets'
import { GET as share } from './agents/share/route'
import { GET as overview } from './overview/route'
import { GET as series } from './providers/[slug]/series/route'
import { GET as providers } from './providers/route'
import { GET as rankings } from './rankings/route'
import { GET as funnel } from './tools/funnel/route'
import { GET as toolProviders } from './tools/providers/route'

// Every number below can be checked with a pencil. Two days of one shop: its people ask short questions, its agent
// runs long turns with tools, one provider fails and breaks tool calls, another is rate limited.

const DAY_MS = GRANULARITY_MS.day
const TODAY = Math.floor(Date.now() / DAY_MS) * DAY_MS
const MONDAY = TODAY - 5 * DAY_MS
const TUESDAY = MONDAY + DAY_MS
const WINDOW = `from=${iso(MONDAY)}&to=${iso(TUESDAY + DAY_MS)}`

let traffic: RecordedTraffic
let sent = 0

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString()
}

/** Some equal requests, a minute apart from the given hour on. */
function requests(count: number, dayMs: number, hour: number, fields: Partial<WireRecord>): WireRecord[] {
  return Array.from({ length: count }, (_, index) => {
    sent += 1
    const startedAtMs = dayMs + hour * GRANULARITY_MS.hour + index * GRANULARITY_MS.minute
    return { id: `golden-${sent}`, startedAt: iso(startedAtMs), model: 'acme/atlas', ...fields }
  })
}

const ANSWERED = { httpStatus: 200, stream: true, timeToFirstTokenMs: 200, durationMs: 1200 } as const
/** 1,200 tokens each. */
const PERSON: Partial<WireRecord> = {
  ...ANSWERED,
  model: 'acme/nova',
  provider: 'helios',
  app: 'shop chat',
  callerKind: 'human',
  promptTokens: 1000,
  cachedTokens: 250,
  completionTokens: 200,
  costUsd: 0.001,
  finishReason: 'stop',
  toolsOffered: 0,
  toolCalls: [],
}
/** 10,000 tokens each. */
const AGENT: Partial<WireRecord> = {
  ...ANSWERED,
  provider: 'parhelion',
  app: 'shop agent',
  callerKind: 'agentic',
  promptTokens: 9000,
  cachedTokens: 8100,
  completionTokens: 1000,
  costUsd: 0.01,
  finishReason: 'tool_calls',
  toolsOffered: 3,
}
const calls = (verdict: 'valid' | 'invalid_json' | 'unknown_name' | 'schema_mismatch') => ({
  toolCalls: [{ name: 'find_order', verdict }],
})

beforeAll(async () => {
  traffic = await recordTraffic()
  await traffic.send([
    // Monday: 60 × 1,200 = 72,000 tokens of people, 2 × 10,000 of the agent.
    ...requests(60, MONDAY, 8, PERSON),
    ...requests(2, MONDAY, 9, { ...AGENT, ...calls('valid') }),
    // Tuesday: 38 + 2 = 40 judged tool-call attempts at parhelion, 10 of them bad.
    ...requests(28, TUESDAY, 8, { ...AGENT, ...calls('valid') }),
    ...requests(4, TUESDAY, 9, { ...AGENT, ...calls('invalid_json') }),
    ...requests(3, TUESDAY, 10, { ...AGENT, ...calls('unknown_name') }),
    ...requests(3, TUESDAY, 11, { ...AGENT, ...calls('schema_mismatch') }),
    // Twenty that failed over: parhelion answers 503, helios answers with words.
    ...requests(20, TUESDAY, 12, {
      ...AGENT,
      provider: undefined,
      finishReason: 'stop',
      httpStatus: undefined,
      timeToFirstTokenMs: undefined,
      durationMs: undefined,
      toolCalls: [],
      attempts: [
        { provider: 'parhelion', httpStatus: 503, durationMs: 50 },
        {
          provider: 'helios',
          httpStatus: 200,
          timeToFirstTokenMs: 200,
          durationMs: 1200,
          finishReason: 'stop',
        },
      ],
    }),
    // Refused for being too many, and a log that says nothing about tools or tokens.
    ...requests(5, TUESDAY, 13, { model: 'acme/nova', provider: 'helios', httpStatus: 429, durationMs: 20 }),
    ...requests(3, TUESDAY, 14, {
      model: 'acme/nova',
      provider: 'polaris',
      httpStatus: 200,
      durationMs: 100,
    }),
  ])
})

afterAll(() => traffic.close())

/** Each number is asked for twice: while its sums wait in the inbox, and after they were folded. */
const STATES = ['before folding', 'after folding'] as const

test.each(STATES)('%s, every page counts what a pencil counts', async (state) => {
  if (state === 'after folding') await traffic.fold()
  const get = (handler: Parameters<RecordedTraffic['get']>[0], path: string, params = {}) =>
    traffic.get(handler, { path: `${path}${path.includes('?') ? '&' : '?'}${WINDOW}`, params })

  expect(await get(rankings, '/api/rankings?by=model')).toMatchObject({
    rows: [
      { key: 'acme/atlas', totalTokens: 600_000, requests: 60, share: 600_000 / 672_000 },
      { key: 'acme/nova', totalTokens: 72_000, requests: 68, share: 72_000 / 672_000 },
    ],
    totals: { totalTokens: 672_000, promptTokens: 600_000, completionTokens: 72_000, requests: 128 },
  })

  expect(await get(share, '/api/agents/share')).toMatchObject({
    totals: {
      agentic: { requests: 60, totalTokens: 600_000 },
      human: { requests: 60, totalTokens: 72_000 },
      unknown: { requests: 8, totalTokens: 0 },
      crossover: iso(TUESDAY).slice(0, 10),
    },
  })

  // Eight requests know nothing about tools. 60 of 120 offered some, 40 of these used one, and ended by it.
  expect(await get(funnel, '/api/tools/funnel')).toMatchObject({
    totals: {
      requests: 120,
      offered: 60,
      used: 40,
      finishedByToolCall: 40,
      offeredShare: 0.5,
      usedShare: 40 / 60,
      finishedShare: 40 / 120,
    },
  })

  const tools = await get(toolProviders, '/api/tools/providers?model=acme/atlas')
  expect(tools.rows).toHaveLength(2)
  expect(tools.rows).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        provider: 'parhelion',
        toolCallAttempts: 40,
        badAttempts: 10,
        errorRate: 0.25,
        // Wilson: (0.25 + z²/80 ± z·√(0.25·0.75/40 + z²/6400)) ÷ (1 + z²/40), z = 1.96.
        errorRateLow: expect.closeTo(0.1419, 4),
        errorRateHigh: expect.closeTo(0.4019, 4),
        byClass: { invalid_json: 4, unknown_name: 3, schema_mismatch: 3 },
        // 40 of the 60 attempts that were given tools.
        toolUseRate: 40 / 60,
      }),
      expect.objectContaining({
        provider: 'helios',
        toolCallAttempts: 0,
        badAttempts: 0,
        errorRate: null,
        toolUseRate: 0,
      }),
    ]),
  )

  const providerAnswer = await get(providers, '/api/providers')
  expect(providerAnswer).toMatchObject({
    // 120 + 3 of the 123 requests that count came back well; of 143 attempts that count, 20 did not.
    availability: { withRouting: 1, withoutRouting: 123 / 143 },
  })
  expect(providerAnswer.rows).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        provider: 'helios',
        attempts: 85,
        ok: 80,
        errorsByClass: { rate_limited: 5 },
        uptime: 1,
        rateLimitedShare: 5 / 85,
        status: 'healthy',
      }),
      expect.objectContaining({
        provider: 'parhelion',
        attempts: 60,
        ok: 40,
        errorsByClass: { upstream_5xx: 20 },
        uptime: 40 / 60,
        rateLimitedShare: 0,
        status: 'down',
      }),
      expect.objectContaining({ provider: 'polaris', attempts: 3, uptime: null, status: 'unknown' }),
    ]),
  )

  const ofParhelion = await get(series, '/api/providers/parhelion/series?granularity=hour', {
    slug: 'parhelion',
  })
  expect(ofParhelion.points).toHaveLength(6)
  expect(ofParhelion.points).toContainEqual(
    expect.objectContaining({
      start: iso(TUESDAY + 12 * GRANULARITY_MS.hour),
      attempts: 20,
      ok: 0,
      errorsByClass: { upstream_5xx: 20 },
      uptime: 0,
    }),
  )

  expect(await get(overview, '/api/overview')).toMatchObject({
    requests: { value: 128 },
    totalTokens: { value: 672_000 },
    // 60 × $0.001 + 60 × $0.01.
    costUsd: { value: 0.66 },
    successRate: { value: 1 },
    agenticShare: { value: 600_000 / 672_000 },
  })
})

test('traffic in the proportions of the talk reads 55 %, 83 % and 46 %', async () => {
  const wednesday = TUESDAY + DAY_MS
  const base = { ...ANSWERED, provider: 'helios', model: 'acme/talk' }
  await traffic.send([
    // 220 of 400 carry tools, 183 of these use them and end by it.
    ...requests(180, wednesday, 1, { ...base, toolsOffered: 0, toolCalls: [], finishReason: 'stop' }),
    ...requests(37, wednesday, 6, { ...base, toolsOffered: 4, toolCalls: [], finishReason: 'stop' }),
    ...requests(183, wednesday, 9, {
      ...base,
      toolsOffered: 4,
      ...calls('valid'),
      finishReason: 'tool_calls',
    }),
  ])
  const path = `/api/tools/funnel?model=acme/talk&from=${iso(wednesday)}&to=${iso(wednesday + DAY_MS)}`
  const { totals } = await traffic.get(funnel, { path })
  const percent = (name: string) => Math.round(Number(Object(totals)[name]) * 100)
  expect(['offeredShare', 'usedShare', 'finishedShare'].map(percent)).toEqual([55, 83, 46])
})
