import { Buffer, isUtf8 } from 'node:buffer'

/**
 * Bytes as text. Those that are no UTF-8, as from a sender that writes Latin-1, each become the Windows-1252 character
 * they stand for, so that two texts that differ stay two; all others are read as they are. Never throws.
 */
export function repairUtf8(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (isUtf8(buffer)) return buffer.toString('utf8')
  const decoder = new TextDecoder('windows-1252')
  let text = ''
  let start = 0
  for (let at = 0; at < buffer.length; ) {
    const length = sequenceLength(buffer, at)
    if (length > 0) {
      at += length
      continue
    }
    text += buffer.toString('utf8', start, at) + decoder.decode(buffer.subarray(at, at + 1))
    at += 1
    start = at
  }
  return text + buffer.toString('utf8', start)
}

/** How many bytes the character that begins here has; 0 when none does. */
function sequenceLength(buffer: Buffer, at: number): number {
  const first = buffer[at] ?? 0
  if (first < 0x80) return 1
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0
  return length > 0 && isUtf8(buffer.subarray(at, at + length)) && at + length <= buffer.length ? length : 0
}
