import { pictureSize } from './picture-size'

/** How many tokens something takes: at the provider that counts it lowest, and most likely. */
export type TokenEstimate = { lowest: number; likely: number }

/** Something that is no text, in base64 from `from` on; without base64 it lies elsewhere and only its kind is known. */
export type Media = { mediaType: string; base64: string | null; from: number }

/**
 * The lowest that a picture of any size counts: Gemini's 64 at low resolution. OpenAI's low detail is 85
 * (ai.google.dev/gemini-api/docs/media-resolution, platform.openai.com/docs/guides/images-vision).
 */
const LOWEST_PICTURE = 64
/** A picture of more pixels is made smaller first; also what one of unknown size counts. */
const LARGEST_PICTURE = 1600
/** docs.anthropic.com, Vision: width × height ÷ 750. */
const PIXELS_PER_TOKEN = 750

/** One page at Gemini, whose pages count as pictures of one tile. */
const LOWEST_PAGE = 258
/** docs.anthropic.com, PDF support: 1,500–3,000 tokens a page. */
const LIKELY_PAGE = 1500
const LIKELY_DOCUMENT = 3000
/** A longer document is looked at up to here, and its pages are taken to go on at the same rate. */
const DOCUMENT_HEAD = 4 * 1024 * 1024

/** Tokens a second: Gemini counts 32, OpenAI about 10. */
const LIKELY_SOUND = 32
const LOWEST_SOUND = 10
/** 128 kbit/s, the usual rate of MP3. */
const LIKELY_BYTES_PER_SECOND = 16_000
/** Uncompressed stereo at 48 kHz and 16 bits. */
const MOST_BYTES_PER_SECOND = 192_000

/**
 * What something that is no text takes of a prompt, by what it is: a picture by the pixels its header tells, a PDF by
 * its pages, sound by its seconds, and a usual size where that cannot be seen. Never by the length of its base64.
 * Looks at a bounded part of it.
 */
export function mediaTokens(media: Media): TokenEstimate {
  if (media.mediaType.startsWith('audio/')) return soundTokens(media)
  if (/pdf|msword|officedocument|^application\/(?:epub|rtf)/.test(media.mediaType))
    return documentTokens(media)
  return pictureTokens(media)
}

function pictureTokens({ base64, from }: Media): TokenEstimate {
  const size = base64 === null ? null : pictureSize(base64, from)
  const likely =
    size === null
      ? LARGEST_PICTURE
      : Math.min(LARGEST_PICTURE, Math.ceil((size.width * size.height) / PIXELS_PER_TOKEN))
  return { lowest: Math.min(LOWEST_PICTURE, likely), likely }
}

function documentTokens({ base64, from }: Media): TokenEstimate {
  const pages = base64 === null ? 0 : pagesOf(base64, from)
  if (pages === 0) return { lowest: LOWEST_PAGE, likely: LIKELY_DOCUMENT }
  return { lowest: LOWEST_PAGE * pages, likely: LIKELY_PAGE * pages }
}

/** Page objects that stand in the open; many files keep theirs compressed, and zero says that none was seen. */
function pagesOf(base64: string, from: number): number {
  const bytes = Buffer.from(base64.slice(from, from + DOCUMENT_HEAD), 'base64')
  if (bytes.toString('latin1', 0, 5) !== '%PDF-') return 0
  const seen = countOf(bytes, '/Type /Page') + countOf(bytes, '/Type/Page')
  return Math.round(seen * Math.max(1, (base64.length - from) / DOCUMENT_HEAD))
}

/** How often a page's mark stands there; `/Pages`, the tree of them, begins alike. */
function countOf(bytes: Buffer, mark: string): number {
  const plural = 's'.charCodeAt(0)
  let count = 0
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) {
    if (bytes[at + mark.length] !== plural) count += 1
  }
  return count
}

function soundTokens({ base64, from }: Media): TokenEstimate {
  if (base64 === null) return { lowest: 0, likely: LIKELY_SOUND * 60 }
  const bytes = ((base64.length - from) * 3) / 4
  const told = waveBytesPerSecond(base64, from)
  return {
    lowest: Math.floor((LOWEST_SOUND * bytes) / (told ?? MOST_BYTES_PER_SECOND)),
    likely: Math.ceil((LIKELY_SOUND * bytes) / (told ?? LIKELY_BYTES_PER_SECOND)),
  }
}

/** The byte rate in a WAV file's header; null when it is none. */
function waveBytesPerSecond(base64: string, from: number): number | null {
  const head = Buffer.from(base64.slice(from, from + 64), 'base64')
  if (head.length < 32 || head.toString('latin1', 8, 16) !== 'WAVEfmt ') return null
  return head.readUInt32LE(28) || null
}
