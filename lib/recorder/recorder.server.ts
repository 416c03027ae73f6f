import type pg from 'pg'
import { AppError } from '../platform/errors'
import { log } from '../platform/log.server'
import type { RequestRecord } from '../records/request-record'
import { createCatalogCache } from './catalog-ids.server'
import { horizonsAt } from './horizons'
import { labelRecord } from './label-record'
import { startLabels } from './labels.server'
import { identify, splitByDay, splitRepeated } from './sort-batch.server'
import { postgresCode, writeBatch } from './write-batch.server'
import { createWriter, type Writer } from './writer.server'

/** Records in one transaction: enough to make the commit cheap, few enough to keep its latency low. */
const MAX_BATCH = 10_000
/** Records that may wait for a commit; a submission that starts below the mark is taken whole. */
const MAX_QUEUED = 200_000
const GIVE_UP_AFTER_MS = 10_000
/** Two: one encodes its batch while the other's is being committed. */
const WRITERS = 2
const RETRY_DELAY_MS = 200

const RETRYABLE = new Set(['40P01', '40001', '23514', '57P01', '57P02', '57P03', '53300'])

/** What became of a submission. `refused` are the positions of records whose day retention has already dropped. */
export type RecordingResult = { accepted: number; duplicates: number; refused: number[] }

export type Recorder = {
  /**
   * Records requests; resolves once they are committed, each counted once however often it is sent.
   * Throws `unavailable` with Retry-After when the queue is full or Postgres does not answer.
   */
  record: (records: readonly RequestRecord[], options: { apiKeyId: number }) => Promise<RecordingResult>
  /** A record with what operators say of requests like it, free of the content that takes; for who must keep it. */
  label: (record: RequestRecord, options: { apiKeyId: number }) => RequestRecord
  /** Records waiting for their commit. */
  queued: () => number
  /** Takes nothing more and resolves when all that was taken is committed. */
  close: () => Promise<void>
}

type Submission = {
  records: readonly RequestRecord[]
  apiKeyId: number
  queuedAtMs: number
  next: number
  unsettled: number
  result: RecordingResult
  resolve: (result: RecordingResult) => void
  reject: (error: unknown) => void
}
type Queued = { record: RequestRecord; position: number; submission: Submission }

/** Starts a recorder on its own connections. `onCommit` is told how many requests became visible. */
export function createRecorder({
  databaseUrl,
  onCommit = () => {},
  giveUpAfterMs = GIVE_UP_AFTER_MS,
}: {
  databaseUrl: string
  /** How long a submission may wait while Postgres does not answer. */
  giveUpAfterMs?: number
  onCommit?: (requests: number) => void
}): Recorder {
  const catalog = createCatalogCache()
  const labels = startLabels()
  const openDays = new Set<number>()
  const queue: Submission[] = []
  let queuedRecords = 0
  let isClosed = false
  let wake: (() => void)[] = []

  const wakeAll = () => {
    const waiting = wake
    wake = []
    for (const resume of waiting) resume()
  }

  function label(record: RequestRecord, { apiKeyId }: { apiKeyId: number }): RequestRecord {
    const current = labels.current()
    return current === null ? record : labelRecord({ record, apiKeyId, labels: current })
  }

  async function record(
    records: readonly RequestRecord[],
    options: { apiKeyId: number },
  ): Promise<RecordingResult> {
    if (labels.current() === null) await labels.ready()
    return enqueue(
      records.map((one) => label(one, options)),
      options,
    )
  }

  function enqueue(
    records: readonly RequestRecord[],
    options: { apiKeyId: number },
  ): Promise<RecordingResult> {
    const result: RecordingResult = { accepted: 0, duplicates: 0, refused: [] }
    if (records.length === 0) return Promise.resolve(result)
    if (isClosed)
      return Promise.reject(new AppError('unavailable', 'The server is stopping.', { retryAfterSeconds: 5 }))
    if (queuedRecords >= MAX_QUEUED) {
      return Promise.reject(
        new AppError('unavailable', 'Too many records are waiting to be written.', { retryAfterSeconds: 1 }),
      )
    }
    queuedRecords += records.length
    return new Promise((resolve, reject) => {
      queue.push({
        records,
        apiKeyId: options.apiKeyId,
        queuedAtMs: Date.now(),
        next: 0,
        unsettled: records.length,
        result,
        resolve,
        reject,
      })
      wakeAll()
    })
  }

  function take(): Queued[] {
    const batch: Queued[] = []
    while (batch.length < MAX_BATCH) {
      const submission = queue[0]
      if (!submission) break
      const end = Math.min(submission.records.length, submission.next + MAX_BATCH - batch.length)
      for (let position = submission.next; position < end; position++) {
        const item = submission.records[position]
        if (item) batch.push({ record: item, position, submission })
      }
      submission.next = end
      if (end === submission.records.length) queue.shift()
    }
    return batch
  }

  function settle(items: readonly Queued[], count: (result: RecordingResult, item: Queued) => void): void {
    queuedRecords -= items.length
    for (const item of items) {
      const { submission } = item
      count(submission.result, item)
      submission.unsettled -= 1
      if (submission.unsettled === 0) submission.resolve(submission.result)
    }
  }

  function fail(items: readonly Queued[], error: unknown): void {
    queuedRecords -= items.length
    for (const { submission } of items) {
      submission.reject(error)
      const index = queue.indexOf(submission)
      if (index < 0) continue
      queuedRecords -= submission.records.length - submission.next
      queue.splice(index, 1)
    }
  }

  async function commit(client: pg.Client, items: readonly Queued[]): Promise<void> {
    const { open, refused } = await splitByDay(client, items, openDays)
    const { unique, repeated } = splitRepeated(open)
    const identified = await identify(client, catalog, unique)
    const written = identified.length > 0 ? await writeBatch(client, identified, horizonsAt(Date.now())) : []
    const isAllNew = written.length === unique.length
    const fresh = isAllNew ? null : new Set(written.map(({ record }) => record))
    settle(unique, (result, item) => {
      if (fresh === null || fresh.has(item.record)) result.accepted += 1
      else result.duplicates += 1
    })
    settle(repeated, (result) => {
      result.duplicates += 1
    })
    settle(refused, (result, item) => {
      result.refused.push(item.position)
    })
    if (written.length > 0) onCommit(written.length)
  }

  async function commitOrFail(writer: Writer, items: readonly Queued[]): Promise<void> {
    for (;;) {
      try {
        await commit(await writer.client(), items)
        return
      } catch (error) {
        await writer.reset()
        openDays.clear()
        const waitedMs = Date.now() - Math.min(...items.map((item) => item.submission.queuedAtMs))
        if (!isWorthRetrying(error)) {
          log.error({ err: error, records: items.length }, 'a batch could not be written')
          fail(items, error)
          return
        }
        if (waitedMs > giveUpAfterMs) {
          log.warn({ err: error }, 'Postgres does not take records')
          fail(
            items,
            new AppError('unavailable', 'The database does not answer.', {
              retryAfterSeconds: 5,
              cause: error,
            }),
          )
          return
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS))
      }
    }
  }

  async function write(): Promise<void> {
    const writer = createWriter(databaseUrl)
    while (!isClosed || queue.length > 0) {
      const batch = take()
      if (batch.length > 0) await commitOrFail(writer, batch)
      else if (!isClosed) await new Promise<void>((resolve) => wake.push(resolve))
    }
    await writer.reset()
  }

  const writing = Array.from({ length: WRITERS }, () => write())

  return {
    record,
    label,
    queued: () => queuedRecords,
    close: async () => {
      isClosed = true
      wakeAll()
      await Promise.all(writing)
      await labels.close()
    },
  }
}

/** Lost connections, deadlocks and a partition that retention took away heal by trying again; bad data does not. */
function isWorthRetrying(error: unknown): boolean {
  const code = postgresCode(error)
  if (code === null) return !(error instanceof TypeError || error instanceof RangeError)
  return RETRYABLE.has(code) || code.startsWith('08') || code.startsWith('E')
}
