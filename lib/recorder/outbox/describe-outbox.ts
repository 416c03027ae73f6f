/**
 * What `/api/health` says of an outbox: waiting records (null until what an earlier run left is read), bytes of its
 * files, age of the oldest record (seconds).
 */
export type OutboxReport = { waitingRecords: number | null; bytes: number; oldestSeconds: number | null }

type OutboxFigures = { records: number; bytes: number; oldestAtMs: number | null; isOpen: boolean }

/** A state as `/api/health` tells it; the age is null when nothing waits. */
export function describeOutbox(
  { records, bytes, oldestAtMs, isOpen }: OutboxFigures,
  nowMs: number,
): OutboxReport {
  const oldestSeconds = oldestAtMs === null ? null : Math.max(0, Math.round((nowMs - oldestAtMs) / 1000))
  return { waitingRecords: isOpen ? records : null, bytes, oldestSeconds }
}
