import { parseArgs } from 'node:util'
import { openIngestClient } from '../importer/ingest-client.server'
import { readEnvironment } from '../platform/env.server'
import { log } from '../platform/log.server'
import { weekStart } from './demand'
import { fillHistory } from './fill-history.server'
import { readStoredDays } from './read-stored-days.server'
import { sendLiveTraffic } from './send-live-traffic.server'
import { buildWorld } from './world'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const CONNECTIONS = 3
const PARENT_CHECK_MS = 2_000

async function main(signal: AbortSignal): Promise<void> {
  const settings = readSettings()
  const { seed, requestsPerDay, url, apiKey } = settings
  const toMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS
  // Twice the longest period on screen, so that its change has a window before it to compare with.
  const fromMs = Math.floor(toMs / DAY_MS) * DAY_MS - (settings.days - 1) * DAY_MS
  const world = buildWorld({ seed, anchorMs: weekStart(toMs) })
  const client = openIngestClient({
    url,
    apiKey,
    connections: CONNECTIONS,
    isCompressed: false,
    giveUpAfterMs: Number.POSITIVE_INFINITY,
    isPatientAtStart: true,
    signal,
  })
  await fillHistory({
    span: { world, fromMs, toMs, requestsPerDay },
    client,
    connections: CONNECTIONS,
    storedByDay: await readStoredDays({ url, apiKey, world, fromMs, toMs, signal }),
    onProgress: createProgressPrinter(),
    onRejected: (count) => log.warn({ count }, 'the server rejected simulated records'),
  })
  if (settings.isHistoryOnly) await client.close()
  else await sendLiveTraffic({ stream: { world, fromMs: toMs, requestsPerDay }, client, signal })
}

function readSettings() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '24' },
      days: { type: 'string', default: '180' },
      'requests-per-day': { type: 'string', default: '9000' },
      'history-only': { type: 'boolean', default: false },
    },
  })
  const environment = readEnvironment()
  if (environment.SIGHTGLASS_API_KEY === undefined) throw new Error('Set SIGHTGLASS_API_KEY to an API key.')
  return {
    seed: readCount('--seed', values.seed),
    days: readCount('--days', values.days),
    requestsPerDay: readCount('--requests-per-day', values['requests-per-day']),
    isHistoryOnly: values['history-only'],
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
