import { applyEvent, type LiveState } from '@/lib/live/apply-event'
import { createLiveConnection, type LiveSource } from './live-connection'
import { type VisiblePage, watchAttention } from './watch-attention'

/**
 * `live` while the stream is open, `stale` while its server cannot read, `reconnecting` after it broke, `resting` while
 * nobody looks.
 */
export type LivePhase = 'connecting' | 'live' | 'stale' | 'reconnecting' | 'resting'

export type LiveSnapshot = {
  /** Null until the first event. */
  state: LiveState | null
  phase: LivePhase
  /** When the newest event came, by this browser's clock. */
  lastEventMs: number | null
}

export type LiveStore = {
  read: () => LiveSnapshot
  /** The stream is open while somebody listens. */
  subscribe: (listener: () => void) => () => void
  /**
   * Tells when the page is seen again after a sleep, or heard again after a silence: numbers beside the stream got old,
   * and requests for them may hang on connections that are as dead as the stream's was.
   */
  subscribeToWake: (listener: () => void) => () => void
}

export const NOTHING_YET: LiveSnapshot = { state: null, phase: 'connecting', lastEventMs: null }

/** From one page to the next the stream stays open. */
const CHANGE_OF_PAGE_MS = 2_000

/** One stream for a whole tab, however many panels listen. */
export function createLiveStore({
  openSource,
  page,
}: {
  openSource: () => LiveSource
  page: VisiblePage
}): LiveStore {
  let snapshot = NOTHING_YET
  let closeTimer: ReturnType<typeof setTimeout> | undefined
  let endWatch: (() => void) | null = null
  let wasSilent = false
  const listeners = new Set<() => void>()
  const wakeListeners = new Set<() => void>()

  const publish = (change: Partial<LiveSnapshot>) => {
    snapshot = { ...snapshot, ...change }
    for (const listener of listeners) listener()
  }
  const wake = () => {
    wasSilent = false
    for (const listener of wakeListeners) listener()
  }
  const publishWaiting = () => publish({ phase: snapshot.state === null ? 'connecting' : 'reconnecting' })
  const connection = createLiveConnection({
    openSource,
    onOpen: () => {
      if (snapshot.phase !== 'live') publish({ phase: 'live' })
      if (wasSilent) wake()
    },
    onLost: publishWaiting,
    onSilence: () => {
      wasSilent = true
      publishWaiting()
    },
    onStale: () => {
      if (snapshot.phase !== 'stale') publish({ phase: 'stale' })
    },
    onMessage: (message) =>
      publish({
        state: applyEvent({ state: snapshot.state, ...message }),
        phase: 'live',
        lastEventMs: Date.now(),
      }),
  })
  const open = () => {
    publishWaiting()
    connection.open()
  }
  const rest = () => {
    connection.close()
    publish({ phase: 'resting' })
  }
  const start = () => {
    endWatch = watchAttention({
      page,
      onRest: rest,
      onReturn: ({ wasLong }) => {
        if (wasLong || !connection.isOpen()) open()
        if (wasLong) wake()
      },
    })
    if (page.hidden) rest()
    else open()
  }
  const stop = () => {
    endWatch?.()
    endWatch = null
    rest()
  }

  return {
    read: () => snapshot,
    subscribe: (listener) => {
      clearTimeout(closeTimer)
      listeners.add(listener)
      if (endWatch === null) start()
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) closeTimer = setTimeout(stop, CHANGE_OF_PAGE_MS)
      }
    },
    subscribeToWake: (listener) => {
      wakeListeners.add(listener)
      return () => wakeListeners.delete(listener)
    },
  }
}

let store: LiveStore | null = null

/** The tab's own store; only to be called in a browser. */
export function liveStore(): LiveStore {
  store ??= createLiveStore({ openSource: () => new EventSource('/api/live'), page: document })
  return store
}
