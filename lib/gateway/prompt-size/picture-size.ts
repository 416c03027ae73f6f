/** Width and height in pixels. */
export type PictureSize = { width: number; height: number }

/** Base64 characters that PNG, GIF and WebP need to tell their size. */
const SHORT_HEAD = 64
/** JPEG may have a preview and colour profiles before its size. */
const LONG_HEAD = 256 * 1024

/**
 * The size that a picture's own header tells, from its base64; null when it is none of PNG, JPEG, GIF and WebP, or is
 * broken. Looks at the beginning alone, however long the picture is. Sources: W3C PNG §11.2.1, ITU T.81 annex B,
 * GIF89a §18, RFC 9649.
 */
export function pictureSize(base64: string, from = 0): PictureSize | null {
  const head = decode(base64, from, SHORT_HEAD)
  const size = isJpeg(head)
    ? jpegSize(decode(base64, from, LONG_HEAD))
    : (pngSize(head) ?? gifSize(head) ?? webpSize(head))
  return size !== null && size.width > 0 && size.height > 0 ? size : null
}

function decode(base64: string, from: number, characters: number): Buffer {
  return Buffer.from(base64.slice(from, from + characters), 'base64')
}

function pngSize(head: Buffer): PictureSize | null {
  if (head.length < 24 || head.readUInt32BE(0) !== 0x89504e47) return null
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) }
}

function gifSize(head: Buffer): PictureSize | null {
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'GIF') return null
  return { width: head.readUInt16LE(6), height: head.readUInt16LE(8) }
}

function webpSize(head: Buffer): PictureSize | null {
  if (head.length < 30 || head.toString('latin1', 8, 12) !== 'WEBP') return null
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = head.readUInt32LE(21)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 }
    default:
      return null
  }
}

function isJpeg(head: Buffer): boolean {
  return head.length > 3 && head.readUInt16BE(0) === 0xffd8
}

/** Goes from segment to segment up to the frame header. */
function jpegSize(head: Buffer): PictureSize | null {
  let at = 2
  while (at + 9 <= head.length && head[at] === 0xff) {
    const marker = head[at + 1] ?? 0
    if (isFrameHeader(marker)) return { height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7) }
    // A marker may be preceded by any number of fill bytes.
    at += marker === 0xff ? 1 : 2 + head.readUInt16BE(at + 2)
  }
  return null
}

/** SOF0–SOF15 but for the three markers among them that are tables. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}
