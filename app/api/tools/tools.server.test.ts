import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WireRecord } from '@/lib/formats/sightglass/schema'
import { db } from '@/lib/platform/db.server'
import type { ToolVerdict } from '@/lib/records/vocabulary'
import { wilsonInterval } from '@/lib/records/wilson-interval'
import { type RecordedTraffic, recordTraffic } from '@/lib/testing/recorded-traffic.server'
import { GRANULARITY_MS } from '@/lib/time/time-buckets'
import { GET as getBreakdown } from './breakdown/route'
import { GET as getEndpoints } from './endpoints/route'
import { GET as getFailingCalls } from './failing-calls/route'
import { GET as getFunnel } from './funnel/route'
import { GET as getModels } from './models/route'
import { GET as getNames } from './names/route'
import { GET as getProviders } from './providers/route'

const DAY_MS = GRANULARITY_MS.day
const HOUR_MS = GRANULARITY_MS.hour
/** Noon three days ago, so that minutes are still kept; the day before is the preceding window. */
const dayMs = Math.floor(Date.now() / DAY_MS) * DAY_MS - 3 * DAY_MS
const noonMs = dayMs + 12 * HOUR_MS
const iso = (ms: number) => new Date(ms).toISOString()
const DAY = `from=${iso(dayMs)}&to=${iso(dayMs + DAY_MS)}`

let traffic: RecordedTraffic
let sent = 0

function makeWire(overrides: Partial<WireRecord>): WireRecord {
  sent += 1
  return {
    ...{
      id: `tools-${sent}`,
      startedAt: iso(noonMs),
      model: 'talk/oss-120b',
      provider: 'helios',
      httpStatus: 200,
    },
    ...overrides,
  }
}
const times = (count: number, overrides: Partial<WireRecord>) =>
  Array.from({ length: count }, () => makeWire(overrides))

/** A request that ended by these tool calls. */
const calling = (
  verdicts: readonly ToolVerdict[],
  overrides: Partial<WireRecord> = {},
): Partial<WireRecord> => ({
  toolsOffered: 3,
  finishReason: 'tool_calls',
  toolCalls: verdicts.map((verdict) => ({
    name: 'get_weather',
    verdict,
    detail: verdict === 'valid' ? null : `it is ${verdict}`,
  })),
  ...overrides,
})

/** The first provider's answer was no good, and the second's was. */
const hiddenByFailover: Partial<WireRecord> = {
  ...{ model: 'acme/failover', toolsOffered: 1, provider: null, httpStatus: null },
  attempts: [
    { provider: 'flaky', httpStatus: 200, ...failingAnswer('bad_response') },
    { provider: 'polaris', httpStatus: 200, finishReason: 'stop' },
  ],
}

function failingAnswer(errorClass: 'bad_response') {
  const toolCalls = [
    { name: 'get_weather', verdict: 'valid' as const },
    { name: 'set_alarm', verdict: 'unknown_name' as const, detail: 'No tool is called set_alarm.' },
  ]
  return { errorClass, finishReason: 'tool_calls', toolCalls }
}

/**
 * `talk/oss-120b` has the talk's proportions. `acme/oss-20b` is served by four providers: helios 40 checked of which 10
 * bad; polaris 30 clean; cumulus 3, all bad; quiet was offered tools 5 times and used none. Its other name adds to
 * polaris.
 */
beforeAll(async () => {
  traffic = await recordTraffic()
  const oss = (provider: string) => ({ model: 'acme/oss-20b', provider, app: 'agent-runner' })
  await traffic.send([
    ...times(913, calling(['valid'])),
    ...times(187, { toolsOffered: 2, finishReason: 'stop' }),
    ...times(900, { toolsOffered: 0, finishReason: 'stop', startedAt: iso(noonMs + HOUR_MS) }),
    ...times(150, { finishReason: 'stop', startedAt: iso(noonMs + 2 * HOUR_MS) }),
    ...times(30, calling(['valid', 'valid'], oss('helios'))),
    ...times(4, calling(['invalid_json'], oss('helios'))),
    ...times(1, calling(['unknown_name', 'valid'], oss('helios'))),
    ...times(5, calling(['schema_mismatch', 'schema_mismatch'], oss('helios'))),
    ...times(10, { toolsOffered: 1, finishReason: 'stop', ...oss('helios') }),
    ...times(20, calling(['valid'], oss('polaris'))),
    ...times(6, calling(['unknown'], oss('polaris'))),
    ...times(10, calling(['valid'], { ...oss('polaris'), model: 'acme/oss-20b-renamed' })),
    ...times(3, calling(['invalid_json'], oss('cumulus'))),
    ...times(5, { toolsOffered: 1, finishReason: 'stop', ...oss('quiet') }),
    ...times(50, calling(['valid'], { ...oss('helios'), startedAt: iso(noonMs - DAY_MS) })),
    makeWire({ ...hiddenByFailover, startedAt: iso(noonMs - DAY_MS) }),
  ])
  const canonical = await db().model.findUniqueOrThrow({ where: { slug: 'acme/oss-20b' } })
  await db().model.update({ where: { slug: 'acme/oss-20b-renamed' }, data: { aliasOfId: canonical.id } })
})

afterAll(() => traffic.close())

/** Before folding and after it: an answer is exact at every moment. */
describe.each(['waiting in the inbox', 'folded into rollups'])('%s', (stage) => {
  beforeAll(async () => {
    if (stage === 'folded into rollups') await traffic.fold()
  })

  test('a model with the talk’s proportions reads 55 %, 83 % and 46 %', async () => {
    const answer = await traffic.get(getFunnel, {
      path: `/api/tools/funnel?model=talk/oss-120b&granularity=hour&${DAY}`,
    })
    expect(answer).toMatchObject({
      from: iso(dayMs),
      to: iso(dayMs + DAY_MS),
      granularity: 'hour',
      totals: {
        requests: 2000,
        offered: 1100,
        used: 913,
        finishedByToolCall: 913,
        offeredShare: 0.55,
        usedShare: 0.83,
        finishedShare: 0.4565,
        unknownRequests: 150,
      },
    })
    expect(answer.points).toEqual([
      expect.objectContaining({ start: iso(noonMs), requests: 1100, offeredShare: 1, usedShare: 0.83 }),
      expect.objectContaining({
        start: iso(noonMs + HOUR_MS),
        requests: 900,
        offeredShare: 0,
        usedShare: null,
      }),
      {
        ...{ start: iso(noonMs + 2 * HOUR_MS), requests: 0, offered: 0, used: 0, finishedByToolCall: 0 },
        ...{ offeredShare: null, usedShare: null, finishedShare: null, unknownRequests: 150 },
      },
    ])
  })

  test.each([
    ['model=acme/oss-20b', 94],
    ['model=acme/oss-20b-renamed', 94],
    ['author=acme', 94],
    ['author=talk', 2000],
    ['provider=polaris', 36],
    ['app=agent-runner', 94],
    ['', 2094],
  ])('the funnel of %s counts %i requests', async (subject, requests) => {
    const { totals } = await traffic.get(getFunnel, { path: `/api/tools/funnel?${subject}&${DAY}` })
    expect(totals).toMatchObject({ requests })
  })

  test('every granularity adds up to the same totals', async () => {
    const answers = await Promise.all(
      ['minute', 'hour', 'day'].map((granularity) =>
        traffic.get(getFunnel, { path: `/api/tools/funnel?granularity=${granularity}&${DAY}` }),
      ),
    )
    for (const { totals } of answers) expect(totals).toEqual(answers[0]?.totals)
  })

  test('the breakdown names everybody, and its rows add up to the funnel of all', async () => {
    const answer = await traffic.get(getBreakdown, { path: `/api/tools/breakdown?by=model&${DAY}` })
    expect(answer.rows).toEqual([
      expect.objectContaining({ key: 'talk/oss-120b', requests: 2000, finishedShare: 0.4565 }),
      expect.objectContaining({ key: 'acme/oss-20b', requests: 94, offered: 94, used: 79 }),
    ])
    const { totals } = await traffic.get(getFunnel, { path: `/api/tools/funnel?${DAY}` })
    expect(answer.totals).toEqual(totals)
  })

  test('models are ranked by tool calls, against the day before', async () => {
    const answer = await traffic.get(getModels, { path: `/api/tools/models?${DAY}` })
    // helios 60 + 4 + 2 + 10, polaris 20 + 6 + 10, cumulus 3.
    expect(answer.rows).toEqual([
      expect.objectContaining({
        rank: 1,
        key: 'talk/oss-120b',
        toolCalls: 913,
        callsPerRequest: 1,
        change: null,
      }),
      {
        ...{ rank: 2, key: 'acme/oss-20b', toolCalls: 115, requestsWithCalls: 79, callsPerRequest: 115 / 79 },
        ...{ share: 115 / 1028, previousToolCalls: 50, change: 1.3, previousRank: 1 },
      },
    ])
  })

  test('the providers of a model differ in how their calls fail and in how often they call', async () => {
    const answer = await traffic.get(getProviders, { path: `/api/tools/providers?model=acme/oss-20b&${DAY}` })
    const interval = (hits: number, sample: number) => {
      const { low, high } = wilsonInterval({ hits, sample }) ?? {}
      return { errorRate: hits / sample, errorRateLow: low, errorRateHigh: high }
    }
    const notEnough = { errorRate: null, errorRateLow: null, errorRateHigh: null }
    expect(answer.model).toBe('acme/oss-20b')
    expect(answer.rows).toEqual([
      {
        ...{
          provider: 'helios',
          providerName: 'helios',
          toolCallAttempts: 40,
          badAttempts: 10,
          ...interval(10, 40),
        },
        byClass: { invalid_json: 4, unknown_name: 1, schema_mismatch: 10 },
        ...{ toolUseRate: 0.8, toolUseAttempts: 40, toolsOfferedAttempts: 50 },
      },
      {
        ...{
          provider: 'polaris',
          providerName: 'polaris',
          toolCallAttempts: 30,
          badAttempts: 0,
          ...interval(0, 30),
        },
        byClass: { invalid_json: 0, unknown_name: 0, schema_mismatch: 0 },
        ...{ toolUseRate: 1, toolUseAttempts: 36, toolsOfferedAttempts: 36 },
      },
      {
        ...{
          provider: 'cumulus',
          providerName: 'cumulus',
          toolCallAttempts: 3,
          badAttempts: 3,
          ...notEnough,
        },
        byClass: { invalid_json: 3, unknown_name: 0, schema_mismatch: 0 },
        ...{ toolUseRate: 1, toolUseAttempts: 3, toolsOfferedAttempts: 3 },
      },
      {
        ...{ provider: 'quiet', providerName: 'quiet', toolCallAttempts: 0, badAttempts: 0, ...notEnough },
        byClass: { invalid_json: 0, unknown_name: 0, schema_mismatch: 0 },
        ...{ toolUseRate: 0, toolUseAttempts: 0, toolsOfferedAttempts: 5 },
      },
    ])
    expect(answer.totals).toMatchObject({ toolCallAttempts: 73, badAttempts: 13, toolsOfferedAttempts: 94 })
  })

  test('a model asked for by its other name is the model', async () => {
    const [one, other] = await Promise.all(
      ['acme/oss-20b', 'acme/oss-20b-renamed'].map((model) =>
        traffic.get(getProviders, { path: `/api/tools/providers?model=${model}&${DAY}` }),
      ),
    )
    expect(other).toEqual(one)
  })

  test('a tool is known by its name and how its calls went', async () => {
    const answer = await traffic.get(getNames, { path: `/api/tools/names?${DAY}` })
    // Good: 913 + 60 + 1 + 30; bad: 4 + 1 + 10 + 3; 6 could not be checked.
    const { low, high } = wilsonInterval({ hits: 18, sample: 1022 }) ?? {}
    expect(answer.rows).toEqual([
      {
        ...{ tool: 'get_weather', calls: 1028, checkedCalls: 1022, badCalls: 18 },
        ...{ errorRate: 18 / 1022, errorRateLow: low, errorRateHigh: high },
        byClass: { invalid_json: 7, unknown_name: 1, schema_mismatch: 10 },
      },
    ])
  })

  test('the worst endpoints come first, those that cannot be judged last', async () => {
    const { rows } = await traffic.get(getEndpoints, { path: `/api/tools/endpoints?${DAY}` })
    expect(rows).toEqual([
      expect.objectContaining({ model: 'acme/oss-20b', provider: 'helios', errorRate: 0.25 }),
      expect.objectContaining({
        model: 'talk/oss-120b',
        provider: 'helios',
        errorRate: 0,
        toolCallAttempts: 913,
      }),
      expect.objectContaining({
        model: 'acme/oss-20b',
        provider: 'polaris',
        errorRate: 0,
        toolCallAttempts: 30,
      }),
      expect.objectContaining({
        model: 'acme/oss-20b',
        provider: 'cumulus',
        errorRate: null,
        badAttempts: 3,
      }),
    ])
  })
})

type Calls = { rows: Record<string, unknown>[]; cursor: string | null }
const failingCalls = async (search: string) =>
  (await traffic.get(getFailingCalls, { path: `/api/tools/failing-calls?${search}` })) as Calls

describe('failing calls', () => {
  test('say what was wrong with each call, and which request it is of', async () => {
    const { rows, cursor } = await failingCalls(`${DAY}&verdict=unknown_name`)
    expect(rows).toEqual([
      {
        ref: expect.stringMatching(/^[0-9a-z]+-[0-9a-f-]{36}$/),
        startedAt: iso(noonMs),
        ...{ attemptIndex: 0, callIndex: 0, isDeciding: true, model: 'acme/oss-20b', provider: 'helios' },
        ...{ tool: 'get_weather', verdict: 'unknown_name', detail: 'it is unknown_name' },
      },
    ])
    expect(cursor).toBeNull()
  })

  test.each([
    ['', 18],
    ['&provider=helios', 15],
    ['&verdict=schema_mismatch', 10],
    ['&verdict=invalid_json&provider=cumulus', 3],
    ['&model=acme/oss-20b-renamed', 18],
    ['&model=talk/oss-120b', 0],
    ['&app=agent-runner', 18],
    ['&tool=get_weather', 18],
    ['&tool=set_alarm', 0],
    ['&model=nobody/heard', 0],
    ['&app=nobody', 0],
    ['&provider=nobody', 0],
  ])('narrowed by %j there are %i', async (search, count) => {
    const { rows } = await failingCalls(`${DAY}&limit=200${search}`)
    expect(rows).toHaveLength(count)
  })

  test('are the same page by page as all at once', async () => {
    const all = await failingCalls(`${DAY}&limit=200`)
    const paged: Record<string, unknown>[] = []
    let cursor: string | null = ''
    for (let page = 0; cursor !== null && page < 20; page++) {
      const answer = await failingCalls(`${DAY}&limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`)
      paged.push(...answer.rows)
      cursor = answer.cursor
    }
    expect(paged).toEqual(all.rows)
  })

  test('include those that failover hid from the caller', async () => {
    const dayBefore = `from=${iso(dayMs - DAY_MS)}&to=${iso(dayMs)}`
    const { rows } = await failingCalls(dayBefore)
    expect(rows).toEqual([
      expect.objectContaining({
        ...{ model: 'acme/failover', provider: 'flaky', isDeciding: false, attemptIndex: 0, callIndex: 1 },
        ...{ tool: 'set_alarm', verdict: 'unknown_name', detail: 'No tool is called set_alarm.' },
      }),
    ])
  })

  test.each([
    ['period=7d&verdict=valid', 'verdict: expected one of invalid_json, unknown_name, schema_mismatch'],
    ['period=7d&cursor=here', 'cursor: expected the cursor of an earlier answer'],
    ['period=7d&limit=0', 'limit: expected a whole number from 1 to 200'],
    ['verdict=invalid_json', 'period: give period, or from and to'],
  ])('%s is refused: %s', async (search, message) => {
    await expect(failingCalls(search)).rejects.toThrow(message)
  })
})

test('a bucket without a request is left out, and a window without any has no shares', async () => {
  const before = `from=${iso(dayMs - 2 * DAY_MS)}&to=${iso(dayMs - DAY_MS)}`
  expect(await traffic.get(getFunnel, { path: `/api/tools/funnel?${before}` })).toMatchObject({
    totals: { requests: 0, offeredShare: null, usedShare: null, finishedShare: null, unknownRequests: 0 },
    points: [],
  })
})

test.each([
  ['/api/tools/funnel?period=7d&granularity=week', '400', 'granularity: expected one of minute, hour, day'],
  ['/api/tools/funnel?granularity=hour', '400', 'period: give period, or from and to'],
  ['/api/tools/funnel?period=7d&model=a/b&app=c', '400', 'app: give at most one of model and app'],
  ['/api/tools/funnel?period=7d&model=', '400', 'model: expected a name'],
  ['/api/tools/funnel?period=90d&granularity=minute', '400', 'minute rollups are kept from'],
  ['/api/tools/funnel?period=7d&model=nobody/heard', '404', 'There is no model called “nobody/heard”.'],
  ['/api/tools/funnel?period=7d&author=nobody', '404', 'There is no author called “nobody”.'],
  ['/api/tools/funnel?period=7d&provider=nobody', '404', 'There is no provider called “nobody”.'],
  ['/api/tools/funnel?period=7d&app=nobody', '404', 'There is no app called “nobody”.'],
])('%s is answered %s: %s', async (path, status, message) => {
  const asking = traffic.get(getFunnel, { path })
  await expect(asking).rejects.toThrow(status)
  await expect(asking).rejects.toThrow(message)
})

test('the providers of no model are not asked for', async () => {
  const asking = (path: string) => traffic.get(getProviders, { path })
  await expect(asking('/api/tools/providers?period=7d')).rejects.toThrow(/400.*model: expected a model/)
  await expect(asking('/api/tools/providers?period=7d&model=nobody/heard')).rejects.toThrow(/404/)
})

test('names are read without minutes, so the answer says whole hours', async () => {
  const window = `from=${iso(noonMs + 60_000)}&to=${iso(noonMs + 120_000)}`
  expect(await traffic.get(getNames, { path: `/api/tools/names?${window}` })).toMatchObject({
    ...{ from: iso(noonMs), to: iso(noonMs + HOUR_MS) },
  })
})
