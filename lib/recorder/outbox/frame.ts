import { crc32 } from 'node:zlib'

const NEWLINE = 0x0a
/** `length checksum `, both eight hexadecimal digits. */
const HEADER_BYTES = 18

/**
 * One entry of an outbox segment: a line of length (bytes), CRC-32 and JSON text, so that a line which a crash tore, or
 * a disk damaged, is known for it. The text must hold no line break, which JSON text does not.
 */
export function encodeFrame(text: string): Buffer {
  const body = Buffer.from(text)
  return Buffer.concat([Buffer.from(`${hex(body.length)} ${hex(crc32(body))} `), body, Buffer.from('\n')])
}

/** The text of a whole line without its line break; null when it is not as it was written. */
export function decodeFrame(line: Buffer): string | null {
  const header = line.subarray(0, HEADER_BYTES).toString('latin1')
  const body = line.subarray(HEADER_BYTES)
  return header === `${hex(body.length)} ${hex(crc32(body))} ` ? body.toString() : null
}

/** Where a frame lies in its segment, its line break included (bytes). */
export type FramePlace = { offset: number; length: number }

/**
 * All whole entries of a segment, in order, and how many bytes hold none: a line that was torn or damaged is passed over,
 * and the next one counts again.
 */
export function readFrames(segment: Buffer): {
  frames: (FramePlace & { text: string })[]
  damagedBytes: number
} {
  const frames: (FramePlace & { text: string })[] = []
  let damagedBytes = 0
  for (let offset = 0; offset < segment.length; ) {
    const end = segment.indexOf(NEWLINE, offset)
    const next = end < 0 ? segment.length : end + 1
    const text = end < 0 ? null : decodeFrame(segment.subarray(offset, end))
    if (text === null) damagedBytes += next - offset
    else frames.push({ offset, length: next - offset, text })
    offset = next
  }
  return { frames, damagedBytes }
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0')
}
