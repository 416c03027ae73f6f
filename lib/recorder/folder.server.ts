import type pg from 'pg'
import { ADVISORY_LOCKS } from '../platform/advisory-locks'
import type { Job } from '../platform/jobs/run-every.server'
import { runOnDatabase } from '../platform/jobs/run-on-database.server'
import { horizonsAt } from '../time/horizons'
import { FAMILIES, INBOX_TABLES } from './families'
import { readFirstWholeDay } from './first-whole-day.server'
import { dropEmptySql, FOLD_LIMIT, foldSql } from './fold-sql'
import { FOLD_SESSIONS_SQL, HAS_RECOUNTS_SQL, RECOUNT_SESSIONS_SQL } from './session-sql'
import { inTransaction } from './transaction.server'

const FOLD_INTERVAL_MS = 1000
/** Under heavy load the folder rests three times as long as it works: larger folds cost less a record. */
const REST_FACTOR = 3
/** After a long backlog too: meanwhile readers add up the inbox. */
const LONGEST_REST_MS = 10_000
/** Inbox rows after which dead ones are cleaned up by hand: readers scan the whole inbox. */
const VACUUM_AFTER_ROWS = 50_000
/** One statement of a fold after a long backlog takes some ten seconds. */
const SILENCE_MS = 120_000

const FOLDS = FAMILIES.map((family) => ({ fold: foldSql(family), dropEmpty: dropEmptySql(family) }))

export type FoldResult = {
  /** Inbox rows moved. */
  rows: number
  /** Whether the inboxes may hold more that was visible. */
  hasMore: boolean
}

/**
 * Moves inbox rows into the rollups and sessions, in one transaction that takes them out and adds them in. Changes no
 * answer, but for sessions, which are read as folded. Does nothing when somebody else is folding.
 */
export async function foldOnce(client: pg.ClientBase): Promise<FoldResult> {
  return await inTransaction(client, async () => {
    const lock = await client.query<{ held: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS held', [
      ADVISORY_LOCKS.fold,
    ])
    return lock.rows[0]?.held ? await foldPiece(client) : { rows: 0, hasMore: false }
  })
}

/** Folds everything visible, for a caller that holds the fold lock and owns the transaction. */
export async function foldAll(client: pg.ClientBase): Promise<void> {
  while ((await foldPiece(client)).hasMore);
}

async function foldPiece(client: pg.ClientBase): Promise<FoldResult> {
  const { minuteFromMs, hourFromMs } = horizonsAt(Date.now())
  const parameters = [new Date(minuteFromMs), new Date(hourFromMs)]
  const moved: number[] = []
  for (const { fold, dropEmpty } of FOLDS) {
    const answer = await client.query<Folded>(fold, parameters)
    const { rows = 0, first = null, last = null } = answer.rows[0] ?? {}
    moved.push(rows)
    if (first === null) continue
    for (const statement of dropEmpty) await client.query(statement, [first, last])
  }
  await recountSessions(client)
  const sessions = await client.query<{ rows: number }>(FOLD_SESSIONS_SQL)
  moved.push(sessions.rows[0]?.rows ?? 0)
  return {
    rows: moved.reduce((sum, rows) => sum + rows, 0),
    hasMore: moved.some((rows) => rows >= FOLD_LIMIT),
  }
}

type Folded = { rows: number; first: Date | null; last: Date | null }

async function recountSessions(client: pg.ClientBase): Promise<void> {
  const answer = await client.query<{ waits: boolean }>(HAS_RECOUNTS_SQL)
  if (!answer.rows[0]?.waits) return
  const firstWholeDay = await readFirstWholeDay(client)
  const from = Number.isFinite(firstWholeDay) ? new Date(firstWholeDay) : '-infinity'
  await client.query(RECOUNT_SESSIONS_SQL, [from])
}

export type Folder = Pick<Job, 'stop'>

/** Folds every second until stopped; a failure is logged and the next tick tries again. */
export function startFolder({ databaseUrl }: { databaseUrl: string }): Folder {
  let rowsSinceVacuum = 0

  async function tick(client: pg.Client, signal: AbortSignal): Promise<undefined> {
    let hasMore = true
    while (hasMore && !signal.aborted) {
      const result = await foldOnce(client)
      hasMore = result.hasMore
      rowsSinceVacuum += result.rows
      // Within a backlog too, or each piece would walk over the dead rows of all pieces before it.
      if (rowsSinceVacuum < VACUUM_AFTER_ROWS) continue
      rowsSinceVacuum = 0
      await client.query(`VACUUM ${INBOX_TABLES.join(', ')}`)
    }
  }

  return runOnDatabase({
    name: 'folder',
    everyMs: FOLD_INTERVAL_MS,
    restMs: (tookMs) => Math.min(LONGEST_REST_MS, Math.max(FOLD_INTERVAL_MS, REST_FACTOR * tookMs)),
    databaseUrl,
    silenceMs: SILENCE_MS,
    work: tick,
  })
}
