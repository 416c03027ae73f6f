import type { Trial, TrialSummary } from './schema'

/** A running trial that gave no sign of life for this long has lost its runner. */
export const LOST_AFTER_MS = 15_000

/** A row of the table `trial`. */
export type TrialRow = {
  id: string
  preset: string
  presetVersion: number | null
  status: 'running' | 'finished' | 'stopped' | 'failed'
  origin: string
  calls: number
  concurrency: number
  seconds: number
  stream: boolean
  seed: number
  creator: string
  startedAt: Date
  seenAt: Date
  endedAt: Date | null
  problem: string | null
}

/** A stored trial with its summary as the API shows it at `nowMs`. */
export function presentTrial({
  row,
  summary,
  nowMs,
}: {
  row: TrialRow
  summary: TrialSummary
  nowMs: number
}): Trial {
  const isLost = row.status === 'running' && nowMs - row.seenAt.getTime() > LOST_AFTER_MS
  const endedAt = isLost ? row.seenAt : row.endedAt
  return {
    id: row.id,
    preset: row.preset,
    presetVersion: row.presetVersion,
    status: isLost ? 'lost' : row.status,
    origin: row.origin === 'command' ? 'command' : 'page',
    calls: row.calls,
    concurrency: row.concurrency,
    seconds: row.seconds,
    stream: row.stream,
    seed: row.seed,
    creator: row.creator,
    startedAt: row.startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    elapsedMs: Math.max(0, (endedAt?.getTime() ?? nowMs) - row.startedAt.getTime()),
    problem: row.problem,
    summary,
  }
}
