import type { LiveEvent } from './schema'

/** How long a browser waits before it asks again after a lost connection. */
const RETRY_MS = 1000

/** First in every stream: sends the headers off, and tells browsers how soon to come back. */
export const OPENING_TEXT = `retry: ${RETRY_MS}\n\n`

/**
 * Every heartbeat: what was told is how things stand. An event and not a comment, which browsers hide from the page, so
 * that one knows when its connection is dead; without an id, so that a stream is resumed from the event before.
 */
export const PING_TEXT = 'event: ping\ndata: {}\n\n'

/** Instead of a ping, and at once when a read fails: the line is well, but what was told may have changed since. */
export const STALE_TEXT = 'event: stale\ndata: {}\n\n'

/** An event as it stands in a `text/event-stream`. */
export function eventText({
  name,
  id,
  event,
}: {
  name: 'snapshot' | 'change'
  id: string
  event: LiveEvent
}): string {
  return `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(event)}\n\n`
}
