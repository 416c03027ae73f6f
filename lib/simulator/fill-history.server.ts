import type { IngestClient } from '../importer/ingest-client.server'
import { countBetween, recordsBetween, type TrafficSpan } from './traffic'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const BATCH_SIZE = 5000
/** An hour that holds this part of its requests is complete: live traffic loses a few to refusals. */
const COMPLETE = 0.97

export type FillHistoryOptions = {
  span: TrafficSpan
  client: IngestClient
  connections: number
  /** Requests of the simulated apps already stored, by start of the UTC day in epoch milliseconds; absent = none. */
  storedByDay: ReadonlyMap<number, number>
  /** The same by hour, for a day that is stored in part. */
  readStoredHours: (dayMs: number) => Promise<ReadonlyMap<number, number>>
  /** Called with the done part of the whole, 0 to 1. */
  onProgress: (progress: number) => void
  onRejected: (count: number) => void
}

/**
 * Posts the span's records, newest UTC day first, so that the pages show something at once. Days that are stored are
 * left out, whether history or live traffic stored them; of a day stored in part, only what is missing at the end of
 * each of its hours is sent. Throws what the client throws.
 */
export async function fillHistory(options: FillHistoryOptions): Promise<void> {
  const { span, client, connections, onProgress, onRejected } = options
  const days = listDays(span)
  const total = days.reduce((sum, day) => sum + day.count, 0)
  const missing = (await Promise.all(days.map((day) => missingParts(day, options)))).flat()
  let done = total - missing.reduce((sum, part) => sum + part.count, 0)
  onProgress(total === 0 ? 1 : done / total)
  const underway = new Set<Promise<void>>()
  for (const batch of batches(missing)) {
    const posting = client.post(batch.join('\n')).then(({ rejected }) => {
      underway.delete(posting)
      done += batch.length
      onProgress(Math.min(1, done / total))
      if (rejected.length > 0) onRejected(rejected.length)
    })
    underway.add(posting)
    // The failure is thrown by the race or by the final wait; without this it would count as unhandled meanwhile.
    posting.catch(() => undefined)
    if (underway.size >= connections) await Promise.race(underway)
  }
  await Promise.all(underway)
  onProgress(1)
}

/** A span within one UTC day and how many records it has. */
type Part = { span: TrafficSpan; count: number }

async function missingParts(
  day: Part,
  { storedByDay, readStoredHours }: Pick<FillHistoryOptions, 'storedByDay' | 'readStoredHours'>,
): Promise<Part[]> {
  const dayMs = Math.floor(day.span.fromMs / DAY_MS) * DAY_MS
  const stored = storedByDay.get(dayMs) ?? 0
  if (stored >= day.count) return []
  if (stored === 0) return [day]
  const storedByHour = await readStoredHours(dayMs)
  return cutSpan(day.span, HOUR_MS).flatMap((hour) => {
    const part = (storedByHour.get(Math.floor(hour.span.fromMs / HOUR_MS) * HOUR_MS) ?? 0) / hour.count
    if (hour.count === 0 || part >= COMPLETE) return []
    // Both history and live traffic are stored in the order of time, so it is the end of the hour that is missing.
    const fromMs = hour.span.fromMs + Math.floor((hour.span.toMs - hour.span.fromMs) * part)
    const span = { ...hour.span, fromMs }
    return [{ span, count: Math.round(hour.count * (1 - part)) }]
  })
}

/** The days of the span, newest first, each cut to the span. */
function listDays(span: TrafficSpan): Part[] {
  return cutSpan(span, DAY_MS).reverse()
}

/** The span in pieces that begin at whole multiples of `widthMs`. */
function cutSpan(span: TrafficSpan, widthMs: number): Part[] {
  const parts: Part[] = []
  for (let startMs = Math.floor(span.fromMs / widthMs) * widthMs; startMs < span.toMs; startMs += widthMs) {
    const part = {
      ...span,
      fromMs: Math.max(startMs, span.fromMs),
      toMs: Math.min(startMs + widthMs, span.toMs),
    }
    parts.push({ span: part, count: countBetween(part) })
  }
  return parts
}

/** No batch holds records of two days: each then goes into one partition. */
function* batches(parts: Part[]): Generator<string[]> {
  for (const { span } of parts) {
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
