import { StringDecoder } from 'node:string_decoder'

/** One server-sent event: `event` is its name, null when the stream gives none; lines of `data` are joined by LF. */
export type SseEvent = { event: string | null; data: string }

export type SseParser = {
  /** The events that these bytes complete. Throws RangeError when an event grows above 16 Mi characters. */
  push: (bytes: Uint8Array) => SseEvent[]
  /** What a stream that ended without a blank line had begun. */
  end: () => SseEvent[]
}

const MAX_EVENT_LENGTH = 16 * 1024 * 1024
const BYTE_ORDER_MARK = '\ufeff'

/**
 * A parser of server-sent events for bytes in any chunking: split UTF-8, LF, CR and CRLF, comments, data in several
 * lines, a byte order mark. `id` and `retry` mean nothing to a gateway and are skipped, as are events without data.
 * Source: WHATWG HTML, server-sent events; other than there, an event that the end of the stream cut off is given out,
 * since providers forget the last blank line.
 */
export function createSseParser(): SseParser {
  const decoder = new StringDecoder('utf8')
  let isFirst = true
  let isAfterCarriageReturn = false
  /** The unfinished line; never scanned twice, so a long line in small chunks stays linear. */
  let partial = ''
  let event: string | null = null
  let data: string | null = null

  const takeLine = (line: string, events: SseEvent[]): void => {
    if (line === '') {
      if (data !== null) events.push({ event, data })
      event = null
      data = null
    } else if (line.startsWith('data:')) {
      const value = line.slice(line.charCodeAt(5) === SPACE ? 6 : 5)
      data = data === null ? value : `${data}\n${value}`
      assertLength(data.length)
    } else if (line.startsWith('event:')) {
      event = line.slice(line.charCodeAt(6) === SPACE ? 7 : 6) || null
    } else if (line === 'data') {
      data = data === null ? '' : `${data}\n`
    }
  }

  const takeText = (text: string, events: SseEvent[]): void => {
    const findEnd = text.includes('\r') ? endOfAnyLine : endOfLine
    let start = isAfterCarriageReturn && text.charCodeAt(0) === LINE_FEED ? 1 : 0
    isAfterCarriageReturn = false
    for (let end = findEnd(text, start); end !== -1; end = findEnd(text, start)) {
      const line = text.slice(start, end)
      takeLine(partial === '' ? line : partial + line, events)
      partial = ''
      start = end + 1
      if (text.charCodeAt(end) !== CARRIAGE_RETURN) continue
      if (start === text.length) isAfterCarriageReturn = true
      else if (text.charCodeAt(start) === LINE_FEED) start += 1
    }
    if (start < text.length) partial += text.slice(start)
    assertLength(partial.length + (data?.length ?? 0))
  }

  return {
    push: (bytes) => {
      const events: SseEvent[] = []
      let text = decoder.write(bytes)
      if (text === '') return events
      if (isFirst && text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1)
      isFirst = false
      takeText(text, events)
      return events
    },
    end: () => {
      const events: SseEvent[] = []
      takeLine(partial + decoder.end(), events)
      takeLine('', events)
      partial = ''
      return events
    },
  }
}

const SPACE = 32
const LINE_FEED = 10
const CARRIAGE_RETURN = 13

function endOfLine(text: string, start: number): number {
  return text.indexOf('\n', start)
}

function endOfAnyLine(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === LINE_FEED || code === CARRIAGE_RETURN) return at
  }
  return -1
}

function assertLength(length: number): void {
  if (length > MAX_EVENT_LENGTH) throw new RangeError('A server-sent event is longer than 16 Mi characters.')
}
