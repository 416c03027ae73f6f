import { isObject, type JsonObject, textOf } from '../../platform/json-value'
import { type Media, mediaTokens, type TokenEstimate } from './media-tokens'

/** UTF-8 bytes a token takes in most languages and in code (platform.openai.com/docs, "about 4 characters"). */
const LIKELY_BYTES_PER_TOKEN = 4
/**
 * The longest tokens that whole prompts are known to have on average: English prose takes 4 to 5 characters a token
 * with vocabularies of 200,000, code and other languages fewer. Beyond it the provider is left to say no.
 */
const LOWEST_CHARACTERS_PER_TOKEN = 6

/** Sealed by a provider and handed back to it: not text, and counted by nobody in a known way. */
const SEALED_FIELDS: ReadonlySet<string> = new Set([
  'signature',
  'thoughtSignature',
  'thought_signature',
  'encrypted_content',
])
/** Addresses of pictures, sound and documents that lie elsewhere. */
const LINK_FIELDS: Readonly<Record<string, string>> = {
  image_url: 'image/*',
  file_url: 'application/pdf',
  file_id: 'application/pdf',
  video_url: 'video/*',
}
const FILE_FIELDS: ReadonlySet<string> = new Set([
  'data',
  'file_data',
  'b64_json',
  ...Object.keys(LINK_FIELDS),
])
const DATA_URL = /^data:([\w.+/*-]{0,100})((?:;[\w=.+-]{1,100}){0,5}),/
const TEXT_TYPE = /^text\/|^application\/(?:json|xml|yaml)/

/**
 * How many tokens the prompt in a client's body takes, of any shape: text by its length, keys and tool definitions
 * included, and pictures, documents and sound by what they are. `lowest` is what no provider counts less than, for
 * leaving endpoints out; `likely` is the figure to show where a provider's own is not known yet. Linear in the body,
 * of which base64 is hardly looked at; an own stack, since bodies may nest as deep as they like.
 */
export function estimatePrompt(body: unknown): TokenEstimate {
  const sum: Sum = { characters: 0, bytes: 0, lowestOfMedia: 0, likelyOfMedia: 0 }
  const stack: unknown[] = [body]
  while (stack.length > 0) {
    const next = stack.pop()
    if (typeof next === 'string') addString(sum, next)
    else if (typeof next === 'number') sum.bytes += 2
    else if (Array.isArray(next)) for (const item of next) stack.push(item)
    else if (isObject(next)) addFields(sum, next, stack)
  }
  return {
    lowest: Math.floor(sum.characters / LOWEST_CHARACTERS_PER_TOKEN) + sum.lowestOfMedia,
    likely: Math.ceil(sum.bytes / LIKELY_BYTES_PER_TOKEN) + sum.likelyOfMedia,
  }
}

type Sum = { characters: number; bytes: number; lowestOfMedia: number; likelyOfMedia: number }

function addFields(sum: Sum, part: JsonObject, stack: unknown[]): void {
  for (const key of Object.keys(part)) {
    const value = part[key]
    const media = FILE_FIELDS.has(key) ? mediaOfField(part, key) : null
    if (media) addMedia(sum, media)
    else if (typeof value === 'string' && SEALED_FIELDS.has(key)) sum.bytes += value.length
    else {
      addText(sum, key)
      if (typeof value === 'string') addString(sum, value)
      else stack.push(value)
    }
  }
}

function addString(sum: Sum, text: string): void {
  const media = text.startsWith('data:') ? mediaOfUrl(text) : null
  if (media) addMedia(sum, media)
  else addText(sum, text)
}

/** Short texts are mostly names, which are not worth counting their bytes. */
function addText(sum: Sum, text: string): void {
  sum.characters += text.length
  sum.bytes += text.length < 16 ? text.length : Buffer.byteLength(text)
}

function addMedia(sum: Sum, media: Media): void {
  const { lowest, likely } = mediaTokens(media)
  sum.lowestOfMedia += lowest
  sum.likelyOfMedia += likely
}

/** A data URL of something that is no text. */
function mediaOfUrl(text: string): Media | null {
  const found = DATA_URL.exec(text)
  if (found === null) return null
  const [beginning, mediaType = '', options = ''] = found
  if (TEXT_TYPE.test(mediaType) || !options.endsWith(';base64')) return null
  return { mediaType, base64: text, from: beginning.length }
}

/** What a field of a part holds when it is base64 without a data URL around it, or the address of a file. */
function mediaOfField(part: JsonObject, key: string): Media | null {
  const value = part[key]
  const text = textOf(value) ?? (isObject(value) ? textOf(value.url) : null)
  if (text === null || text.startsWith('data:')) return null
  const linked = LINK_FIELDS[key]
  if (linked !== undefined) return { mediaType: linked, base64: null, from: 0 }
  const mediaType = mediaTypeOf(part, key)
  return mediaType === null || TEXT_TYPE.test(mediaType) ? null : { mediaType, base64: text, from: 0 }
}

/** Messages say `media_type`, Gemini `mimeType`, chat's sound `format`; null when nothing says that it is a file. */
function mediaTypeOf(part: JsonObject, key: string): string | null {
  const told = textOf(part.media_type) ?? textOf(part.mimeType) ?? textOf(part.mime_type)
  if (told !== null) return told
  if (textOf(part.format) !== null) return `audio/${textOf(part.format)}`
  if (key === 'file_data') return 'application/pdf'
  return key === 'b64_json' ? 'image/*' : null
}
