import { type APIRequestContext, expect, test } from '@playwright/test'
import { BEARER } from '../server-under-test'
import { EMPTY_DAYS, sendToolDays, TOOL_DAYS } from '../tool-traffic'

const window = ({ from, to }: { from: string; to: string }) => `from=${from}T00:00:00Z&to=${to}T00:00:00Z`
const DAYS = window(TOOL_DAYS)

test.beforeAll(async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL })
  await sendToolDays(request)
  await request.dispose()
})

async function get(request: APIRequestContext, path: string) {
  const response = await request.get(`/api/tools/${path}`, { headers: BEARER })
  expect(response.status(), await response.text()).toBe(200)
  return response.json()
}

test('the funnel of the talk reads 55 %, 83 % and 46 %', async ({ request }) => {
  const { totals, points } = await get(
    request,
    `funnel?model=${TOOL_DAYS.talkModel}&granularity=hour&${DAYS}`,
  )
  expect(totals).toEqual({
    ...{ requests: 2000, offered: 1100, used: 913, finishedByToolCall: 913 },
    ...{ offeredShare: 0.55, usedShare: 0.83, finishedShare: 0.4565, unknownRequests: 150 },
  })
  expect(points).toEqual([{ start: `${TOOL_DAYS.from}T12:00:00.000Z`, ...totals }])
})

test('a window without a request has no shares and no buckets', async ({ request }) => {
  const { totals, points } = await get(request, `funnel?${window(EMPTY_DAYS)}`)
  expect(totals).toMatchObject({ requests: 0, offeredShare: null, usedShare: null, finishedShare: null })
  expect(points).toEqual([])
  for (const path of ['breakdown', 'models', 'endpoints', 'names', 'failing-calls']) {
    expect((await get(request, `${path}?${window(EMPTY_DAYS)}`)).rows).toEqual([])
  }
})

test('the breakdown has the same fields by each subject, and adds up to the funnel', async ({ request }) => {
  const { totals } = await get(request, `funnel?${DAYS}`)
  for (const by of ['model', 'author', 'provider', 'app']) {
    const answer = await get(request, `breakdown?by=${by}&${DAYS}`)
    expect(answer.totals).toEqual(totals)
    const sum = answer.rows.reduce((total: number, row: { offered: number }) => total + row.offered, 0)
    expect(sum).toBe(totals.offered)
  }
  const { rows } = await get(request, `breakdown?by=app&${DAYS}`)
  expect(rows.map((row: { key: string; requests: number }) => [row.key, row.requests])).toEqual([
    ['tool-agent', 2000],
    ['tool-desk', 128],
  ])
})

test('models are ranked by tool calls', async ({ request }) => {
  const { rows } = await get(request, `models?${DAYS}`)
  expect(rows).toEqual([
    expect.objectContaining({ rank: 1, key: TOOL_DAYS.talkModel, toolCalls: 913, share: 913 / 1031 }),
    expect.objectContaining({ rank: 2, key: TOOL_DAYS.servedModel, toolCalls: 118, requestsWithCalls: 118 }),
  ])
})

test('providers of a model have error rates with intervals, or too little data to say', async ({
  request,
}) => {
  const { rows } = await get(request, `providers?model=${TOOL_DAYS.servedModel}&${DAYS}`)
  const [parhelion, polaris, helios, quiet] = rows
  expect(rows).toHaveLength(4)
  expect(parhelion).toMatchObject({
    ...{
      provider: 'tool-parhelion',
      toolCallAttempts: 40,
      badAttempts: 10,
      errorRate: 0.25,
      toolUseRate: 0.8,
    },
    byClass: { invalid_json: 5, unknown_name: 2, schema_mismatch: 3 },
  })
  expect(parhelion.errorRateLow).toBeCloseTo(0.1419, 4)
  expect(parhelion.errorRateHigh).toBeCloseTo(0.4019, 4)
  expect(polaris).toMatchObject({ provider: 'tool-polaris', errorRate: 0.02, toolCallAttempts: 50 })
  expect(helios).toMatchObject({ provider: 'tool-helios', errorRate: 0, errorRateLow: 0 })
  expect(quiet).toMatchObject({
    ...{ provider: 'tool-quiet', toolCallAttempts: 3, badAttempts: 2 },
    ...{ errorRate: null, errorRateLow: null, errorRateHigh: null, toolUseRate: 1 },
  })
})

test('the worst endpoint and the tool that fails most come first', async ({ request }) => {
  const endpoints = await get(request, `endpoints?${DAYS}`)
  expect(endpoints.rows[0]).toMatchObject({ model: TOOL_DAYS.servedModel, provider: 'tool-parhelion' })
  expect(endpoints.rows.at(-1)).toMatchObject({ provider: 'tool-quiet', errorRate: null })
  const names = await get(request, `names?${DAYS}`)
  expect(names.rows).toEqual([
    expect.objectContaining({ tool: 'get_weather', calls: 1025, badCalls: 7 }),
    expect.objectContaining({ tool: 'book_table', calls: 4, badCalls: 4, errorRate: null }),
    expect.objectContaining({ tool: 'get_wether', calls: 2, badCalls: 2, errorRate: null }),
  ])
})

test('every list comes as a file too', async ({ request }) => {
  for (const [path, header] of [
    ['funnel?', 'start,requests,offered,used,finishedByToolCall,offeredShare,usedShare,finishedShare'],
    ['breakdown?by=app&', 'key,label,requests'],
    ['models?', 'rank,key,toolCalls'],
    [`providers?model=${TOOL_DAYS.servedModel}&`, 'model,provider,providerName,toolCallAttempts,badAttempts'],
    ['endpoints?', 'model,provider,providerName,toolCallAttempts,badAttempts,errorRate'],
    ['names?', 'tool,calls,checkedCalls,badCalls,errorRate'],
    ['failing-calls?', 'startedAt,model,provider,tool,verdict,detail,attemptIndex,callIndex,isDeciding,ref'],
  ]) {
    const response = await request.get(`/api/tools/${path}format=csv&${DAYS}`, { headers: BEARER })
    expect(response.headers()['content-type']).toContain('text/csv')
    expect((await response.text()).startsWith(header ?? '')).toBe(true)
  }
})

test.describe('bad input is refused with what was expected', () => {
  for (const [path, status, field, expected] of [
    ['funnel?period=7d&granularity=week', 400, 'granularity', 'expected one of minute, hour, day'],
    ['funnel?period=1y', 400, 'period', 'expected one of 24h, 7d, 30d, 90d'],
    ['funnel', 400, 'period', 'give period, or from and to'],
    ['funnel?period=7d&model=a/b&provider=c', 400, 'provider', 'give at most one of model and provider'],
    ['funnel?period=7d&model=nobody/heard-of', 404, 'model', 'there is no model called “nobody/heard-of”'],
    ['breakdown?period=7d&by=weekday', 400, 'by', 'expected one of model, author, provider, app'],
    ['models?period=7d&limit=none', 400, 'limit', 'expected a whole number'],
    ['providers?period=7d', 400, 'model', 'expected a model as author/slug'],
    ['providers?period=7d&model=nobody/heard-of', 404, 'model', 'there is no model called “nobody/heard-of”'],
    ['names?period=7d&sort=name', 400, 'sort', 'expected one of calls, errorRate'],
    ['failing-calls?period=7d&verdict=valid', 400, 'verdict', 'expected one of invalid_json'],
    ['failing-calls?period=7d&cursor=x', 400, 'cursor', 'expected the cursor of an earlier answer'],
  ] as const) {
    test(`${path}: ${status} ${field}`, async ({ request }) => {
      const response = await request.get(`/api/tools/${path}`, { headers: BEARER })
      expect(response.status()).toBe(status)
      const { error } = await response.json()
      expect(error.details[0].path).toBe(field)
      expect(error.details[0].message).toContain(expected)
    })
  }
})

test('nobody reads them without a session or a key', async ({ request }) => {
  for (const path of ['funnel', 'breakdown', 'models', 'endpoints', 'names', 'failing-calls']) {
    expect((await request.get(`/api/tools/${path}?period=7d`)).status()).toBe(401)
  }
})
