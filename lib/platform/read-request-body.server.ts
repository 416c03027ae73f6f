import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { AppError } from './errors'

const inflate = promisify(gunzip)

/** Largest body taken, before and after decompression. The default limit OTLP suggests. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024

const TOO_LARGE = new AppError('payload_too_large', 'The body is larger than 64 MiB; send it in parts.')

/**
 * The request's body, decompressed. Needs no Content-Length; the limit is kept while the body streams in, so a bomb or
 * an endless stream costs no more than the limit.
 * Throws `payload_too_large`, `unsupported_media_type` (another encoding than gzip) or `bad_request` (broken gzip).
 */
export async function readRequestBody(request: Request): Promise<Buffer> {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'gzip' && encoding !== 'identity') {
    throw new AppError(
      'unsupported_media_type',
      `Content-Encoding ${encoding} is not taken; expected gzip or none.`,
    )
  }
  const body = await readLimited(request)
  return encoding === 'gzip' ? await decompress(body) : body
}

async function readLimited(request: Request): Promise<Buffer> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN)
  if (length > MAX_BODY_BYTES) throw TOO_LARGE
  if (length <= MAX_BODY_BYTES) return Buffer.from(await request.arrayBuffer())
  if (!request.body) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size > MAX_BODY_BYTES) throw TOO_LARGE
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function decompress(body: Buffer): Promise<Buffer> {
  try {
    return await inflate(body, { maxOutputLength: MAX_BODY_BYTES })
  } catch (cause) {
    if (cause instanceof RangeError) throw TOO_LARGE
    throw new AppError('bad_request', 'The body is not valid gzip, or it ends too early.', { cause })
  }
}
