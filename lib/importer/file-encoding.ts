import { AppError } from '../platform/errors'

/** Encodings a file may have, by the names people give them. */
const LABELS: Readonly<Record<string, Encoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'utf-16': 'utf-16le',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  latin1: 'windows-1252',
  'latin-1': 'windows-1252',
  'iso-8859-1': 'windows-1252',
}
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

const NAMES = 'utf-8, utf-16le, utf-16be, windows-1252 (latin1)'

/** The encoding of that name. Throws `bad_request` that lists those there are. */
export function requireEncoding(name: string): Encoding {
  const encoding = LABELS[name.toLowerCase()]
  if (encoding !== undefined) return encoding
  throw new AppError('bad_request', `--encoding ${name}: expected one of ${NAMES}.`)
}

/**
 * The encoding that a file's first bytes show: by its byte order mark, or by the zeros that UTF-16 has at every other
 * place of Western text; otherwise UTF-8, which what is read must then turn out to be.
 */
export function detectEncoding(start: Uint8Array): Encoding {
  const [first, second] = start
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const zeros = { even: 0, odd: 0 }
  for (const [index, byte] of start.subarray(0, 1000).entries()) {
    if (byte === 0) zeros[index % 2 === 0 ? 'even' : 'odd'] += 1
  }
  const most = Math.min(start.length, 1000) / 4
  if (zeros.odd > most && zeros.even === 0) return 'utf-16le'
  return zeros.even > most && zeros.odd === 0 ? 'utf-16be' : 'utf-8'
}

/**
 * A decoder of a file's pieces that never gives a wrong character: bytes that are none of the encoding throw
 * `bad_request` that says how to name another one.
 */
export function createFileDecoder(encoding: Encoding): (piece: Uint8Array | null) => string {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let newlines = 0
  return (piece) => {
    try {
      const text = piece === null ? decoder.decode() : decoder.decode(piece, { stream: true })
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) newlines += 1
      return text
    } catch (cause) {
      throw new AppError(
        'bad_request',
        `The file is not ${encoding.toUpperCase()} (after line ${newlines + 1}). Name its encoding: --encoding windows-1252 for most older Western exports, or save it as UTF-8. Others: ${NAMES}.`,
        { cause },
      )
    }
  }
}
