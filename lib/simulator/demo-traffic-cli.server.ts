import { parseArgs } from 'node:util'
import { openIngestClient } from '../importer/ingest-client.server'
import { readEnvironment } from '../platform/env.server'
import { log } from '../platform/log.server'
import { playLiveTraffic } from './clients/play-live-traffic.server'
import { weekStart } from './demand'
import { fillHistory } from './fill-history.server'
import { followIncidents } from './follow-incidents.server'
import { readStoredRequests } from './read-stored-requests.server'
import { buildWorld, DEMO_SEED, type World } from './world'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const CONNECTIONS = 3
const PARENT_CHECK_MS = 2_000

type Settings = ReturnType<typeof readSettings>

async function main(signal: AbortSignal): Promise<void> {
  const settings = readSettings()
  const toMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS
  const world = buildWorld({ seed: settings.seed, anchorMs: weekStart(toMs) })
  // At once, not after the history: a gap of its length would stand in every chart.
  const live = settings.upstreamUrl === null ? null : playLive({ settings, world, fromMs: toMs, signal })
  await Promise.all([writeHistory({ settings, world, toMs, signal }), live])
}

/** The providers' behaviour, then the clients that meet it at the gateway; until the signal aborts. */
async function playLive({
  settings: { url, apiKey, requestsPerDay, upstreamUrl },
  world,
  fromMs,
  signal,
}: {
  settings: Settings
  world: World
  fromMs: number
  signal: AbortSignal
}): Promise<void> {
  if (upstreamUrl === null) return
  await new Promise<void>((resolve, reject) => {
    const following = followIncidents({ world, upstreamUrl, signal, onReady: resolve })
    following.catch((error: unknown) => {
      stopping.abort()
      reject(error)
    })
  })
  await playLiveTraffic({ stream: { world, fromMs, requestsPerDay }, url, apiKey, signal })
}

async function writeHistory({
  settings: { url, apiKey, requestsPerDay, days },
  world,
  toMs,
  signal,
}: {
  settings: Settings
  world: World
  toMs: number
  signal: AbortSignal
}): Promise<void> {
  // Twice the longest period on screen, so that its change has a window before it to compare with.
  const fromMs = Math.floor(toMs / DAY_MS) * DAY_MS - (days - 1) * DAY_MS
  const client = openIngestClient({
    url,
    apiKey,
    connections: CONNECTIONS,
    isCompressed: false,
    giveUpAfterMs: Number.POSITIVE_INFINITY,
    isPatientAtStart: true,
    signal,
  })
  const source = { url, apiKey, world, signal }
  await fillHistory({
    span: { world, fromMs, toMs, requestsPerDay },
    client,
    connections: CONNECTIONS,
    storedByDay: await readStoredRequests({ ...source, granularity: 'day', fromMs, toMs }),
    readStoredHours: (dayMs) =>
      readStoredRequests({
        ...source,
        granularity: 'hour',
        fromMs: dayMs,
        toMs: Math.min(toMs, dayMs + DAY_MS),
      }),
    onProgress: createProgressPrinter(),
    onRejected: (count) => log.warn({ count }, 'the server rejected simulated records'),
  })
  await client.close()
}

function readSettings() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: String(DEMO_SEED) },
      days: { type: 'string', default: '180' },
      'requests-per-day': { type: 'string', default: '21000' },
      upstream: { type: 'string' },
    },
  })
  const environment = readEnvironment()
  if (environment.SIGHTGLASS_API_KEY === undefined) throw new Error('Set SIGHTGLASS_API_KEY to an API key.')
  return {
    seed: readCount('--seed', values.seed),
    days: readCount('--days', values.days),
    requestsPerDay: readCount('--requests-per-day', values['requests-per-day']),
    /** Of the simulated providers; null = history only. */
    upstreamUrl: values.upstream ?? null,
    url: environment.SIGHTGLASS_URL ?? `http://127.0.0.1:${environment.PORT}`,
    apiKey: environment.SIGHTGLASS_API_KEY,
  }
}

function readCount(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new Error(`${option} ${text}: expected a whole number.`)
}

/** One JSON line a percent on stdout, which the server that started us reads. */
function createProgressPrinter(): (progress: number) => void {
  let printed = -1
  return (progress) => {
    const percent = Math.floor(progress * 100)
    if (percent === printed) return
    printed = percent
    console.log(JSON.stringify({ historyProgress: percent / 100 }))
  }
}

const stopping = new AbortController()
for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stopping.abort())

// A server that was killed cannot stop us, but its orphans get another parent.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) stopping.abort()
}, PARENT_CHECK_MS).unref()

main(stopping.signal).catch((error: unknown) => {
  if (stopping.signal.aborted) return
  log.error({ err: error }, 'the demo traffic stopped')
  process.exitCode = 1
})
