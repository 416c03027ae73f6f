import type { LiveEvent } from './schema'

/** How long a browser waits before it asks again after a lost connection. */
const RETRY_MS = 1000

/** First in every stream: sends the headers off, and tells browsers how soon to come back. */
export const OPENING_TEXT = `retry: ${RETRY_MS}\n\n`

/** Now and then in a quiet stream, so that nothing between us takes the connection for dead. */
export const PING_TEXT = ': ping\n\n'

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
