import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WireRecord } from '@/lib/formats/sightglass/schema'
import { rebuildRollups } from '@/lib/recorder/rebuild.server'
import { type RecordedTraffic, recordTraffic } from '@/lib/testing/recorded-traffic.server'
import { GRANULARITY_MS } from '@/lib/time/time-buckets'
import { GET as callers } from './agents/callers/route'
import { GET as contextLengths } from './agents/context-lengths/route'
import { GET as sessions } from './agents/sessions/route'
import { GET as share } from './agents/share/route'
import { GET as logs } from './logs/route'
import { GET as model } from './models/[author]/[slug]/route'
import { GET as overview } from './overview/route'
import { GET as providers } from './providers/route'
import { GET as rankings } from './rankings/route'
import { GET as funnel } from './tools/funnel/route'
import { GET as toolNames } from './tools/names/route'
import { GET as usage } from './usage/route'
import { GET as useCases } from './use-cases/route'

// Four chats of an agent, one completion of a person, and around them what other operations do: much traffic, many
// tokens and some money that is nobody's chat.

const DAY_MS = GRANULARITY_MS.day
const DAY = Math.floor(Date.now() / DAY_MS) * DAY_MS - 2 * DAY_MS
const WINDOW = `from=${iso(DAY)}&to=${iso(DAY + DAY_MS)}`

let traffic: RecordedTraffic

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString()
}

function requests(count: number, name: string, fields: Partial<WireRecord>): WireRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${name}-${index}`,
    startedAt: iso(DAY + 8 * GRANULARITY_MS.hour + index * GRANULARITY_MS.minute),
    model: 'acme/atlas',
    provider: 'helios',
    app: 'shop',
    useCase: 'support',
    sessionId: 'session-1',
    httpStatus: 200,
    ...fields,
  }))
}

const TOOL_CALL = { toolsOffered: 1, finishReason: 'tool_calls' }

beforeAll(async () => {
  traffic = await recordTraffic()
  await traffic.send([
    ...requests(4, 'chat', {
      callerKind: 'agentic',
      promptTokens: 900,
      completionTokens: 100,
      costUsd: 0.01,
      ...TOOL_CALL,
      toolCalls: [{ name: 'find_order', verdict: 'valid' }],
    }),
    ...requests(1, 'completion', {
      operation: 'completion',
      callerKind: 'human',
      promptTokens: 900,
      completionTokens: 100,
      costUsd: 0.01,
    }),
    ...requests(10, 'embedding', {
      operation: 'embedding',
      model: 'acme/embed',
      callerKind: 'agentic',
      promptTokens: 5000,
      costUsd: 0.001,
    }),
    ...requests(2, 'image', { operation: 'image', model: 'acme/paint', app: 'studio', httpStatus: 500 }),
    // No log should say that this has tools; figures of tools hold if one does.
    ...requests(1, 'other', {
      operation: 'other',
      model: 'acme/odd',
      promptTokens: 5,
      ...TOOL_CALL,
      toolCalls: [{ name: 'odd_tool', verdict: 'invalid_json' }],
    }),
  ])
})

afterAll(() => traffic.close())

/** Each number is asked for twice: while its sums wait in the inbox, and after they were folded. */
const STATES = ['before folding', 'after folding'] as const

test.each(STATES)('%s, figures of text leave other operations out', async (state) => {
  if (state === 'after folding') await traffic.fold()

  expect(await get(rankings, '/api/rankings?by=model')).toMatchObject({
    rows: [{ key: 'acme/atlas', requests: 5, totalTokens: 5000, share: 1 }],
    totals: { requests: 5, totalTokens: 5000 },
  })
  for (const [by, key] of [
    ['author', 'acme'],
    ['provider', 'helios'],
    ['app', 'shop'],
    ['useCase', 'support'],
  ]) {
    const answer = await get(rankings, `/api/rankings?by=${by}`)
    expect(answer.rows, by).toMatchObject([{ key, requests: 5, totalTokens: 5000 }])
    expect(answer.rows, by).toHaveLength(1)
  }
  expect(await get(rankings, '/api/rankings?by=model&useCase=support')).toMatchObject({
    totals: { requests: 5, totalTokens: 5000 },
  })
  expect(await get(share, '/api/agents/share')).toMatchObject({
    totals: {
      agentic: { requests: 4, totalTokens: 4000 },
      human: { requests: 1, totalTokens: 1000 },
      unknown: { requests: 0 },
    },
  })
  expect(await get(callers, '/api/agents/callers?by=app')).toMatchObject({
    rows: [{ key: 'shop', totalTokens: 5000 }],
  })
  expect(await get(contextLengths, '/api/agents/context-lengths')).toMatchObject({
    totals: { requests: 5, lengthKnown: 5 },
  })
  expect(await get(funnel, '/api/tools/funnel')).toMatchObject({
    totals: { requests: 4, offered: 4, finishedByToolCall: 4 },
  })
  expect(await get(toolNames, '/api/tools/names')).toMatchObject({ rows: [{ tool: 'find_order' }] })
  expect(await get(useCases, '/api/use-cases')).toMatchObject({
    rows: [{ key: 'support', requests: 5, totalTokens: 5000 }],
  })
  expect(await get(usage, '/api/usage?granularity=day&by=model&limit=1')).toMatchObject({
    series: [{ key: 'acme/atlas', points: [{ requests: 5 }] }],
  })
})

test.each(STATES)('%s, totals by operation and of everything keep them', async () => {
  const byOperation = [
    { key: 'embedding', requests: 10, totalTokens: 50_000 },
    { key: 'chat', requests: 4, totalTokens: 4000 },
    { key: 'completion', requests: 1, totalTokens: 1000 },
    { key: 'other', requests: 1, totalTokens: 5 },
    { key: 'image', requests: 2, totalTokens: 0 },
  ]
  expect(await get(rankings, '/api/rankings?by=operation')).toMatchObject({
    rows: byOperation,
    totals: { requests: 18, totalTokens: 55_005 },
  })
  const { series } = await get(usage, '/api/usage?by=operation&granularity=day&limit=2')
  expect(series).toMatchObject([
    { key: 'embedding', points: [{ requests: 10, totalTokens: 50_000, costUsd: 0.01 }] },
    { key: 'chat', points: [{ requests: 4, costUsd: 0.04 }] },
    { key: 'completion', points: [{ requests: 1, costUsd: 0.01 }] },
    { key: 'other', points: [{ requests: 1, totalTokens: 5, costUsd: null }] },
    { key: 'image', points: [{ requests: 2, totalTokens: 0, costUsd: null }] },
  ])
  expect(await get(rankings, '/api/rankings?by=model&operation=embedding')).toMatchObject({
    rows: [{ key: 'acme/embed', requests: 10, totalTokens: 50_000 }],
    totals: { requests: 10 },
  })
  expect(await get(usage, '/api/usage?by=app&operation=all&granularity=day')).toMatchObject({
    series: [
      { key: 'shop', points: [{ requests: 16, costUsd: 0.06 }] },
      { key: 'studio', points: [{ requests: 2 }] },
    ],
  })
  expect(await get(overview, '/api/overview')).toMatchObject({
    requests: { value: 18 },
    totalTokens: { value: 55_005 },
    costUsd: { value: 0.06 },
    successRate: { value: 16 / 18 },
    agenticShare: { value: 0.8 },
    finishedByToolCallShare: { value: 1 },
    costKnownShare: 15 / 18,
  })
  expect(await get(providers, '/api/providers')).toMatchObject({
    rows: [{ provider: 'helios', attempts: 18 }],
    availability: { withRouting: 16 / 18, withoutRouting: 16 / 18 },
  })
  expect(await get(model, '/api/models/acme/embed', { author: 'acme', slug: 'embed' })).toMatchObject({
    totals: { requests: 10, rank: null },
  })
  const { rows } = await get(logs, '/api/logs?app=studio')
  expect(rows).toMatchObject([{ operation: 'image' }, { operation: 'image' }])
})

test('a use case keeps chats and completions together, and says so', async () => {
  await expect(get(rankings, '/api/rankings?useCase=support&operation=chat')).rejects.toThrow(
    /400 .*operation.*goes without useCase only/,
  )
})

test('one session of five turns, whatever else went on in it', async () => {
  const { rows, totals } = await get(sessions, '/api/agents/sessions')
  expect(rows).toMatchObject([
    { turns: '1', sessions: 0 },
    { turns: '2–9', sessions: 1, costKnown: 1 },
    { turns: '10–49', sessions: 0 },
    { turns: '50+', sessions: 0 },
  ])
  expect(totals).toEqual({ sessions: 1, costKnown: 1 })
})

test('a rebuild finds no difference', async () => {
  const days = []
  for await (const day of rebuildRollups(traffic.client, { fromMs: DAY, toMs: DAY + 1 })) days.push(day)
  expect(days).toEqual([{ day: iso(DAY).slice(0, 10), requests: 18, changed: false }])
})

function get(handler: Parameters<RecordedTraffic['get']>[0], path: string, params = {}) {
  return traffic.get(handler, { path: `${path}${path.includes('?') ? '&' : '?'}${WINDOW}`, params })
}
