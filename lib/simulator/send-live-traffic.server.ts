import { setTimeout as sleepFor } from 'node:timers/promises'
import type { WireRecord } from '../formats/sightglass/schema'
import type { IngestClient } from '../importer/ingest-client.server'
import { recordsBetween, type TrafficSpan } from './traffic'

const TICK_MS = 500

/**
 * Goes on with the stream of records from `fromMs` in real time until the signal aborts: twice a second it posts the
 * requests that have ended since. What a stopped run still held back is made up for by the next run's history.
 * Throws what the client throws.
 */
export async function sendLiveTraffic({
  stream,
  client,
  signal,
}: {
  stream: Omit<TrafficSpan, 'toMs'>
  client: IngestClient
  signal: AbortSignal
}): Promise<void> {
  let fromMs = stream.fromMs
  let running: WireRecord[] = []
  while (!signal.aborted) {
    const nowMs = Date.now()
    if (nowMs > fromMs) {
      running.push(...recordsBetween({ ...stream, fromMs, toMs: nowMs }))
      fromMs = nowMs
    }
    const ended = running.filter((record) => endOf(record) <= nowMs)
    if (ended.length > 0) {
      running = running.filter((record) => endOf(record) > nowMs)
      await client.post(ended.map((record) => JSON.stringify(record)).join('\n'))
    }
    await sleepFor(TICK_MS, undefined, { signal })
  }
}

function endOf({ startedAt, durationMs, attempts }: WireRecord): number {
  const lastedMs = attempts?.reduce((sum, attempt) => sum + (attempt.durationMs ?? 0), 0) ?? durationMs ?? 0
  return Date.parse(startedAt) + lastedMs
}
