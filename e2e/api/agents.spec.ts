import { type APIRequestContext, expect, test } from '@playwright/test'
import { KNOWN_AGENTS, knownAgentsUrl, sendKnownAgents, takeBackDeclaration } from '../known-agents'
import { BEARER } from '../server-under-test'

test.beforeAll(async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL: baseURL ?? '' })
  await sendKnownAgents(request)
  await request.dispose()
})

async function get(request: APIRequestContext, panel: string, parameters = '') {
  const response = await request.get(knownAgentsUrl(panel, parameters), { headers: BEARER })
  expect(response.status(), await response.text()).toBe(200)
  return response
}

test('shares have totals by kind and the day agents overtook people', async ({ request }) => {
  const { totals, points, agenticTokenShare } = await (await get(request, 'share')).json()
  expect(totals).toEqual({
    agentic: { requests: 14, totalTokens: 140_000 },
    human: { requests: 35, totalTokens: 35_000 },
    unknown: { requests: 1, totalTokens: 0 },
    crossover: KNOWN_AGENTS.crossover,
  })
  expect(points).toHaveLength(14)
  expect(agenticTokenShare).toEqual({ value: 0.8, previous: null, change: null })
})

test('a window that ends before the crossover has none', async ({ request }) => {
  const url = '/api/agents/share?from=2020-05-04T00:00:00Z&to=2020-05-12T00:00:00Z'
  const { totals } = await (await request.get(url, { headers: BEARER })).json()
  expect(totals.crossover).toBeNull()
})

test('an average turn is taken apart for agents and for people', async ({ request }) => {
  const { agentic, human, factor } = await (await get(request, 'anatomy')).json()
  expect(factor).toBe(10)
  expect(agentic).toMatchObject({
    requests: 14,
    averageTokens: 10_000,
    partsKnown: 14,
    parts: {
      system: 1_000,
      toolDefinitions: 2_000,
      mcpToolDefinitions: 1_500,
      toolResults: 4_500,
      userText: 0,
    },
    reasoningTokens: 400,
    outputTokens: 600,
    cachedShare: 2 / 3,
  })
  expect(human).toMatchObject({ averageTokens: 1_000, parts: { system: 300, userText: 600 }, cachedShare: 0 })
})

test('apps have a class, and one class can be asked for', async ({ request }) => {
  const { rows, classes } = await (await get(request, 'callers')).json()
  expect(rows.map((row: { key: string; class: string }) => [row.key, row.class])).toEqual([
    [KNOWN_AGENTS.agent.app, 'agentic'],
    [KNOWN_AGENTS.person.app, 'human'],
    [KNOWN_AGENTS.mixedApp, 'mixed'],
    [KNOWN_AGENTS.unknownApp, 'unknown'],
  ])
  expect(classes.mixed).toEqual({ callers: 1, totalTokens: 15_000, requests: 6 })
  const mixed = await (await get(request, 'callers', '&class=mixed')).json()
  expect(mixed.rows).toHaveLength(1)
})

test('sessions cost what their turns did, and requests are counted by length', async ({ request }) => {
  const sessions = await (await get(request, 'sessions')).json()
  expect(
    sessions.rows.map((row: { sessions: number; costKnown: number }) => [row.sessions, row.costKnown]),
  ).toEqual([
    [10, 5],
    [7, 7],
    [0, 0],
    [0, 0],
  ])
  expect(sessions.rows[1].medianCostUsd).toBeCloseTo(0.1, 2)
  const lengths = await (await get(request, 'context-lengths')).json()
  expect(lengths.rows.map((row: { requests: number }) => row.requests)).toEqual([35, 14, 0, 0, 0])
  expect(lengths.totals).toEqual({ requests: 50, lengthKnown: 49 })
})

for (const [panel, lines] of [
  ['share', 15],
  ['anatomy', 3],
  ['callers', 5],
  ['sessions', 5],
  ['context-lengths', 6],
] as const) {
  test(`${panel} is given as CSV too`, async ({ request }) => {
    const response = await get(request, panel, '&format=csv')
    expect(response.headers()['content-type']).toContain('text/csv')
    expect((await response.text()).trim().split('\r\n')).toHaveLength(lines)
  })

  test(`${panel} is for readers, and wants a window`, async ({ request }) => {
    expect((await request.get(knownAgentsUrl(panel))).status()).toBe(401)
    const response = await request.get(`/api/agents/${panel}`, { headers: BEARER })
    expect(response.status()).toBe(400)
    expect((await response.json()).error.details).toEqual([
      { path: 'period', message: 'give period, or from and to' },
    ])
  })
}

for (const [panel, parameters, path, message] of [
  ['share', '&granularity=minute', 'granularity', 'expected one of hour, day'],
  ['share', '&granularity=hour', 'granularity', /hour rollups are kept from/],
  ['share', '&format=xml', 'format', 'expected json or csv'],
  ['callers', '&by=model', 'by', 'expected one of app, key'],
  ['callers', '&class=robot', 'class', 'expected one of agentic, mixed, human, unknown'],
  ['callers', '&limit=none', 'limit', 'expected a whole number from 1 to 10000'],
  ['callers', '&limit=0', 'limit', 'expected a whole number from 1 to 10000'],
  ['sessions', '&period=1y', 'period', /expected one of 24h/],
] as const) {
  test(`${panel} with ${parameters} is refused, and the field named`, async ({ request }) => {
    const response = await request.get(knownAgentsUrl(panel, parameters), { headers: BEARER })
    expect(response.status()).toBe(400)
    const { details } = (await response.json()).error
    expect(details).toEqual([
      { path, message: typeof message === 'string' ? message : expect.stringMatching(message) },
    ])
  })
}

test('who drives an app can be declared and taken back', async ({ request }) => {
  const declare = async (callerKind: string | null) => {
    const data = { app: KNOWN_AGENTS.mixedApp, callerKind }
    expect((await request.put('/api/v1/caller-kinds', { headers: BEARER, data })).status()).toBe(200)
    const { rows } = await (await get(request, 'callers')).json()
    return rows.find((row: { key: string }) => row.key === KNOWN_AGENTS.mixedApp)
  }
  try {
    expect(await declare('human')).toMatchObject({ class: 'human', declared: 'human' })
    expect(await declare(null)).toMatchObject({ class: 'mixed', declared: null })
  } finally {
    await takeBackDeclaration(request)
  }
})
