import type pg from 'pg'
import { ADVISORY_LOCKS } from '../platform/advisory-locks'
import { inTransaction } from './transaction.server'

/** Runs `work` in a transaction that nobody folds or rebuilds beside; throws what it throws, with nothing written. */
export async function underFoldLock<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  return await inTransaction(client, async () => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.fold])
    return await work()
  })
}

/** As `underFoldLock`, seeing all the while the database as it was when the lock was got. */
export async function inSnapshot<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  // Taken before the snapshot: what the folder did meanwhile would be invisible to it.
  await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCKS.fold])
  try {
    return await inTransaction(client, work, 'repeatable read')
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [ADVISORY_LOCKS.fold])
  }
}
