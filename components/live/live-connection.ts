import type { LiveEventName } from '@/lib/live/apply-event'
import type { LiveEvent } from '@/lib/live/schema'
import { watchSilence } from './watch-silence'

/** The parts of `EventSource` that are used. */
export type LiveSource = {
  readonly readyState: number
  addEventListener: (type: string, listener: (event: Event) => void) => void
  close: () => void
}

export type LiveMessage = { name: LiveEventName; event: LiveEvent }

export type LiveConnection = {
  /** Closes what is open and begins anew. */
  open: () => void
  close: () => void
  isOpen: () => boolean
}

const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 15_000
/** The server ends a stream now and then, and the browser comes right back; that is no reason to worry anybody. */
const PATIENCE_MS = 3_000
const CLOSED = 2
/**
 * A browser keeps up to six connections to a server, and when a line dies in silence they all have: a new stream may be
 * put on one of the other five, where it waits for ever. So each of these is given up soon.
 */
const OTHER_CONNECTIONS = 5
const SUSPECT_FIRST_WORD_MS = 5_000

/**
 * A stream that is kept open: the browser mends a lost connection, this the answers it takes for final and the
 * connections of which it has not noticed that they are dead.
 */
export function createLiveConnection({
  openSource,
  onOpen,
  onMessage,
  onLost,
  onSilence,
  onStale,
}: {
  openSource: () => LiveSource
  onOpen: () => void
  onMessage: (message: LiveMessage) => void
  onLost: () => void
  /** The connection was dead and nobody said so; another is being opened. */
  onSilence: () => void
  /** The server itself cannot read the numbers. */
  onStale: () => void
}): LiveConnection {
  let source: LiveSource | null = null
  let failures = 0
  let suspects = 0
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let lostTimer: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof watchSilence> | null = null

  const closeSource = () => {
    clearTimeout(retryTimer)
    silence?.end()
    silence = null
    source?.close()
    source = null
  }
  const calm = () => {
    clearTimeout(lostTimer)
    lostTimer = undefined
  }

  const open = () => {
    closeSource()
    const opened = openSource()
    source = opened
    let wasHeard = false
    const watch = watchSilence(
      () => {
        suspects = wasHeard ? OTHER_CONNECTIONS : Math.max(0, suspects - 1)
        onSilence()
        open()
      },
      suspects > 0 ? SUSPECT_FIRST_WORD_MS : undefined,
    )
    silence = watch
    const hear = () => {
      wasHeard = true
      watch.heard()
    }
    const receive = (name: LiveEventName) => (message: Event) => {
      if (!(message instanceof MessageEvent)) return
      failures = 0
      calm()
      hear()
      onMessage({ name, event: trustContract(message.data) })
    }
    opened.addEventListener('open', () => {
      calm()
      hear()
      onOpen()
    })
    opened.addEventListener('ping', () => {
      calm()
      hear()
      onOpen()
    })
    opened.addEventListener('stale', () => {
      calm()
      hear()
      onStale()
    })
    opened.addEventListener('snapshot', receive('snapshot'))
    opened.addEventListener('change', receive('change'))
    opened.addEventListener('error', () => {
      hear()
      lostTimer ??= setTimeout(onLost, PATIENCE_MS)
      if (opened.readyState !== CLOSED) return
      retryTimer = setTimeout(open, Math.min(FIRST_RETRY_MS * 2 ** failures, LONGEST_RETRY_MS))
      failures += 1
    })
  }

  const close = () => {
    closeSource()
    calm()
  }

  return { open, close, isOpen: () => source !== null }
}

/** Server and page come from one build, and the server writes the event by its schema. */
function trustContract(data: unknown): LiveEvent {
  return JSON.parse(String(data)) as LiveEvent
}
