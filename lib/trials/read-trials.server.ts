import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import { presentTrial, type TrialRow } from './present-trial'
import type { Trial, TrialListQuery } from './schema'
import { summarizeTrials } from './summarize-trials.server'

const DEFAULT_LIMIT = 30

/** Trials, newest first; of one preset when it is given. */
export async function listTrials({ preset, limit = DEFAULT_LIMIT }: TrialListQuery): Promise<Trial[]> {
  const rows = await db().trial.findMany({
    where: preset === undefined ? {} : { preset },
    orderBy: [{ startedAt: 'desc' }, { id: 'asc' }],
    take: limit,
  })
  return presentAll(rows)
}

/** One trial as it stands now. Throws `not_found`. */
export async function readTrial(id: string): Promise<Trial> {
  const [trial] = await presentAll([await requireTrial(id)])
  if (!trial) throw unknownTrial(id)
  return trial
}

/** The row of a trial. Throws `not_found`. */
export async function requireTrial(id: string): Promise<TrialRow> {
  const row = await findTrial(id)
  if (row === null) throw unknownTrial(id)
  return row
}

/** The row of a trial; null when no trial has the id. */
export async function findTrial(id: string): Promise<TrialRow | null> {
  return db().trial.findUnique({ where: { id } })
}

/** What is said about an id that no trial has. */
export function unknownTrial(id: string): AppError {
  return new AppError('not_found', `There is no trial ${id}.`)
}

async function presentAll(rows: readonly TrialRow[]): Promise<Trial[]> {
  const summaries = await summarizeTrials(rows)
  const nowMs = Date.now()
  return rows.flatMap((row) => {
    const summary = summaries.get(row.id)
    return summary ? [presentTrial({ row, summary, nowMs })] : []
  })
}
