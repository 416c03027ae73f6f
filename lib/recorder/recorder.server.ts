import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../platform/errors'
import { log } from '../platform/log.server'
import type { RequestRecord } from '../records/request-record'
import { createCommitBatch } from './commit-batch.server'
import { createCommitRecords } from './commit-records.server'
import { startOutboxDrain } from './drain-outbox.server'
import { labelRecord } from './label-record'
import { startLabels } from './labels.server'
import { createOutbox, type Outbox, type OutboxState } from './outbox/outbox.server'
import { createRecordQueue, type RecordingResult } from './record-queue'
import { createWriter } from './writer.server'

/** How long a batch waits for Postgres to come back before the outbox takes it, or, without one, its sender hears. */
const GIVE_UP_AFTER_MS = { withOutbox: 1000, without: 10_000 } as const
/** A batch takes Postgres less than a second; one that says nothing for so long is away. */
const SILENCE_MS = 5000
/** Nobody waits for what is drained, so that a Postgres which is merely slow has time. */
const DRAIN_SILENCE_MS = 60_000
/** Two: one encodes its batch while the other's is being committed. */
const WRITERS = 2
const CLOSE_WITHIN_MS = 20_000

export type Recorder = {
  /**
   * Records requests; resolves once they are committed, each counted once however often it is sent, or, while Postgres
   * does not answer, once they are on the disk of the outbox (`waiting`), from where they are committed later.
   * Throws `unavailable` with Retry-After when neither takes them.
   */
  record: (records: readonly RequestRecord[], options: { apiKeyId: number }) => Promise<RecordingResult>
  /**
   * Takes records that nobody waits for; resolves when a killed process no longer loses them. Never throws: what no disk
   * takes is kept in memory.
   */
  keep: (records: readonly RequestRecord[], options: { apiKeyId: number }) => Promise<void>
  /** A record with what operators say of requests like it, free of the content that takes; for who must keep it. */
  label: (record: RequestRecord, options: { apiKeyId: number }) => RequestRecord
  /** What waits in the outbox. */
  waiting: () => OutboxState
  /** Resolves with whether all that was kept is committed, at the latest after `withinMs`. */
  drained: (withinMs: number) => Promise<boolean>
  /** Takes nothing more and resolves when all that was taken is committed or, after `withinMs`, left to the outbox. */
  close: (options?: { withinMs?: number }) => Promise<void>
}

/** Starts a recorder on its own connections. `onCommit` is told how many requests became visible. */
export function createRecorder({
  databaseUrl,
  onCommit = () => {},
  outbox = createOutbox({ openFolder: null, maxBytes: 0 }),
  giveUpAfterMs = outbox.isDurable() ? GIVE_UP_AFTER_MS.withOutbox : GIVE_UP_AFTER_MS.without,
}: {
  databaseUrl: string
  outbox?: Outbox
  /** How long a submission may wait while Postgres does not answer. */
  giveUpAfterMs?: number
  onCommit?: (requests: number) => void
}): Recorder {
  const labels = startLabels()
  const queue = createRecordQueue()
  const records = createCommitRecords({ onCommit })
  const writers = Array.from({ length: WRITERS }, () => createWriter({ databaseUrl, silenceMs: SILENCE_MS }))
  const drain = startOutboxDrain({
    outbox,
    records,
    writer: createWriter({ databaseUrl, silenceMs: DRAIN_SILENCE_MS }),
  })
  let isClosed = false
  let patienceMs = giveUpAfterMs
  const commitBatch = createCommitBatch({ queue, records, outbox, giveUpAfterMs: () => patienceMs })
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

  async function labelAll(
    records: readonly RequestRecord[],
    { apiKeyId }: { apiKeyId: number },
  ): Promise<readonly RequestRecord[]> {
    if (labels.current() === null) await labels.ready()
    return records.map((one) => label(one, { apiKeyId }))
  }

  async function record(
    records: readonly RequestRecord[],
    { apiKeyId }: { apiKeyId: number },
  ): Promise<RecordingResult> {
    const labelled = await labelAll(records, { apiKeyId })
    if (isClosed) throw new AppError('unavailable', 'The server is stopping.', { retryAfterSeconds: 5 })
    const added = queue.add(labelled, { apiKeyId, nowMs: Date.now() })
    wakeAll()
    return added
  }

  const writing = writers.map(async (writer) => {
    while (!isClosed || !queue.isEmpty()) {
      const batch = queue.take()
      if (batch.length > 0) await commitBatch(writer, batch)
      else if (!isClosed) await new Promise<void>((resolve) => wake.push(resolve))
    }
    await writer.close()
  })

  async function close({ withinMs = CLOSE_WITHIN_MS }: { withinMs?: number } = {}): Promise<void> {
    const deadlineMs = Date.now() + withinMs
    isClosed = true
    wakeAll()
    const late = new AbortController()
    const giveUp = sleep(withinMs / 2, undefined, { signal: late.signal }).then(
      () => {
        patienceMs = 0
        for (const writer of writers) writer.reset()
      },
      () => {},
    )
    await Promise.all(writing)
    late.abort()
    await giveUp
    await drain.drained(Math.max(0, deadlineMs - Date.now()))
    await drain.stop()
    sayWhatIsLeft(outbox.state())
    await outbox.close()
    await labels.close()
  }

  return {
    record,
    keep: async (records, options) =>
      await outbox.keep(await labelAll(records, options), { ...options, nowMs: Date.now() }),
    label,
    waiting: outbox.state,
    drained: drain.drained,
    close,
  }
}

function sayWhatIsLeft({ records, unstored }: OutboxState): void {
  if (unstored > 0) log.error({ records: unstored }, 'requests of the gateway are lost: no disk took them')
  if (records > unstored)
    log.warn({ records: records - unstored }, 'records wait in the outbox for the next start')
}
