import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '../platform/log.server'
import type { RequestRecord } from '../records/request-record'
import type { CommitRecords } from './commit-records.server'
import { isAboutTheData } from './database-error'
import type { Outbox } from './outbox/outbox.server'
import type { Writer } from './writer.server'

/** Records in one transaction; fewer after a failure, in case Postgres is slow rather than away. */
const MAX_BATCH = 10_000
const MIN_BATCH = 100
/** The gateway's records are gathered: small batches would cost Postgres more than the gateway itself. */
const GATHER_MS = 100
const FIRST_RETRY_MS = 200
const LAST_RETRY_MS = 2000

type Item = { record: RequestRecord; submission: { apiKeyId: number } }

export type OutboxDrain = {
  /** Resolves with whether nothing waits any more, at the latest after `withinMs`. */
  drained: (withinMs: number) => Promise<boolean>
  /** Gives up what it is at and ends; what waits stays in the outbox. */
  stop: () => Promise<void>
}

/**
 * Commits what waits in the outbox, in order, again and again until Postgres takes it. Ids make a batch that was
 * committed before harmless. A record that no database would take goes to the log, so that it holds up nothing.
 */
export function startOutboxDrain({
  outbox,
  writer,
  records,
}: {
  outbox: Outbox
  writer: Writer
  records: CommitRecords
}): OutboxDrain {
  const stopping = new AbortController()
  let wake = () => {}
  let settled: (() => void)[] = []
  let batch = MAX_BATCH
  let failures = 0

  outbox.onKept(() => wake())

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const taken = await outbox.oldest(batch)
      if (taken.length === 0) {
        for (const resolve of settled) resolve()
        settled = []
        await untilKept()
        if (!outbox.holdsAcknowledged()) await pause(GATHER_MS)
        continue
      }
      const items = taken.flatMap(({ entry: { apiKeyId }, records: ofEntry }) =>
        ofEntry.map((record) => ({ record, submission: { apiKeyId } })),
      )
      try {
        await commit(items)
        await outbox.done(taken.map(({ entry }) => entry))
        succeed()
        if (!outbox.holdsAcknowledged() && settled.length === 0) await pause(GATHER_MS)
      } catch (error) {
        writer.reset()
        records.forgetDays()
        if (!stopping.signal.aborted) await fail(error)
      }
    }
  }

  async function untilKept(): Promise<void> {
    await new Promise<void>((resolve) => {
      wake = resolve
      // Kept while the outbox was being looked through.
      if (outbox.state().records > 0 || stopping.signal.aborted) resolve()
    })
  }

  async function commit(items: readonly Item[]): Promise<void> {
    if (items.length === 0) return
    try {
      const { refused } = await writer.run((client) => records.commit(client, items))
      if (refused.length > 0) {
        log.warn({ records: refused.length }, 'records that waited are of days whose facts were dropped')
      }
    } catch (error) {
      if (!isAboutTheData(error)) throw error
      writer.reset()
      records.forgetDays()
      const [only, ...others] = items
      if (only && others.length === 0) {
        log.error({ err: error, record: only.record }, 'a record that waited cannot be written')
        return
      }
      const half = Math.ceil(items.length / 2)
      await commit(items.slice(0, half))
      await commit(items.slice(half))
    }
  }

  function succeed(): void {
    if (failures > 0) log.info('Postgres takes the records of the outbox again')
    failures = 0
    batch = Math.min(MAX_BATCH, batch * 2)
  }

  async function fail(error: unknown): Promise<void> {
    if (failures === 0) {
      log.warn(
        { err: error, waiting: outbox.state().records },
        'Postgres takes no records; they wait in the outbox',
      )
    }
    batch = Math.max(MIN_BATCH, Math.floor(batch / 2))
    const delayMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures)
    failures += 1
    await pause(delayMs)
  }

  function pause(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: stopping.signal }).catch(() => {})
  }

  const running = run()
  return {
    drained: async (withinMs) => {
      if (outbox.state().records === 0) return true
      const late = new AbortController()
      await Promise.race([
        new Promise<void>((resolve) => settled.push(resolve)),
        sleep(withinMs, undefined, { signal: late.signal }).catch(() => {}),
        running,
      ])
      late.abort()
      return outbox.state().records === 0
    },
    stop: async () => {
      stopping.abort()
      wake()
      writer.reset()
      await running
    },
  }
}
