import type { SseEvent } from './parse-sse'

/**
 * The event as it goes over the wire, blank line included. Parsed again it is the same event, except that CR and CRLF
 * within `data` become LF, which the format cannot tell apart; line ends in an event's name become spaces and an empty
 * name is none. Source: WHATWG HTML, server-sent events.
 */
export function encodeSse(event: SseEvent): string {
  const name = event.event === null || event.event === '' ? '' : `event: ${inOneLine(event.event)}\n`
  const data = hasLineEnd(event.data) ? event.data.split(/\r\n|\r|\n/).join('\ndata: ') : event.data
  return `${name}data: ${data}\n\n`
}

function hasLineEnd(text: string): boolean {
  return text.includes('\n') || text.includes('\r')
}

function inOneLine(text: string): string {
  return hasLineEnd(text) ? text.replaceAll(/[\r\n]+/g, ' ') : text
}
