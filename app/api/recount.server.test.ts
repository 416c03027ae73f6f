import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordsBetween } from '@/lib/simulator/traffic'
import { buildWorld } from '@/lib/simulator/world'
import { type RecordedTraffic, recordTraffic } from '@/lib/testing/recorded-traffic.server'
import { GRANULARITY_MS } from '@/lib/time/time-buckets'
import { GET as anatomy } from './agents/anatomy/route'
import { GET as callers } from './agents/callers/route'
import { GET as contextLengths } from './agents/context-lengths/route'
import { GET as sessions } from './agents/sessions/route'
import { GET as share } from './agents/share/route'
import { GET as model } from './models/[author]/[slug]/route'
import { GET as providers } from './providers/route'
import { GET as rankings } from './rankings/route'
import { GET as funnel } from './tools/funnel/route'
import { GET as toolProviders } from './tools/providers/route'

// Every definition of design.md §5 computed straight from the facts, in SQL that shares nothing with the product's, and
// held against what the APIs answer from their rollups. Counts and sums must be equal; medians and percentiles come
// from histograms and may be 2 % off, as their definition says.

const DAY_MS = GRANULARITY_MS.day
const TODAY = Math.floor(Date.now() / DAY_MS) * DAY_MS
const FIRST_DAY = TODAY - 12 * DAY_MS
const REQUESTS_PER_DAY = 900
/** Half of it waits in the inboxes while the first questions are asked. */
const FOLDED_UNTIL = TODAY - 5 * DAY_MS
/** Histogram bins are 4 % wide and read at their middle. */
const NEARLY = 0.0201

let traffic: RecordedTraffic

beforeAll(async () => {
  traffic = await recordTraffic()
  const world = buildWorld({ seed: 7, anchorMs: TODAY })
  const between = (fromMs: number, toMs: number) => [
    ...recordsBetween({ world, fromMs, toMs, requestsPerDay: REQUESTS_PER_DAY }),
  ]
  await traffic.send(between(FIRST_DAY, FOLDED_UNTIL))
  await traffic.fold()
  await traffic.send(between(FOLDED_UNTIL, TODAY))
}, 120_000)

afterAll(() => traffic.close())

async function recount<Row>(sql: string, window: Window, ...parameters: unknown[]): Promise<Row[]> {
  const answer = await traffic.client.query(sql, [window.from, window.to, ...parameters])
  return answer.rows
}

type Window = { name: string; from: string; to: string }

/** Days, hours and minutes at the edges; the last one reaches back over the horizon of the minute rollups. */
const WINDOWS: Window[] = [
  windowOf('three days', TODAY - 4 * DAY_MS, TODAY - DAY_MS),
  windowOf('some hours', TODAY - 2 * DAY_MS + 5 * GRANULARITY_MS.hour, TODAY - 11 * GRANULARITY_MS.hour),
  windowOf('odd minutes', TODAY - 3 * DAY_MS + 77 * 60_000, TODAY - DAY_MS - 133 * 60_000),
  windowOf('everything', FIRST_DAY, TODAY),
]

function windowOf(name: string, fromMs: number, toMs: number): Window {
  return { name, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }
}

const query = ({ from, to }: Window) => new URLSearchParams({ from, to }).toString()
const IN_WINDOW = 'r.started_at >= $1 AND r.started_at < $2'
const TOKENS = 'coalesce(r.prompt_tokens, 0) + coalesce(r.completion_tokens, 0)'
const COUNTED = `('upstream_5xx', 'timeout', 'connection', 'mid_stream', 'bad_response', 'auth', 'not_found')`
/** All attempts with what their request says. */
const ATTEMPTS = `(
  SELECT a.*, p.slug AS provider, m.slug AS model, r.tools_offered, r.stream, r.completion_tokens
  FROM attempt a JOIN request_log r ON r.id = a.request_id AND r.started_at = a.request_started_at
    JOIN endpoint e ON e.id = a.endpoint_id JOIN provider p ON p.id = e.provider_id JOIN model m ON m.id = e.model_id
  WHERE ${IN_WINDOW}
) AS x`
const BAD = `EXISTS (SELECT FROM jsonb_array_elements(x.tool_calls) c WHERE c->>'verdict' IN ('invalid_json', 'unknown_name', 'schema_mismatch'))`
const CHECKED = `EXISTS (SELECT FROM jsonb_array_elements(x.tool_calls) c WHERE c->>'verdict' <> 'unknown')`

function byKey(rows: unknown, key: string): Map<string, Record<string, unknown>> {
  return new Map((Array.isArray(rows) ? rows : []).map((row) => [String(row[key]), row]))
}

describe.each(WINDOWS)('over $name', (window) => {
  test('total tokens, rank, share and change', async () => {
    const rows = await recount<{ key: string; tokens: number; before: number }>(
      `SELECT m.slug AS key, sum(${TOKENS}) FILTER (WHERE r.started_at >= $1)::float8 AS tokens,
         coalesce(sum(${TOKENS}) FILTER (WHERE r.started_at < $1), 0)::float8 AS before
       FROM request_log r JOIN model m ON m.id = r.model_id
       WHERE r.started_at >= $1::timestamptz - ($2::timestamptz - $1::timestamptz) AND r.started_at < $2
       GROUP BY 1 HAVING count(*) FILTER (WHERE r.started_at >= $1) > 0
       ORDER BY 2 DESC, m.slug COLLATE "C"`,
      window,
    )
    const answer = await traffic.get(rankings, { path: `/api/rankings?by=model&${query(window)}` })
    const all = rows.reduce((sum, row) => sum + row.tokens, 0)
    const isChangeKnown = Date.parse(window.from) * 2 - Date.parse(window.to) >= FIRST_DAY
    expect(answer.rows).toEqual(
      rows.map((row, index) =>
        expect.objectContaining({
          rank: index + 1,
          key: row.key,
          totalTokens: row.tokens,
          share: row.tokens / all,
          ...(isChangeKnown
            ? { change: row.before > 0 ? (row.tokens - row.before) / row.before : null }
            : {}),
        }),
      ),
    )
  })

  test('requests and tokens by caller kind', async () => {
    const rows = await recount<{ kind: string; requests: number; tokens: number }>(
      `SELECT r.caller_kind AS kind, count(*)::int AS requests, sum(${TOKENS})::float8 AS tokens
       FROM request_log r WHERE ${IN_WINDOW} GROUP BY 1`,
      window,
    )
    const { totals } = await traffic.get(share, { path: `/api/agents/share?${query(window)}` })
    expect(rows.length).toBeGreaterThanOrEqual(2)
    for (const { kind, requests, tokens } of rows)
      expect(Object(totals)[kind]).toEqual({ requests, totalTokens: tokens })
  })

  test('the tool funnel', async () => {
    const [row] = await recount<Record<'requests' | 'offered' | 'used' | 'finished', number>>(
      `SELECT count(*)::int AS requests, count(*) FILTER (WHERE r.tools_offered > 0)::int AS offered,
         count(*) FILTER (WHERE r.tools_offered > 0 AND (r.tool_call_count > 0 OR r.finish_reason = 'tool_calls'))::int AS used,
         count(*) FILTER (WHERE r.finish_reason = 'tool_calls')::int AS finished
       FROM request_log r WHERE ${IN_WINDOW} AND r.tools_offered IS NOT NULL`,
      window,
    )
    if (!row) throw new Error('nothing counted')
    const { totals } = await traffic.get(funnel, { path: `/api/tools/funnel?${query(window)}` })
    expect(totals).toMatchObject({
      requests: row.requests,
      offered: row.offered,
      used: row.used,
      finishedByToolCall: row.finished,
      offeredShare: row.offered / row.requests,
      usedShare: row.used / row.offered,
      finishedShare: row.finished / row.requests,
    })
  })

  test('tool-call error rate with its interval, and tool-use rate, by provider of a model', async () => {
    const name = await busiestModel(window)
    const rows = await recount<{
      provider: string
      judged: number
      bad: number
      used: number
      offered: number
      low: number
      high: number
    }>(
      `SELECT *, (p + z*z/2/n - z * sqrt(p*(1-p)/n + z*z/4/n/n)) / (1 + z*z/n) AS low,
         (p + z*z/2/n + z * sqrt(p*(1-p)/n + z*z/4/n/n)) / (1 + z*z/n) AS high
       FROM (
         SELECT x.provider, judged::int, bad::int, used::int, offered::int, bad::float8 / nullif(judged, 0) AS p,
           nullif(judged, 0)::float8 AS n, 1.959963984540054::float8 AS z
         FROM (
           SELECT x.provider,
             count(*) FILTER (WHERE x.finish_reason = 'tool_calls' AND ${CHECKED}) AS judged,
             count(*) FILTER (WHERE x.finish_reason = 'tool_calls' AND ${BAD}) AS bad,
             count(*) FILTER (WHERE x.finish_reason = 'tool_calls' AND x.tools_offered > 0) AS used,
             count(*) FILTER (WHERE x.tools_offered > 0) AS offered
           FROM ${ATTEMPTS} WHERE x.model = $3 GROUP BY 1
         ) AS x
       ) AS y`,
      window,
      name,
    )
    const answer = await traffic.get(toolProviders, {
      path: `/api/tools/providers?model=${name}&${query(window)}`,
    })
    const answered = byKey(answer.rows, 'provider')
    expect([...answered.keys()].sort()).toEqual(rows.map(({ provider }) => provider).sort())
    for (const { provider, judged, bad, used, offered, low, high } of rows) {
      const isEnough = judged >= 20
      expect(answered.get(provider)).toMatchObject({
        toolCallAttempts: judged,
        badAttempts: bad,
        errorRate: isEnough ? bad / judged : null,
        errorRateLow: isEnough ? expect.closeTo(low, 4) : null,
        errorRateHigh: isEnough ? expect.closeTo(high, 4) : null,
        toolUseRate: offered > 0 ? used / offered : null,
      })
    }
  })

  test('uptime, status, rate-limited share and latency of every provider', async () => {
    const rows = await recount<{
      provider: string
      attempts: number
      ok: number
      errors: number
      limited: number
      p50: number | null
      p95: number | null
    }>(
      `SELECT x.provider, count(*)::int AS attempts, count(*) FILTER (WHERE x.error_class IS NULL)::int AS ok,
         count(*) FILTER (WHERE x.error_class IN ${COUNTED})::int AS errors,
         count(*) FILTER (WHERE x.error_class = 'rate_limited')::int AS limited,
         percentile_disc(0.5) WITHIN GROUP (ORDER BY x.time_to_first_token_ms) FILTER (WHERE x.error_class IS NULL) AS p50,
         percentile_disc(0.95) WITHIN GROUP (ORDER BY x.time_to_first_token_ms) FILTER (WHERE x.error_class IS NULL) AS p95
       FROM ${ATTEMPTS} GROUP BY 1`,
      window,
    )
    const answer = await traffic.get(providers, { path: `/api/providers?${query(window)}` })
    const answered = byKey(answer.rows, 'provider')
    expect([...answered.keys()].sort()).toEqual(rows.map(({ provider }) => provider).sort())
    for (const { provider, attempts, ok, errors, limited, p50, p95 } of rows) {
      const uptime = ok + errors < 20 ? null : ok / (ok + errors)
      const row = answered.get(provider)
      expect(row).toMatchObject({
        attempts,
        ok,
        uptime,
        rateLimitedShare: limited / attempts,
        status: statusOf(uptime),
      })
      expectNearly(row?.latencyMsP50, p50)
      expectNearly(row?.latencyMsP95, p95)
    }
    const sum = (value: (row: (typeof rows)[number]) => number) =>
      rows.reduce((all, row) => all + value(row), 0)
    const [requests] = await recount<{ ok: number; errors: number }>(
      `SELECT count(*) FILTER (WHERE r.error_class IS NULL)::int AS ok,
         count(*) FILTER (WHERE r.error_class IN ${COUNTED})::int AS errors
       FROM request_log r WHERE ${IN_WINDOW}`,
      window,
    )
    const ok = sum((row) => row.ok)
    expect(answer.availability).toEqual({
      withRouting: (requests?.ok ?? 0) / ((requests?.ok ?? 0) + (requests?.errors ?? 0)),
      withoutRouting: ok / (ok + sum((row) => row.errors)),
    })
  })

  test('a model by provider: throughput, cache hit rate, effective price, token share', async () => {
    const name = await busiestModel(window)
    const rows = await recount<{
      provider: string
      hits: number | null
      price: number | null
      tokens: number
      all: number
      throughput: number | null
    }>(
      `SELECT p.slug AS provider,
         sum(r.cached_tokens)::float8 / nullif(sum(r.prompt_tokens) FILTER (WHERE r.cached_tokens IS NOT NULL), 0) AS hits,
         sum(r.cost_micro_usd)::float8 / nullif(sum(${TOKENS}) FILTER (WHERE r.cost_micro_usd IS NOT NULL), 0) AS price,
         sum(${TOKENS})::float8 AS tokens, (sum(sum(${TOKENS})) OVER ())::float8 AS all,
         percentile_disc(0.5) WITHIN GROUP (ORDER BY r.completion_tokens * 1000.0
           / (r.duration_ms - CASE WHEN r.stream THEN coalesce(r.time_to_first_token_ms, 0) ELSE 0 END))
           FILTER (WHERE r.error_class IS NULL AND r.completion_tokens > 0
             AND r.duration_ms > CASE WHEN r.stream THEN coalesce(r.time_to_first_token_ms, 0) ELSE 0 END)::float8 AS throughput
       FROM request_log r JOIN endpoint e ON e.id = r.endpoint_id JOIN provider p ON p.id = e.provider_id
         JOIN model m ON m.id = e.model_id
       WHERE ${IN_WINDOW} AND m.slug = $3 GROUP BY 1`,
      window,
      name,
    )
    const [author = '', slug = ''] = name.split('/')
    const answer = await traffic.get(model, {
      path: `/api/models/${name}?${query(window)}`,
      params: { author, slug },
    })
    const answered = byKey(answer.providers, 'provider')
    for (const { provider, hits, price, tokens, all, throughput } of rows) {
      const row = answered.get(provider)
      expect(row).toMatchObject({
        cacheHitRate: hits === null ? null : expect.closeTo(hits, 10),
        effectiveUsdPerMTok: price === null ? null : expect.closeTo(price, 10),
        tokenShare: expect.closeTo(tokens / all, 10),
      })
      expectNearly(row?.tokensPerSecondP50, throughput)
    }
  })

  test('the anatomy of a request of each kind', async () => {
    const rows = await recount<Record<string, number> & { kind: string; parts: number[] }>(
      `SELECT r.caller_kind AS kind, count(*)::int AS requests,
         avg(${TOKENS}) FILTER (WHERE r.prompt_tokens IS NOT NULL OR r.completion_tokens IS NOT NULL)::float8 AS mean,
         sum(r.cached_tokens)::float8 / sum(r.prompt_tokens) FILTER (WHERE r.cached_tokens IS NOT NULL) AS cached,
         (SELECT array_agg(mean::float8 ORDER BY part) FROM (
           SELECT part, avg(tokens) AS mean FROM request_log s, unnest(s.prompt_parts) WITH ORDINALITY AS u (tokens, part)
           WHERE s.started_at >= $1 AND s.started_at < $2 AND s.caller_kind = r.caller_kind GROUP BY part
         ) AS p) AS parts
       FROM request_log r WHERE ${IN_WINDOW} AND r.caller_kind <> 'unknown' GROUP BY 1`,
      window,
    )
    const answer = await traffic.get(anatomy, { path: `/api/agents/anatomy?${query(window)}` })
    expect(rows).toHaveLength(2)
    const close = (value: number | undefined) => expect.closeTo(value ?? Number.NaN, 6)
    const PARTS = [
      'system',
      'toolDefinitions',
      'mcpToolDefinitions',
      'skills',
      'toolResults',
      'userText',
      'assistantHistory',
    ]
    for (const { kind, requests, mean, cached, parts } of rows)
      expect(answer[kind]).toMatchObject({
        requests,
        averageTokens: close(mean),
        cachedShare: close(cached),
        parts: Object.fromEntries(PARTS.map((part, index) => [part, close(parts[index])])),
      })
    const meanOf = (kind: string) => rows.find((row) => row.kind === kind)?.mean ?? Number.NaN
    expect(answer.factor).toBeCloseTo(meanOf('agentic') / meanOf('human'), 8)
  })

  test('requests by context length', async () => {
    const rows = await recount<{ length: string; requests: number }>(
      `SELECT CASE WHEN t <= 1000 THEN '1K' WHEN t <= 10000 THEN '10K' WHEN t <= 100000 THEN '100K'
           WHEN t <= 1000000 THEN '1M' ELSE '10M' END AS length, count(*)::int AS requests
       FROM (SELECT ${TOKENS} AS t FROM request_log r
         WHERE ${IN_WINDOW} AND (r.prompt_tokens IS NOT NULL OR r.completion_tokens IS NOT NULL)) AS x GROUP BY 1`,
      window,
    )
    const answer = await traffic.get(contextLengths, { path: `/api/agents/context-lengths?${query(window)}` })
    const counted = Object.fromEntries(rows.map(({ length, requests }) => [length, requests]))
    const answered = [...byKey(answer.rows, 'contextLength')].map(([length, row]) => [length, row.requests])
    expect(answered).toEqual(
      ['1K', '10K', '100K', '1M', '10M'].map((length) => [length, counted[length] ?? 0]),
    )
  })

  test('apps as agentic, mixed or human', async () => {
    const rows = await recount<{ app: string; agentic: number; human: number; all: number }>(
      `SELECT a.slug AS app, coalesce(sum(${TOKENS}) FILTER (WHERE r.caller_kind = 'agentic'), 0)::float8 AS agentic,
         coalesce(sum(${TOKENS}) FILTER (WHERE r.caller_kind = 'human'), 0)::float8 AS human, sum(${TOKENS})::float8 AS all
       FROM request_log r JOIN app a ON a.id = r.app_id WHERE ${IN_WINDOW} AND r.app_id <> 0 GROUP BY 1`,
      window,
    )
    const answer = await traffic.get(callers, { path: `/api/agents/callers?by=app&${query(window)}` })
    const answered = byKey(answer.rows, 'key')
    expect(rows.length).toBeGreaterThan(10)
    for (const { app, agentic, human, all } of rows)
      expect(answered.get(app)).toMatchObject({
        agenticShare: all > 0 ? agentic / all : null,
        class:
          agentic + human === 0
            ? 'unknown'
            : agentic / all >= 0.8
              ? 'agentic'
              : agentic / all <= 0.2
                ? 'human'
                : 'mixed',
      })
  })
})

test('crossover', async () => {
  const everything = windowOf('everything', FIRST_DAY, TODAY)
  const [row] = await recount<{ day: string | null }>(
    `WITH days AS (
       SELECT d::date AS day,
         (SELECT coalesce(sum(${TOKENS}) FILTER (WHERE caller_kind = 'agentic'), 0) > coalesce(sum(${TOKENS}) FILTER (WHERE caller_kind = 'human'), 0)
          FROM request_log r WHERE r.started_at >= d - interval '6 days' AND r.started_at < d + interval '1 day') AS is_over
       FROM generate_series($1::timestamptz, $2::timestamptz - interval '1 day', '1 day') AS d
     )
     SELECT to_char(min(day), 'YYYY-MM-DD') AS day FROM days
     WHERE is_over AND day > coalesce((SELECT max(day) FROM days WHERE NOT is_over), '-infinity')`,
    everything,
  )
  const { totals } = await traffic.get(share, { path: `/api/agents/share?${query(everything)}` })
  expect(Object(totals).crossover).toBe(row?.day ?? null)
})

test('cost per session by turns, once what waits is folded', async () => {
  await traffic.fold()
  const everything = windowOf('everything', FIRST_DAY, TODAY)
  const rows = await recount<{ turns: string; sessions: number; median: number | null }>(
    `SELECT CASE WHEN n = 1 THEN '1' WHEN n < 10 THEN '2–9' WHEN n < 50 THEN '10–49' ELSE '50+' END AS turns,
       count(*)::int AS sessions,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY cost) FILTER (WHERE known = n)::float8 / 1e6 AS median
     FROM (SELECT r.session_id, count(*) AS n, count(r.cost_micro_usd) AS known, sum(r.cost_micro_usd) AS cost
       FROM request_log r WHERE ${IN_WINDOW} AND r.session_id IS NOT NULL GROUP BY 1) AS s GROUP BY 1`,
    everything,
  )
  expect(rows.length).toBeGreaterThan(1)
  const answer = await traffic.get(sessions, { path: `/api/agents/sessions?${query(everything)}` })
  const answered = byKey(answer.rows, 'turns')
  for (const { turns, sessions: count, median } of rows) {
    expect(answered.get(turns)).toMatchObject({ sessions: count })
    expectNearly(answered.get(turns)?.medianCostUsd, median)
  }
})

async function busiestModel(window: Window): Promise<string> {
  const [row] = await recount<{ slug: string }>(
    `SELECT m.slug FROM request_log r JOIN model m ON m.id = r.model_id WHERE ${IN_WINDOW}
     GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
    window,
  )
  if (!row) throw new Error('no request in the window')
  return row.slug
}

function statusOf(uptime: number | null): string {
  if (uptime === null) return 'unknown'
  return uptime >= 0.95 ? 'healthy' : uptime >= 0.8 ? 'degraded' : 'down'
}

function expectNearly(actual: unknown, exact: number | null): void {
  if (exact === null) expect(actual).toBeNull()
  else expect(Math.abs(Number(actual) / Number(exact) - 1)).toBeLessThanOrEqual(NEARLY)
}
