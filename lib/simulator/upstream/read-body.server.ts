import type { IncomingMessage } from 'node:http'

const MOST_BYTES = 64 * 1024 * 1024

/** The whole body; null when it is larger than 64 MiB. Rejects when the client goes away before its end. */
export function readBody(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= MOST_BYTES) chunks.push(chunk)
    })
    request.on('end', () => {
      const [first] = chunks
      if (length > MOST_BYTES) resolve(null)
      else resolve(chunks.length === 1 && first ? first : Buffer.concat(chunks))
    })
    request.on('error', reject)
    request.on('close', () => request.complete || reject(new Error('the client went away')))
  })
}
