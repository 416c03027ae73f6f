import { AppError } from '../platform/errors'
import type { RequestRecord } from '../records/request-record'
import { createCommitBatch } from './commit-batch.server'
import { labelRecord } from './label-record'
import { startLabels } from './labels.server'
import { createRecordQueue, type RecordingResult } from './record-queue'
import { createWriter } from './writer.server'

const GIVE_UP_AFTER_MS = 10_000
/** Two: one encodes its batch while the other's is being committed. */
const WRITERS = 2

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
  const labels = startLabels()
  const queue = createRecordQueue()
  const commitBatch = createCommitBatch({ queue, onCommit, giveUpAfterMs })
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
    { apiKeyId }: { apiKeyId: number },
  ): Promise<RecordingResult> {
    if (labels.current() === null) await labels.ready()
    const labelled = records.map((one) => label(one, { apiKeyId }))
    if (isClosed) throw new AppError('unavailable', 'The server is stopping.', { retryAfterSeconds: 5 })
    const added = queue.add(labelled, { apiKeyId, nowMs: Date.now() })
    wakeAll()
    return added
  }

  async function write(): Promise<void> {
    const writer = createWriter(databaseUrl)
    while (!isClosed || !queue.isEmpty()) {
      const batch = queue.take()
      if (batch.length > 0) await commitBatch(writer, batch)
      else if (!isClosed) await new Promise<void>((resolve) => wake.push(resolve))
    }
    await writer.reset()
  }

  const writing = Array.from({ length: WRITERS }, () => write())

  return {
    record,
    label,
    queued: queue.unsettled,
    close: async () => {
      isClosed = true
      wakeAll()
      await Promise.all(writing)
      await labels.close()
    },
  }
}
