import { OPENING_TEXT, PING_TEXT, STALE_TEXT } from './event-text'
import { HEARTBEAT_MS } from './heartbeat'
import { type LiveHub, liveHub } from './live-hub.server'

/** A client that has read nothing for so long is gone, whatever its connection says. */
const UNREAD_MS = 30_000
/** A stream ends by itself after a while, so that who may read is checked anew; browsers come back where they were. */
const LIFE_MS = 15 * 60_000

/**
 * `GET /api/live`: a snapshot, or what changed since `lastEventId`, then each change, and every heartbeat a ping, or
 * `stale` while the hub cannot read. One piece at most waits for a client that does not read; what changes meanwhile reaches it as one
 * event, because later values replace earlier ones.
 */
export function liveStream({
  provider,
  lastEventId,
  signal,
  hub = liveHub(),
  heartbeatMs = HEARTBEAT_MS,
  unreadMs = UNREAD_MS,
}: {
  /** Only this provider and its endpoints. */
  provider: string | undefined
  lastEventId: string | null
  /** Fires when the client is gone. */
  signal: AbortSignal
  hub?: LiveHub
  heartbeatMs?: number
  unreadMs?: number
}): Response {
  const encoder = new TextEncoder()
  let since = hub.versionOf(lastEventId)
  let end = () => {}
  let send = () => {}
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      let readAtMs = Date.now()
      // What the client takes for true until it is told otherwise.
      let isCurrent = true
      const hasRoom = () => (controller.desiredSize ?? 0) > 0
      const write = (text: string) => controller.enqueue(encoder.encode(text))
      send = () => {
        if (!hasRoom()) return
        readAtMs = Date.now()
        const told = hub.textSince({ since, provider })
        if (told) {
          since = told.version
          if (told.text !== null) write(told.text)
        }
        if (isCurrent ? hub.isFailing() : hub.isCurrent()) beat()
      }
      const beat = () => {
        if (hasRoom()) {
          isCurrent = hub.isCurrent()
          write(isCurrent ? PING_TEXT : STALE_TEXT)
        } else if (Date.now() - readAtMs >= unreadMs) end()
      }
      const pinging = setInterval(beat, heartbeatMs)
      const ending = setTimeout(() => end(), LIFE_MS)
      const { leave } = hub.join({ onChange: () => send(), onStop: () => end() })
      end = () => {
        end = () => {}
        clearInterval(pinging)
        clearTimeout(ending)
        leave()
        closeQuietly(controller)
      }
      write(OPENING_TEXT)
      signal.addEventListener('abort', () => end(), { once: true })
      if (signal.aborted) end()
    },
    pull: () => send(),
    cancel: () => end(),
  })
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      // no-transform: a compressor would hold events back until its buffer is full.
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    },
  })
}

/** A stream that the client has cancelled is closed already. */
function closeQuietly(controller: ReadableStreamDefaultController<Uint8Array>): void {
  try {
    controller.close()
  } catch {
    // Nobody is there to tell.
  }
}
