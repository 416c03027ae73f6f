import type { IngestClient } from '../importer/ingest-client.server'
import { countBetween, recordsBetween, type TrafficSpan } from './traffic'

const DAY_MS = 86_400_000
const BATCH_SIZE = 5000

export type FillHistoryOptions = {
  span: TrafficSpan
  client: IngestClient
  connections: number
  /** Simulated requests already stored, by start of the UTC day in epoch milliseconds; absent = none. */
  storedByDay: ReadonlyMap<number, number>
  /** Called with the done part of the whole, 0 to 1. */
  onProgress: (progress: number) => void
  onRejected: (count: number) => void
}

/**
 * Posts the span's records, newest UTC day first, so that the pages show something at once. Days that are stored in
 * full are left out; sending a day again would change nothing but cost time. Throws what the client throws.
 */
export async function fillHistory({
  span,
  client,
  connections,
  storedByDay,
  onProgress,
  onRejected,
}: FillHistoryOptions): Promise<void> {
  const days = listDays(span)
  const total = days.reduce((sum, day) => sum + day.count, 0)
  const missing = days.filter((day) => (storedByDay.get(day.dayMs) ?? 0) < day.count)
  let done = total - missing.reduce((sum, day) => sum + day.count, 0)
  onProgress(total === 0 ? 1 : done / total)
  const underway = new Set<Promise<void>>()
  for (const batch of batches(missing)) {
    const posting = client.post(batch.join('\n')).then(({ rejected }) => {
      underway.delete(posting)
      done += batch.length
      onProgress(done / total)
      if (rejected.length > 0) onRejected(rejected.length)
    })
    underway.add(posting)
    // The failure is thrown by the race or by the final wait; without this it would count as unhandled meanwhile.
    posting.catch(() => undefined)
    if (underway.size >= connections) await Promise.race(underway)
  }
  await Promise.all(underway)
}

type Day = { dayMs: number; span: TrafficSpan; count: number }

/** The days of the span, newest first, each cut to the span. */
function listDays(span: TrafficSpan): Day[] {
  const days: Day[] = []
  for (let dayMs = Math.floor(span.fromMs / DAY_MS) * DAY_MS; dayMs < span.toMs; dayMs += DAY_MS) {
    const daySpan = {
      ...span,
      fromMs: Math.max(dayMs, span.fromMs),
      toMs: Math.min(dayMs + DAY_MS, span.toMs),
    }
    days.push({ dayMs, span: daySpan, count: countBetween(daySpan) })
  }
  return days.reverse()
}

/** No batch holds records of two days: each then goes into one partition. */
function* batches(days: Day[]): Generator<string[]> {
  for (const { span } of days) {
    let batch: string[] = []
    for (const record of recordsBetween(span)) {
      batch.push(JSON.stringify(record))
      if (batch.length >= BATCH_SIZE) {
        yield batch
        batch = []
      }
    }
    if (batch.length > 0) yield batch
  }
}
