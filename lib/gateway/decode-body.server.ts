import { type Duplex, pipeline } from 'node:stream'
import { promisify } from 'node:util'
import {
  brotliDecompress,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  gunzip,
  inflate,
} from 'node:zlib'
import { GATEWAY_LIMITS } from './limits'

type Decoder = {
  stream: () => Duplex
  whole: (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>
}

/** Content codings that a provider, or a proxy before it, may use although nobody asked (RFC 9110 §8.4). */
const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: { stream: createGunzip, whole: promisify(gunzip) },
  'x-gzip': { stream: createGunzip, whole: promisify(gunzip) },
  deflate: { stream: createInflate, whole: promisify(inflate) },
  br: { stream: createBrotliDecompress, whole: promisify(brotliDecompress) },
}

/** The body without its content coding; one that is not known stays as it is. */
export function decoded(body: AsyncIterable<Buffer>, coding: string | null): AsyncIterable<Buffer> {
  const decoder = decoderOf(coding)
  // An error of either is the other's: whoever reads the decoded body hears of it.
  return decoder ? pipeline(body, decoder.stream(), () => undefined) : body
}

/** A whole body as text, without its content coding. Rejects what zlib rejects, and bodies that grow too large. */
export async function decodeWhole(bytes: Buffer, coding: string | null): Promise<string> {
  const decoder = decoderOf(coding)
  const plain = decoder
    ? await decoder.whole(bytes, { maxOutputLength: GATEWAY_LIMITS.maxAnswerBytes })
    : bytes
  return plain.toString('utf8')
}

function decoderOf(coding: string | null): Decoder | undefined {
  return coding === null ? undefined : DECODERS[coding.trim().toLowerCase()]
}
