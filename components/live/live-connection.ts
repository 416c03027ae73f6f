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
 * A stream that is kept open: the browser mends a lost connection, this the answers it takes for final and the
 * connections of which it has not noticed that they are dead.
 */
export function createLiveConnection({
  openSource,
  onOpen,
  onMessage,
  onLost,
  onSilence,
}: {
  openSource: () => LiveSource
  onOpen: () => void
  onMessage: (message: LiveMessage) => void
  onLost: () => void
  /** The connection was dead and nobody said so; another is being opened. */
  onSilence: () => void
}): LiveConnection {
  let source: LiveSource | null = null
  let failures = 0
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
    const watch = watchSilence(() => {
      onSilence()
      open()
    })
    silence = watch
    const receive = (name: LiveEventName) => (message: Event) => {
      if (!(message instanceof MessageEvent)) return
      failures = 0
      calm()
      watch.heard()
      onMessage({ name, event: trustContract(message.data) })
    }
    opened.addEventListener('open', () => {
      calm()
      watch.heard()
      onOpen()
    })
    opened.addEventListener('ping', watch.heard)
    opened.addEventListener('snapshot', receive('snapshot'))
    opened.addEventListener('change', receive('change'))
    opened.addEventListener('error', () => {
      watch.heard()
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
