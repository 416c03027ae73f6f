import {
  isObject,
  type JsonObject,
  objectOf,
  objectsOf,
  textOf,
  withoutUndefined,
} from '../../platform/json-value'
import type { CacheControl, InputPart, MediaPart, MediaSource, TextPart } from '../hub'
import { leftOutNote, mediaPart, sourceFromBase64, sourceFromUrl, urlFromSource } from '../media-source'

/** A text part of nothing else. */
export function textPart(text: string, cacheControl: CacheControl | null = null): TextPart {
  return { type: 'text', text, cacheControl, annotations: [] }
}

/**
 * `content` of a message, text or a list of parts: text, refusals as text, pictures, files, audio, video. Anything else
 * stays as it is, for providers of this shape. Source: ChatCompletionContentPart of OpenAI's API reference; `video_url`
 * and `cache_control` of OpenRouter's.
 */
export function readContent(content: unknown): InputPart[] {
  if (typeof content === 'string') return [textPart(content)]
  return objectsOf(content).map((part) => {
    const read = readPart(part)
    if (read.type === 'foreign' || !isObject(part.cache_control)) return read
    return { ...read, cacheControl: part.cache_control }
  })
}

function readPart(part: JsonObject): InputPart {
  if (part.type === 'text' || part.type === 'input_text') return textPart(textOf(part.text) ?? '')
  if (part.type === 'refusal') return textPart(textOf(part.refusal) ?? '')
  return (
    readMedia(part) ?? {
      type: 'foreign',
      shape: 'openai-chat',
      kind: textOf(part.type) ?? 'unknown content',
      value: part,
    }
  )
}

/** A part that is a picture, a file, audio or video; null for anything else. */
export function readMedia(part: JsonObject): MediaPart | null {
  const image = textOf(objectOf(part.image_url).url) ?? textOf(part.image_url)
  if (image !== null) {
    return { ...mediaPart('image', sourceFromUrl(image)), detail: textOf(objectOf(part.image_url).detail) }
  }
  const video = textOf(objectOf(part.video_url).url) ?? textOf(part.video_url)
  if (video !== null) return mediaPart('video', sourceFromUrl(video))
  const audio = objectOf(part.input_audio)
  if (textOf(audio.data) !== null) {
    return mediaPart('audio', audioSource(textOf(audio.data) ?? '', textOf(audio.format) ?? 'wav'))
  }
  const file = objectOf(part.file)
  const source = fileSource(file)
  return source === null ? null : { ...mediaPart('document', source), filename: textOf(file.filename) }
}

function fileSource(file: JsonObject): MediaSource | null {
  const data = textOf(file.file_data)
  if (data !== null) {
    return /^(data:|https?:)/.test(data) ? sourceFromUrl(data) : sourceFromBase64('application/pdf', data)
  }
  const id = textOf(file.file_id)
  return id === null ? null : { kind: 'file', id }
}

function audioSource(data: string, format: string): MediaSource {
  if (/^(data:|https?:)/.test(data)) return sourceFromUrl(data)
  return { kind: 'base64', mediaType: format === 'mp3' ? 'audio/mpeg' : `audio/${format}`, data }
}

/**
 * Parts as `content`: text alone is a string, as most clients write it and every provider reads it. `cache_control`
 * stands on the part it belongs to. What cannot go leaves a note.
 */
export function writeContent(parts: readonly InputPart[], separator: string): string | JsonObject[] {
  const written = parts.map(writePart)
  const isPlain = written.every((part) => part.type === 'text' && part.cache_control === undefined)
  return isPlain ? written.map((part) => textOf(part.text) ?? '').join(separator) : written
}

/** One part, for a list of them. */
export function writePart(part: InputPart): JsonObject {
  if (part.type === 'foreign') return part.shape === 'openai-chat' ? part.value : note(part.kind)
  const cacheControl = part.cacheControl ?? undefined
  if (part.type === 'text')
    return withoutUndefined({ type: 'text', text: part.text, cache_control: cacheControl })
  return withoutUndefined({ ...(writeMedia(part) ?? note(part.type)), cache_control: cacheControl })
}

function note(kind: string): JsonObject {
  return { type: 'text', text: leftOutNote(kind) }
}

function writeMedia({ type, source, filename, detail }: MediaPart): JsonObject | null {
  if (source.kind === 'text') return { type: 'text', text: source.text }
  const url = urlFromSource(source)
  if (url === null) return null
  switch (type) {
    case 'image':
      return { type: 'image_url', image_url: withoutUndefined({ url, detail: detail ?? undefined }) }
    case 'video':
      return { type: 'video_url', video_url: { url } }
    case 'document':
      return { type: 'file', file: { filename: filename ?? 'document.pdf', file_data: url } }
    case 'audio': {
      if (source.kind !== 'base64') return null
      const format = source.mediaType.slice('audio/'.length)
      return {
        type: 'input_audio',
        input_audio: { data: source.data, format: format === 'mpeg' ? 'mp3' : format },
      }
    }
  }
}
