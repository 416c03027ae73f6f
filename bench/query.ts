import path from 'node:path'
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import { Pool } from 'undici'
import { compactEndedDays } from '../lib/recorder/compact-days.server'
import { type BenchServer, startBenchServer } from './bench-server'
import { postBodies, waitForFolder } from './ingest-client'
import { createRecordSource } from './record-source'

const SMALL_FACTS = 100_000
const LARGE_FACTS = 10_000_000
const HISTORY_DAYS = 90
const DAY_MS = 86_400_000
const BATCH = 2000
const ROUNDS = 21

const PERIODS = ['24h', '7d', '30d', '90d'] as const
const BUCKET_OF = { '24h': 'hour', '7d': 'hour', '30d': 'day', '90d': 'day' } as const
/** One that is much used and one that is hardly used, as record-source.ts draws them. */
const MODELS = ['author-1/model-1', 'author-30/model-390']

/** What the pages ask for: every panel, over every period it offers. */
const PANELS = [
  ...PERIODS.flatMap((period) => [
    `/api/overview?period=${period}`,
    ...['model', 'author', 'provider', 'app', 'useCase'].map(
      (by) => `/api/rankings?by=${by}&period=${period}`,
    ),
    `/api/rankings?by=model&useCase=coding&period=${period}`,
    ...['model', 'author', 'provider', 'app', 'callerKind'].map(
      (by) => `/api/usage?by=${by}&period=${period}&granularity=${BUCKET_OF[period]}&limit=9`,
    ),
    `/api/agents/share?period=${period}&granularity=${BUCKET_OF[period]}`,
    `/api/agents/anatomy?period=${period}`,
    `/api/agents/callers?by=app&period=${period}`,
    `/api/agents/callers?by=key&period=${period}`,
    `/api/agents/sessions?period=${period}`,
    `/api/agents/context-lengths?period=${period}`,
    `/api/tools/funnel?period=${period}&granularity=${BUCKET_OF[period]}`,
    ...['model', 'author', 'provider', 'app'].map((by) => `/api/tools/breakdown?by=${by}&period=${period}`),
    `/api/tools/models?period=${period}`,
    `/api/tools/endpoints?period=${period}`,
    `/api/tools/names?period=${period}`,
    `/api/tools/failing-calls?period=${period}`,
    ...['', '&status=error', '&provider=provider-3&errorClass=any', '&app=app-0&verdict=bad'].map(
      (filter) => `/api/logs?period=${period}${filter}`,
    ),
    `/api/sessions?period=${period}`,
    `/api/providers?period=${period}`,
    `/api/providers/provider-1/series?period=${period}&granularity=${BUCKET_OF[period]}`,
    `/api/providers/provider-1/endpoints?period=${period}`,
    `/api/models?period=${period}`,
    ...MODELS.flatMap((model) => [
      `/api/tools/providers?model=${model}&period=${period}`,
      `/api/models/${model}?period=${period}`,
      `/api/models/${model}/series?period=${period}&granularity=${BUCKET_OF[period]}`,
      `/api/logs?model=${model}&period=${period}`,
    ]),
    `/api/logs?period=${period}`,
    `/api/logs?status=error&provider=provider-1&period=${period}`,
    `/api/logs?verdict=bad&period=${period}`,
    `/api/logs?model=nobody/knows&period=${period}`,
    `/api/sessions?period=${period}`,
  ]),
  '/api/rankings?by=model&period=30d&sort=trending',
  '/api/endpoints',
]

/**
 * Every panel's API at 100 thousand and at 10 million facts over the same 90 days, the two servers asked in turn.
 * Prints one JSON line; `ratio` is the median growth over the panels, to be held at 1.5 or less. A `data` folder
 * keeps what was filled for the next run; `only` asks just the panels whose path contains it.
 */
export async function benchQuery({ data, only = '' }: { data?: string; only?: string }): Promise<void> {
  const small = await startBenchServer({ keptDataDir: data && path.join(data, 'small') })
  const large = await startBenchServer({ keptDataDir: data && path.join(data, 'large') })
  try {
    if (!(await hasFacts(small.databaseUrl))) await fill(small, SMALL_FACTS)
    if (!(await hasFacts(large.databaseUrl))) await fill(large, LARGE_FACTS)
    for (const { databaseUrl } of [small, large]) await settleDatabase(databaseUrl)
    const panels = []
    for (const panel of PANELS.filter((panel) => panel.includes(only))) {
      panels.push(await comparePanel(panel, small, large))
    }
    print(panels)
  } finally {
    await small.stop()
    await large.stop()
  }
}

async function hasFacts(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ filled: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM request_log) AS filled',
  )
  await client.end()
  return rows[0]?.filled ?? false
}

async function fill(server: BenchServer, facts: number): Promise<void> {
  const next = createRecordSource({ seed: 2, prefix: 'history' })
  const startMs = Date.now() - HISTORY_DAYS * DAY_MS
  const stepMs = (HISTORY_DAYS * DAY_MS) / facts
  let made = 0
  const nextBody = () => {
    if (made >= facts) return undefined
    const records = Array.from({ length: BATCH }, (_, index) => next(startMs + (made + index) * stepMs))
    made += BATCH
    return Buffer.from(JSON.stringify(records))
  }
  await postBodies({ server, connections: 3, nextBody })
  await waitForFolder(server.databaseUrl)
}

/** What maintenance and autovacuum get to within ten minutes of such a load; waiting would only make runs longer. */
async function settleDatabase(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' })
  await client.connect()
  await compactEndedDays(client, Date.now())
  await client.query('VACUUM ANALYZE')
  await client.query('CHECKPOINT')
  await client.end()
}

type PanelResult = { panel: string; smallMs: number; largeMs: number; ratio: number }

async function comparePanel(panel: string, small: BenchServer, large: BenchServer): Promise<PanelResult> {
  const pools = { small: new Pool(small.url), large: new Pool(large.url) }
  const times: { small: number[]; large: number[] } = { small: [], large: [] }
  for (let round = -3; round < ROUNDS; round++) {
    for (const size of ['small', 'large'] as const) {
      const elapsedMs = await timeRequest(pools[size], panel, small.apiKey)
      if (round >= 0) times[size].push(elapsedMs)
    }
  }
  await Promise.all([pools.small.close(), pools.large.close()])
  const [smallMs, largeMs] = [median(times.small), median(times.large)]
  return { panel, smallMs, largeMs, ratio: largeMs / smallMs }
}

async function timeRequest(pool: Pool, path: string, apiKey: string): Promise<number> {
  const startedAt = performance.now()
  const answer = await pool.request({ path, method: 'GET', headers: { authorization: `Bearer ${apiKey}` } })
  const body = await answer.body.text()
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${body}`)
  return performance.now() - startedAt
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function print(panels: readonly PanelResult[]): void {
  const round = (value: number) => Number(value.toFixed(2))
  const slowest = [...panels].sort((a, b) => b.largeMs - a.largeMs)[0]
  const steepest = [...panels].sort((a, b) => b.ratio - a.ratio)[0]
  for (const { panel, smallMs, largeMs, ratio } of panels) {
    console.error(
      `${round(smallMs).toString().padStart(7)} ms ${round(largeMs).toString().padStart(7)} ms  ×${round(ratio)}  ${panel}`,
    )
  }
  console.log(
    JSON.stringify({
      benchmark: 'query',
      ratio: round(median(panels.map((panel) => panel.ratio))),
      panels: panels.length,
      medianMsAt100k: round(median(panels.map((panel) => panel.smallMs))),
      medianMsAt10M: round(median(panels.map((panel) => panel.largeMs))),
      above60Ms: panels.filter((panel) => panel.largeMs > 60).map((panel) => panel.panel),
      steeperThan1_5: panels.filter((panel) => panel.ratio > 1.5).length,
      slowest: slowest && { panel: slowest.panel, ms: round(slowest.largeMs) },
      steepest: steepest && { panel: steepest.panel, ratio: round(steepest.ratio) },
    }),
  )
}
