import { AppError } from '../platform/errors'
import type { RequestRecord } from '../records/request-record'

/** Records in one transaction: enough to make the commit cheap, few enough to keep its latency low. */
const MAX_BATCH = 10_000
/** Records that may wait for a commit; a submission that starts below the mark is taken whole. */
const MAX_QUEUED = 200_000

/**
 * What became of a submission. `waiting` of the accepted ones are in the outbox and not committed yet: whether they are
 * duplicates is found out later. `refused` are the positions of records whose day retention has already dropped.
 */
export type RecordingResult = {
  accepted: number
  /** Known already, and now with what these records say. */
  amended: number
  waiting: number
  duplicates: number
  refused: number[]
}

/** One record of a submission, taken out to be committed. */
export type QueuedRecord = { record: RequestRecord; position: number; submission: Submission }

type Submission = {
  records: readonly RequestRecord[]
  apiKeyId: number
  queuedAtMs: number
  /** Position of the first record that was not taken out yet. */
  next: number
  unsettled: number
  result: RecordingResult
  resolve: (result: RecordingResult) => void
  reject: (error: unknown) => void
}

/** Submissions in the order they came, each answered once all its records are settled. */
export type RecordQueue = {
  /** Resolves with what became of the records. Rejects with `unavailable` while too many wait. */
  add: (
    records: readonly RequestRecord[],
    options: { apiKeyId: number; nowMs: number },
  ) => Promise<RecordingResult>
  /** Takes out the oldest records, one batch at most; none when nothing waits. */
  take: () => QueuedRecord[]
  /** Lets `count` say what became of each of the records taken out. */
  settle: (
    items: readonly QueuedRecord[],
    count: (result: RecordingResult, item: QueuedRecord) => void,
  ) => void
  /** Answers the submissions of these records with an error; what else of them waits is not written. */
  fail: (items: readonly QueuedRecord[], error: unknown) => void
  /** Whether there is nothing to take out. */
  isEmpty: () => boolean
  /** Records that are not settled, those taken out among them. */
  unsettled: () => number
}

/** A queue in which nothing waits. */
export function createRecordQueue({
  maxBatch = MAX_BATCH,
  maxQueued = MAX_QUEUED,
}: {
  maxBatch?: number
  maxQueued?: number
} = {}): RecordQueue {
  const waiting: Submission[] = []
  let unsettled = 0

  function take(): QueuedRecord[] {
    const batch: QueuedRecord[] = []
    while (batch.length < maxBatch) {
      const submission = waiting[0]
      if (!submission) break
      const end = Math.min(submission.records.length, submission.next + maxBatch - batch.length)
      for (let position = submission.next; position < end; position++) {
        const record = submission.records[position]
        if (record) batch.push({ record, position, submission })
      }
      submission.next = end
      if (end === submission.records.length) waiting.shift()
    }
    return batch
  }

  function fail(items: readonly QueuedRecord[], error: unknown): void {
    unsettled -= items.length
    for (const { submission } of items) {
      submission.reject(error)
      const index = waiting.indexOf(submission)
      if (index < 0) continue
      unsettled -= submission.records.length - submission.next
      waiting.splice(index, 1)
    }
  }

  return {
    add: async (records, { apiKeyId, nowMs }) => {
      const result: RecordingResult = { accepted: 0, amended: 0, waiting: 0, duplicates: 0, refused: [] }
      if (records.length === 0) return result
      if (unsettled >= maxQueued) {
        throw new AppError('unavailable', 'Too many records are waiting to be written.', {
          retryAfterSeconds: 1,
        })
      }
      unsettled += records.length
      const counts = { next: 0, unsettled: records.length, result }
      return new Promise((resolve, reject) => {
        waiting.push({ records, apiKeyId, queuedAtMs: nowMs, ...counts, resolve, reject })
      })
    },
    take,
    settle: (items, count) => {
      unsettled -= items.length
      for (const item of items) {
        const { submission } = item
        count(submission.result, item)
        submission.unsettled -= 1
        if (submission.unsettled === 0) submission.resolve(submission.result)
      }
    },
    fail,
    isEmpty: () => waiting.length === 0,
    unsettled: () => unsettled,
  }
}
