/** What `/api/health` says of an outbox: waiting records, bytes of its files, age of the oldest record (seconds). */
export type OutboxReport = { waitingRecords: number; bytes: number; oldestSeconds: number | null }

/** A state as `/api/health` tells it; the age is null when nothing waits. */
export function describeOutbox(
  { records, bytes, oldestAtMs }: { records: number; bytes: number; oldestAtMs: number | null },
  nowMs: number,
): OutboxReport {
  const oldestSeconds = oldestAtMs === null ? null : Math.max(0, Math.round((nowMs - oldestAtMs) / 1000))
  return { waitingRecords: records, bytes, oldestSeconds }
}
