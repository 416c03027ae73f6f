import { isObject, type JsonObject, objectOf, textOf, withoutUndefined } from '../../platform/json-value'
import type { MediaPart, MediaSource } from '../hub'
import { leftOutNote, sourceFromBase64 } from '../media-source'

/** What a file's name ends with, where its type is not said; Gemini wants one. */
const TYPE_OF_ENDING: ReadonlyMap<string, string> = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['webp', 'image/webp'],
  ['gif', 'image/gif'],
  ['heic', 'image/heic'],
  ['heif', 'image/heif'],
  ['avif', 'image/avif'],
  ['pdf', 'application/pdf'],
  ['txt', 'text/plain'],
  ['md', 'text/markdown'],
  ['html', 'text/html'],
  ['csv', 'text/csv'],
  ['mp3', 'audio/mpeg'],
  ['wav', 'audio/wav'],
  ['ogg', 'audio/ogg'],
  ['flac', 'audio/flac'],
  ['m4a', 'audio/mp4'],
  ['mp4', 'video/mp4'],
  ['mov', 'video/quicktime'],
  ['webm', 'video/webm'],
])
const USUAL_TYPE: Readonly<Record<MediaPart['type'], string>> = {
  image: 'image/jpeg',
  document: 'application/pdf',
  audio: 'audio/mpeg',
  video: 'video/mp4',
}
/** Only the provider that keeps the file can read these. */
const UPLOADED = /^(gs:\/\/|files\/|https:\/\/generativelanguage\.googleapis\.com\/)/

/**
 * `inlineData` or `fileData` of a part as media of the hub, null when it holds neither. Plain text becomes text; files
 * uploaded to Google stay a file, which other providers cannot read. Source: Part of the Gemini API reference.
 */
export function mediaFromGemini(part: JsonObject): MediaPart | null {
  const holder = isObject(part.inlineData) ? part.inlineData : objectOf(part.fileData)
  const source = sourceOf(part)
  if (source === null) return null
  return {
    type: kindOf(textOf(holder.mimeType) ?? ''),
    source,
    filename: textOf(holder.displayName),
    detail: null,
    cacheControl: null,
  }
}

/** Media as a part, null when it is a file at another provider. */
export function geminiFromMedia({ type, source }: MediaPart): JsonObject | null {
  switch (source.kind) {
    case 'base64':
      return { inlineData: { mimeType: source.mediaType || USUAL_TYPE[type], data: source.data } }
    case 'url':
      return fileData(type, source.url, source.mediaType)
    case 'text':
      return { text: source.text }
    case 'file':
      return UPLOADED.test(source.id) ? fileData(type, source.id, null) : null
  }
}

/** A note in place of what a provider does not take, as a part. */
export function leftOut(kind: string): { text: string } {
  return { text: leftOutNote(kind) }
}

function sourceOf({ inlineData, fileData: file }: JsonObject): MediaSource | null {
  if (isObject(inlineData)) {
    const data = textOf(inlineData.data)
    if (data === null) return null
    return sourceFromBase64(textOf(inlineData.mimeType) ?? '', data)
  }
  const uri = isObject(file) ? textOf(file.fileUri) : null
  if (uri === null) return null
  const mediaType = isObject(file) ? textOf(file.mimeType) : null
  return UPLOADED.test(uri) ? { kind: 'file', id: uri } : { kind: 'url', url: uri, mediaType }
}

function kindOf(mediaType: string): MediaPart['type'] {
  const family = mediaType.split('/', 1)[0]
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'document'
}

function fileData(type: MediaPart['type'], uri: string, mediaType: string | null): JsonObject {
  const ending = /\.([a-z0-9]+)(?:[?#]|$)/i.exec(uri)?.[1]?.toLowerCase() ?? ''
  return withoutUndefined({
    fileData: { fileUri: uri, mimeType: mediaType ?? TYPE_OF_ENDING.get(ending) ?? USUAL_TYPE[type] },
  })
}
