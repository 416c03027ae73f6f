import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { AppError } from '../../platform/errors'
import { log } from '../../platform/log.server'
import type { RequestRecord } from '../../records/request-record'
import { openSegments, type Place, type Segments } from './segments.server'
import { restoreEntry, storeEntry } from './stored-entry'

/** Records of one entry at most: what is read back, and retried when one of them is bad, is a piece of this size. */
const ENTRY_RECORDS = 1000
/** Records that are kept in memory as well, so that a healthy gateway's are never read back; about 100 MB. */
const MEMORY_RECORDS = 50_000
/** Of the gateway's records that no disk takes; beyond it the oldest give way: the gateway must not die of its log. */
const UNSTORED_RECORDS = 100_000
/** An outbox in which nothing waits is emptied from this size on: below it is not worth a new file. */
const EMPTY_FROM_BYTES = 1024 * 1024
/** The gateway cannot be told to come again, so that the last part of the outbox is for its records alone. */
const GATEWAY_SHARE = 1 / 8
/** From when on records wait for more than their batch, and the gateway's too are synced to the disk. */
const SYNC_AFTER_MS = 5000
const RETRY_AFTER_SECONDS = 5

/** Records of one API key that came together and wait to be committed. */
export type OutboxEntry = {
  readonly apiKeyId: number
  readonly keptAtMs: number
  readonly isAcknowledged: boolean
  readonly count: number
}

/** What waits. */
export type OutboxState = {
  records: number
  /** Those of them that are in memory alone. */
  unstored: number
  /** Size of the files. */
  bytes: number
  /** When the oldest was taken (epoch milliseconds); null when nothing waits. */
  oldestAtMs: number | null
  /** Whether what an earlier run left is counted already. */
  isOpen: boolean
}

export type Outbox = {
  /** Whether entries outlive the process. */
  isDurable: () => boolean
  /**
   * Keeps records that somebody is then told are taken: resolves when they are on the disk. Throws `unavailable` when
   * the outbox is full, the disk does not take them, or there is no folder.
   */
  acknowledge: (records: readonly RequestRecord[], options: KeepOptions) => Promise<void>
  /**
   * Keeps records that nobody waits for: resolves when a killed process no longer loses them, or, when no disk takes
   * them, when they are in memory. Never throws.
   */
  keep: (records: readonly RequestRecord[], options: KeepOptions) => Promise<void>
  /** The oldest entries with their records, up to about `maxRecords`; they stay until they are done. */
  oldest: (maxRecords: number) => Promise<{ entry: OutboxEntry; records: readonly RequestRecord[] }[]>
  /** The entries are committed. */
  done: (entries: readonly OutboxEntry[]) => Promise<void>
  /** Whether anything waits that was acknowledged, which later records must not overtake. */
  holdsAcknowledged: () => boolean
  state: () => OutboxState
  /** Calls the listener whenever something more waits. */
  onKept: (listener: () => void) => void
  /** Closes the files; what waits stays for the next start. */
  close: () => Promise<void>
}

type KeepOptions = { apiKeyId: number; nowMs: number }
type StoreOptions = KeepOptions & { isAcknowledged: boolean; sync: boolean; limitBytes: number }
type Pending = OutboxEntry & { place: Place | null; records: readonly RequestRecord[] | null }

/**
 * The outbox of one process: what was taken and is not committed yet, in order. `openFolder` gives its folder, or throws
 * when there is none; without one it holds the gateway's records in memory and acknowledges nothing.
 */
export function createOutbox({
  openFolder,
  maxBytes,
}: {
  openFolder: (() => Promise<string>) | null
  maxBytes: number
}): Outbox {
  let pending: Pending[] = []
  let segments: Segments | null = null
  const listeners: (() => void)[] = []
  const counts = { records: 0, acknowledged: 0, inMemory: 0, unstored: 0, dropped: 0 }
  /** Entries that are written but not known yet: until then no file may go. */
  let appending = 0
  let isOpen = openFolder === null
  const opened = openFolder === null ? Promise.resolve() : open(openFolder)

  async function open(folderOf: () => Promise<string>): Promise<void> {
    try {
      const left: Pending[] = []
      segments = await openSegments(await folderOf(), (place, text) => {
        const entry = restoreEntry(text)
        if (entry === null) {
          log.error({ ...place }, 'an entry of the outbox was written by no version of this product')
          return
        }
        const { records, ...rest } = entry
        left.push({ ...rest, count: records.length, place, records: null })
      })
      if (left.length === 0) return await emptyFiles()
      add(left)
      log.info({ records: counts.records }, 'records of an earlier run wait in the outbox')
    } catch (error) {
      log.error({ err: error }, 'there is no outbox: while Postgres is away, nothing can be taken')
    } finally {
      isOpen = true
    }
  }

  function add(entries: readonly Pending[]): void {
    for (const entry of entries) {
      pending.push(entry)
      count(entry, 1)
    }
    for (const listener of listeners) listener()
  }

  function forget(entries: ReadonlySet<OutboxEntry>): void {
    pending = pending.filter((entry) => {
      if (entries.has(entry)) count(entry, -1)
      return !entries.has(entry)
    })
  }

  function count(entry: Pending, sign: 1 | -1): void {
    const records = sign * entry.count
    counts.records += records
    if (entry.isAcknowledged) counts.acknowledged += records
    if (entry.records !== null) counts.inMemory += records
    if (entry.place === null) counts.unstored += records
  }

  async function store(records: readonly RequestRecord[], options: StoreOptions): Promise<void> {
    await opened
    if (segments === null) throw refusal('The database does not answer.')
    const { isAcknowledged, sync, apiKeyId, nowMs, limitBytes } = options
    const entries: Omit<Pending, 'place'>[] = []
    const texts: string[] = []
    for (let start = 0; start < records.length; start += ENTRY_RECORDS) {
      if (start > 0) await yieldToOthers()
      const part = records.slice(start, start + ENTRY_RECORDS)
      const entry = { apiKeyId, keptAtMs: nowMs, isAcknowledged }
      texts.push(storeEntry({ ...entry, records: part }))
      const isKeptInMemory = counts.inMemory + start + part.length <= MEMORY_RECORDS
      entries.push({ ...entry, count: part.length, records: isKeptInMemory ? part : null })
    }
    const size = texts.reduce((sum, text) => sum + text.length, 0)
    if (segments.bytes() + size > limitBytes) {
      throw refusal('The database does not answer, and the outbox is full.')
    }
    appending += 1
    try {
      const places = await segments.append(texts, { sync })
      add(entries.map((entry, index) => ({ ...entry, place: places[index] ?? null })))
    } finally {
      appending -= 1
    }
  }

  function holdInMemory(records: readonly RequestRecord[], { apiKeyId, nowMs }: KeepOptions): void {
    const entry = { apiKeyId, keptAtMs: nowMs, isAcknowledged: false, count: records.length }
    add([{ ...entry, place: null, records }])
    const surplus = new Set<OutboxEntry>()
    let excess = counts.unstored - UNSTORED_RECORDS
    for (const oldest of pending) {
      if (excess <= 0) break
      if (oldest.place !== null) continue
      surplus.add(oldest)
      excess -= oldest.count
      counts.dropped += oldest.count
    }
    if (surplus.size === 0) return
    forget(surplus)
    log.error(
      { dropped: counts.dropped },
      'requests of the gateway are lost: neither Postgres nor the disk takes them',
    )
  }

  async function emptyFiles(): Promise<void> {
    if (segments === null || appending > 0) return
    const wanted = new Set(pending.map(({ place }) => place?.segment))
    for (const segment of segments.all()) {
      const isEmptied = !wanted.has(segment)
      const isWritten = segment === segments.current()
      if (isEmptied && (!isWritten || segments.bytes() >= EMPTY_FROM_BYTES)) await segments.remove(segment)
    }
  }

  async function load(entry: Pending): Promise<readonly RequestRecord[]> {
    if (entry.records !== null) return entry.records
    const text = entry.place === null ? null : await segments?.read(entry.place)
    const restored = typeof text === 'string' ? restoreEntry(text) : null
    if (restored !== null) return restored.records
    log.error({ ...entry.place, records: entry.count }, 'an entry of the outbox can no longer be read')
    return []
  }

  return {
    isDurable: () => openFolder !== null,
    acknowledge: async (records, options) => {
      try {
        const limitBytes = maxBytes - maxBytes * GATEWAY_SHARE
        await store(records, { ...options, isAcknowledged: true, sync: true, limitBytes })
      } catch (error) {
        if (error instanceof AppError) throw error
        log.error({ err: error }, 'the outbox cannot be written')
        throw refusal('The database does not answer, and the outbox cannot be written.', error)
      }
    },
    keep: async (records, options) => {
      try {
        // What waits for a moment only has to outlive the process, and the system has taken it by then.
        const sync = options.nowMs - (pending[0]?.keptAtMs ?? options.nowMs) > SYNC_AFTER_MS
        await store(records, { ...options, isAcknowledged: false, sync, limitBytes: maxBytes })
      } catch (error) {
        if (segments !== null && counts.unstored === 0) {
          log.error({ err: error }, 'the outbox cannot be written; requests of the gateway wait in memory')
        }
        holdInMemory(records, options)
      }
    },
    oldest: async (maxRecords) => {
      await opened
      const taken: { entry: OutboxEntry; records: readonly RequestRecord[] }[] = []
      let records = 0
      for (const entry of [...pending]) {
        if (records > 0 && records + entry.count > maxRecords) break
        records += entry.count
        taken.push({ entry, records: await load(entry) })
      }
      return taken
    },
    done: async (entries) => {
      forget(new Set(entries))
      await emptyFiles()
    },
    holdsAcknowledged: () => counts.acknowledged > 0,
    state: () => ({
      records: counts.records,
      bytes: segments?.bytes() ?? 0,
      oldestAtMs: pending[0]?.keptAtMs ?? null,
      unstored: counts.unstored,
      isOpen,
    }),
    onKept: (listener) => {
      listeners.push(listener)
    },
    close: async () => {
      await opened
      await segments?.close()
    },
  }
}

function refusal(message: string, cause?: unknown): AppError {
  return new AppError('unavailable', message, { retryAfterSeconds: RETRY_AFTER_SECONDS, cause })
}
