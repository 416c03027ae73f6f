import { AppError } from '../platform/errors'
import { log } from '../platform/log.server'
import { processSingleton } from '../platform/process-singleton'
import { type BoardReader, createBoardReader } from './board-reader.server'
import type { EndpointBoard } from './endpoint-board'
import { formatEventId, parseEventId } from './event-id'
import { eventText } from './event-text'
import { HEARTBEAT_MS } from './heartbeat'

/** Between two reads while commits come in: fast enough for the eye. */
const REST_MS = 200
/** A read that took long is followed by a rest longer in proportion, so that reading takes a fifth of a core at most. */
const REST_FACTOR = 4
const MAX_REST_MS = 900
/** Reads without a commit: the clock moves windows, and a lost notification is made up for. */
const POLL_MS = 1000
/** The same while nobody looks on and only the gateway wants counts. */
const SLOW_POLL_MS = 3000
/** The board stays for who comes back after a lost connection, and for a gateway between two requests. */
const LINGER_MS = 60_000
const RETRY_MS = 1000

export type LiveListener = {
  /** After each read that changed something, and when reads begin or cease to fail. */
  onChange: () => void
  /** When the hub is shut down. */
  onStop: () => void
}

export type LiveHub = {
  /** Reads until everybody has left. */
  join: (listener: LiveListener) => { leave: () => void }
  /**
   * What a stream that stands at version `since` has to send, and where it stands then; `text` is null when nothing it
   * shows has changed. With null, or once `since` is too old, a snapshot. Null before the first read.
   */
  textSince: (options: {
    since: number | null
    provider: string | undefined
  }) => { text: string | null; version: number } | null
  /** The version behind a browser's `Last-Event-ID`; null when only a snapshot can follow it. */
  versionOf: (lastEventId: string | null) => number | null
  /** Keeps the board up to date for another minute, at a slower pace, for the gateway. */
  keepAwake: () => void
  /** Resolves after a read of everything that begins now or later; throws what Postgres says. */
  refresh: () => Promise<void>
  /** The board; null before its first read. */
  board: () => EndpointBoard | null
  /** Whether the last read went well and is not older than a heartbeat: what streams have told is how things stand. */
  isCurrent: () => boolean
  /** Whether the last read failed; a hub that has not read yet does not fail. */
  isFailing: () => boolean
  /** Reads so far, and what they took together. */
  reads: () => { count: number; milliseconds: number }
  /** Ends all streams and reading, for good. */
  stop: () => Promise<void>
}

type Waiter = { resolve: () => void; reject: (error: unknown) => void }

/** The hub of this process: one board, however many look at it. */
export function liveHub(): LiveHub {
  return processSingleton('live-hub', () => createLiveHub())
}

/** A hub; it reads only while somebody has joined, and `lingerMs` longer. */
export function createLiveHub({ lingerMs = LINGER_MS }: { lingerMs?: number } = {}): LiveHub {
  const listeners = new Set<LiveListener>()
  const texts = new Map<string, string | null>()
  const reads = { count: 0, milliseconds: 0 }
  let reader: BoardReader | null = null
  let reading: Promise<void> = Promise.resolve()
  let waiters: Waiter[] = []
  let awakeUntilMs = 0
  let readAtMs = Number.NEGATIVE_INFINITY
  let hasCommit = false
  let hasFailed = false
  let isStopped = false
  let interrupt = () => {}

  const isNeeded = () => !isStopped && (listeners.size > 0 || waiters.length > 0 || Date.now() < awakeUntilMs)

  function wake(): void {
    if (isStopped) return
    if (reader) {
      interrupt()
      return
    }
    reader = createBoardReader({
      onCommit: () => {
        hasCommit = true
        if (listeners.size > 0) interrupt()
      },
    })
    reading = Promise.all([reading, keepReading(reader)]).then(() => {})
  }

  async function keepReading(own: BoardReader): Promise<void> {
    while (isNeeded()) {
      const startedAtMs = performance.now()
      const isRead = await readOnce(own)
      const tookMs = performance.now() - startedAtMs
      await pause(isRead ? Math.min(MAX_REST_MS, Math.max(REST_MS, REST_FACTOR * tookMs)) : RETRY_MS, () =>
        isUrgent(),
      )
      if (!isRead) continue
      const pollMs = listeners.size > 0 ? POLL_MS : SLOW_POLL_MS
      await pause(
        pollMs - (performance.now() - startedAtMs),
        () => isUrgent() || (hasCommit && listeners.size > 0),
      )
    }
    reader = null
    texts.clear()
    await own.close()
  }

  const isUrgent = () => isStopped || waiters.length > 0

  /** Waits so long or until something happens that `isOver` says is worth ending it. */
  async function pause(ms: number, isOver: () => boolean): Promise<void> {
    if (ms <= 0 || isOver()) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      interrupt = () => {
        if (!isOver()) return
        clearTimeout(timer)
        resolve()
      }
    })
    interrupt = () => {}
  }

  async function readOnce(own: BoardReader): Promise<boolean> {
    const waiting = waiters
    waiters = []
    hasCommit = false
    const before = own.hasRead() ? own.board.version() : null
    const startedAtMs = performance.now()
    try {
      await own.read({ isAllWanted: waiting.length > 0 })
    } catch (error) {
      log.warn({ err: error }, 'the live pages could not read; trying again')
      for (const waiter of waiting) waiter.reject(error)
      const wasReading = !hasFailed
      hasFailed = true
      if (wasReading) for (const listener of listeners) listener.onChange()
      return false
    }
    const hadFailed = hasFailed
    hasFailed = false
    readAtMs = performance.now()
    reads.count += 1
    reads.milliseconds += performance.now() - startedAtMs
    for (const waiter of waiting) waiter.resolve()
    const isUnchanged = own.board.version() === before
    if (isUnchanged && !hadFailed) return true
    if (!isUnchanged) texts.clear()
    for (const listener of listeners) listener.onChange()
    return true
  }

  function textSince({ since, provider }: { since: number | null; provider: string | undefined }) {
    if (!reader?.hasRead()) return null
    const { board, epoch } = reader
    const version = board.version()
    if (since === version) return { text: null, version }
    const resumed = since !== null && board.isResumable(since) ? since : null
    const key = `${resumed} ${provider ?? ''}`
    const shared = texts.get(key)
    if (shared !== undefined) return { text: shared, version }
    const event = board.event({ since: resumed, provider })
    const name = resumed === null ? 'snapshot' : 'change'
    const text = event && eventText({ name, id: formatEventId({ epoch, version }), event })
    texts.set(key, text)
    return { text, version }
  }

  return {
    join: (listener) => {
      if (isStopped) {
        queueMicrotask(listener.onStop)
        return { leave: () => {} }
      }
      listeners.add(listener)
      wake()
      return {
        leave: () => {
          if (!listeners.delete(listener) || listeners.size > 0) return
          awakeUntilMs = Math.max(awakeUntilMs, Date.now() + lingerMs)
        },
      }
    },
    textSince,
    versionOf: (lastEventId) => {
      const id = parseEventId(lastEventId)
      const isOurs = id !== null && id.epoch === reader?.epoch && reader.board.isResumable(id.version)
      return isOurs ? id.version : null
    },
    keepAwake: () => {
      awakeUntilMs = Math.max(awakeUntilMs, Date.now() + lingerMs)
      if (!reader) wake()
    },
    refresh: () =>
      new Promise((resolve, reject) => {
        if (isStopped) {
          reject(new AppError('unavailable', 'The server is stopping.', { retryAfterSeconds: 5 }))
          return
        }
        waiters.push({ resolve, reject })
        wake()
      }),
    board: () => (reader?.hasRead() ? reader.board : null),
    isFailing: () => hasFailed,
    isCurrent: () => !hasFailed && performance.now() - readAtMs < HEARTBEAT_MS,
    reads: () => ({ ...reads }),
    stop: async () => {
      isStopped = true
      awakeUntilMs = 0
      for (const listener of [...listeners]) listener.onStop()
      listeners.clear()
      interrupt()
      await reading
    },
  }
}
