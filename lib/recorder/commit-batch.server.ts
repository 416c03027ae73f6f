import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { AppError } from '../platform/errors'
import { log } from '../platform/log.server'
import { horizonsAt } from '../time/horizons'
import { createCatalogCache } from './catalog-ids.server'
import { isWorthRetrying } from './database-error'
import type { QueuedRecord, RecordQueue } from './record-queue'
import { identify, splitByDay, splitRepeated } from './sort-batch.server'
import { writeBatch } from './write-batch.server'
import type { Writer } from './writer.server'

const RETRY_DELAY_MS = 200

/** Commits records taken out of the queue and tells it what became of them; never throws. */
export type CommitBatch = (writer: Writer, items: readonly QueuedRecord[]) => Promise<void>

/**
 * What commits the batches of one queue, with the ids and days that its batches have in common. `onCommit` is told how
 * many requests became visible. While Postgres does not answer, a batch is tried again until its oldest submission has
 * waited `giveUpAfterMs`; then its submissions fail with `unavailable`, and at once with an error that stays.
 */
export function createCommitBatch({
  queue,
  onCommit,
  giveUpAfterMs,
}: {
  queue: RecordQueue
  onCommit: (requests: number) => void
  giveUpAfterMs: number
}): CommitBatch {
  const catalog = createCatalogCache()
  const openDays = new Set<number>()

  async function commit(client: pg.Client, items: readonly QueuedRecord[]): Promise<void> {
    const { open, refused } = await splitByDay(client, items, openDays)
    const { unique, repeated } = splitRepeated(open)
    const identified = await identify(client, catalog, unique)
    const written = identified.length > 0 ? await writeBatch(client, identified, horizonsAt(Date.now())) : []
    const isAllNew = written.length === unique.length
    const fresh = isAllNew ? null : new Set(written.map(({ record }) => record))
    queue.settle(unique, (result, item) => {
      if (fresh === null || fresh.has(item.record)) result.accepted += 1
      else result.duplicates += 1
    })
    queue.settle(repeated, (result) => {
      result.duplicates += 1
    })
    queue.settle(refused, (result, item) => {
      result.refused.push(item.position)
    })
    if (written.length > 0) onCommit(written.length)
  }

  return async (writer, items) => {
    for (;;) {
      try {
        await commit(await writer.client(), items)
        return
      } catch (error) {
        await writer.reset()
        openDays.clear()
        const final = finalError({ error, items, giveUpAfterMs })
        if (final !== null) {
          queue.fail(items, final)
          return
        }
        await sleep(RETRY_DELAY_MS)
      }
    }
  }
}

/** What to tell whoever sent these records, after an error that ends trying; null when it is worth another try. */
function finalError({
  error,
  items,
  giveUpAfterMs,
}: {
  error: unknown
  items: readonly QueuedRecord[]
  giveUpAfterMs: number
}): unknown {
  if (!isWorthRetrying(error)) {
    log.error({ err: error, records: items.length }, 'a batch could not be written')
    return error
  }
  const waitedMs = Date.now() - Math.min(...items.map((item) => item.submission.queuedAtMs))
  if (waitedMs <= giveUpAfterMs) return null
  log.warn({ err: error }, 'Postgres does not take records')
  return new AppError('unavailable', 'The database does not answer.', { retryAfterSeconds: 5, cause: error })
}
