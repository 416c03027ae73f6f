import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '../platform/log.server'
import type { RequestRecord } from '../records/request-record'
import type { CommitOutcome, CommitRecords } from './commit-records.server'
import { isAboutTheData, isWorthRetrying } from './database-error'
import type { Outbox } from './outbox/outbox.server'
import type { QueuedRecord, RecordQueue } from './record-queue'
import type { Writer } from './writer.server'

const RETRY_DELAY_MS = 200

/** Commits records taken out of the queue and tells it what became of them; never throws. */
export type CommitBatch = (writer: Writer, items: readonly QueuedRecord[]) => Promise<void>

/**
 * What commits the batches of one queue. While Postgres does not answer, a batch is tried again until its oldest
 * submission has waited `giveUpAfterMs`; then the outbox takes its records, as it does at once while it holds others
 * that were acknowledged: these come first. Submissions fail with `unavailable` when it does not take them, and with the
 * error itself when that is about their data.
 */
export function createCommitBatch({
  queue,
  records,
  outbox,
  giveUpAfterMs,
}: {
  queue: RecordQueue
  records: CommitRecords
  outbox: Outbox
  giveUpAfterMs: () => number
}): CommitBatch {
  async function divert(items: readonly QueuedRecord[]): Promise<void> {
    for (const [apiKeyId, ofKey] of groupByKey(items)) {
      try {
        const kept: RequestRecord[] = ofKey.map(({ record }) => record)
        await outbox.acknowledge(kept, { apiKeyId, nowMs: Date.now() })
        queue.settle(ofKey, (result) => {
          result.accepted += 1
          result.waiting += 1
        })
      } catch (error) {
        queue.fail(ofKey, error)
      }
    }
  }

  /** Whether the batch is over, after an error. */
  async function giveUp(error: unknown, items: readonly QueuedRecord[]): Promise<boolean> {
    if (isAboutTheData(error)) {
      log.error({ err: error, records: items.length }, 'a batch could not be written')
      queue.fail(items, error)
      return true
    }
    const waitedMs = Date.now() - Math.min(...items.map((item) => item.submission.queuedAtMs))
    const isHopeful = isWorthRetrying(error) && waitedMs <= giveUpAfterMs() && !outbox.holdsAcknowledged()
    if (isHopeful) return false
    log.warn({ err: error, records: items.length }, 'Postgres does not take records')
    await divert(items)
    return true
  }

  return async (writer, items) => {
    if (outbox.holdsAcknowledged()) return await divert(items)
    for (;;) {
      try {
        const outcome = await writer.run((client) => records.commit(client, items))
        settle(queue, outcome)
        return
      } catch (error) {
        writer.reset()
        records.forgetDays()
        if (await giveUp(error, items)) return
        await sleep(RETRY_DELAY_MS)
      }
    }
  }
}

function settle(
  queue: RecordQueue,
  { accepted, amended, duplicates, refused }: CommitOutcome<QueuedRecord>,
): void {
  queue.settle(accepted, (result) => {
    result.accepted += 1
  })
  queue.settle(amended, (result) => {
    result.amended += 1
  })
  queue.settle(duplicates, (result) => {
    result.duplicates += 1
  })
  queue.settle(refused, (result, item) => {
    result.refused.push(item.position)
  })
}

function groupByKey(items: readonly QueuedRecord[]): Map<number, QueuedRecord[]> {
  const groups = new Map<number, QueuedRecord[]>()
  for (const item of items) {
    const ofKey = groups.get(item.submission.apiKeyId)
    if (ofKey) ofKey.push(item)
    else groups.set(item.submission.apiKeyId, [item])
  }
  return groups
}
