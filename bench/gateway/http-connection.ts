import { once } from 'node:events'
import { connect } from 'node:net'

/** One kept connection that posts the same request again and again. */
export type HttpConnection = {
  /** Sends the request and resolves when its answer is there. Rejects when that is not a 200. */
  exchange: () => Promise<void>
  close: () => void
}

const END_OF_HEAD = Buffer.from('\r\n\r\n')
const END_OF_CHUNKS = Buffer.from('\r\n0\r\n\r\n')

/**
 * HTTP/1.1 by hand over a socket: a client library costs as much as the gateways that are to be measured. Only knows
 * answers with a length and answers in chunks without trailers.
 */
export async function openConnection({
  url,
  headers,
  body,
}: {
  url: URL
  headers: Readonly<Record<string, string>>
  body: string
}): Promise<HttpConnection> {
  const socket = connect(Number(url.port), url.hostname)
  socket.setNoDelay(true)
  await once(socket, 'connect')
  const request = encodeRequest(url, headers, body)
  let waiting: { resolve: () => void; reject: (error: Error) => void } | null = null
  let answer = createAnswerReader()

  const settle = (error: Error | null) => {
    const settled = waiting
    waiting = null
    answer = createAnswerReader()
    if (error) settled?.reject(error)
    else settled?.resolve()
  }
  socket.on('data', (bytes: Buffer) => {
    try {
      if (answer(bytes)) settle(null)
    } catch (error) {
      settle(error instanceof Error ? error : new Error(String(error)))
    }
  })
  socket.on('error', settle)
  socket.on('close', () => settle(new Error('the connection was closed')))
  return {
    exchange: () =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

function encodeRequest(url: URL, headers: Readonly<Record<string, string>>, body: string): Buffer {
  const lines = [
    `POST ${url.pathname}${url.search} HTTP/1.1`,
    `host: ${url.host}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

/** Takes the bytes of one answer as they come; true = it is complete. Throws when it is not a 200. */
function createAnswerReader(): (bytes: Buffer) => boolean {
  let head: Buffer | null = Buffer.alloc(0)
  let missing: number | null = null
  let tail = Buffer.alloc(0)
  return (bytes) => {
    let rest = bytes
    if (head) {
      head = Buffer.concat([head, bytes])
      const end = head.indexOf(END_OF_HEAD)
      if (end < 0) return false
      const text = head.toString('latin1', 0, end)
      if (!text.startsWith('HTTP/1.1 200')) throw new Error(head.toString('utf8'))
      const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1]
      missing = length === undefined ? null : Number(length)
      // The last two bytes of the head also begin the end of an empty answer in chunks.
      rest = head.subarray(missing === null ? end + 2 : end + END_OF_HEAD.length)
      head = null
    }
    if (missing !== null) {
      missing -= rest.byteLength
      return missing <= 0
    }
    tail = Buffer.concat([tail, rest]).subarray(-END_OF_CHUNKS.length)
    return tail.equals(END_OF_CHUNKS)
  }
}
