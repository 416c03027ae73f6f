import { type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import type { CacheControl, InputPart, MediaPart, MediaSource, TextPart } from '../hub'
import { RESPONSES } from './item-name'

/**
 * The content of a message or of a tool's result. A bare string is one text. `input_audio` and `input_video` are
 * OpenRouter's. `prompt_cache_breakpoint` is a mark that the prompt may be cached up to here.
 */
export function readContent(content: unknown): InputPart[] {
  if (typeof content === 'string') return [plainText(content)]
  return objectsOf(content).map(readPart)
}

/** A text that is nothing but text. */
export function plainText(text: string): TextPart {
  return { type: 'text', text, cacheControl: null, annotations: [] }
}

function readPart(part: JsonObject): InputPart {
  const kind = textOf(part.type) ?? 'unknown'
  const cacheControl = cacheControlOf(part)
  if (TEXT_KINDS.has(kind)) {
    return {
      type: 'text',
      text: textOf(part.text) ?? textOf(part.refusal) ?? '',
      cacheControl,
      annotations: [],
    }
  }
  const type = MEDIA_KINDS[kind]
  const source = type === undefined ? null : sourceOf(part)
  if (type === undefined || source === null) return { type: 'foreign', shape: RESPONSES, kind, value: part }
  return { type, source, filename: textOf(part.filename), detail: textOf(part.detail), cacheControl }
}

const TEXT_KINDS = new Set(['input_text', 'output_text', 'text', 'summary_text', 'refusal'])
const MEDIA_KINDS: Readonly<Record<string, MediaPart['type']>> = {
  input_image: 'image',
  computer_screenshot: 'image',
  input_file: 'document',
  input_audio: 'audio',
  input_video: 'video',
}

function cacheControlOf(part: JsonObject): CacheControl | null {
  if (typeof part.cache_control === 'object' && part.cache_control !== null)
    return objectOf(part.cache_control)
  return objectOf(part.prompt_cache_breakpoint).mode === 'explicit' ? { type: 'ephemeral' } : null
}

function sourceOf(part: JsonObject): MediaSource | null {
  const id = textOf(part.file_id)
  if (id !== null) return { kind: 'file', id }
  const url = textOf(part.image_url) ?? textOf(part.file_url) ?? textOf(part.video_url)
  if (url !== null) return sourceFromUrl(url)
  const data = textOf(part.file_data)
  if (data !== null) {
    if (/^(data:|https?:)/.test(data)) return sourceFromUrl(data)
    return { kind: 'base64', mediaType: 'application/pdf', data }
  }
  const audio = objectOf(part.input_audio)
  const sound = textOf(audio.data)
  return sound === null
    ? null
    : { kind: 'base64', mediaType: `audio/${textOf(audio.format) ?? 'wav'}`, data: sound }
}

function sourceFromUrl(url: string): MediaSource {
  const comma = url.startsWith('data:') ? url.indexOf(',') : -1
  const header = url.slice('data:'.length, Math.max(comma, 0))
  if (comma === -1 || !header.endsWith(';base64')) return { kind: 'url', url, mediaType: null }
  return { kind: 'base64', mediaType: header.split(';')[0] ?? '', data: url.slice(comma + 1) }
}

/** A tool's result or what a user said, as the parts that providers take; what has no place leaves a note. */
export function writeContent(parts: readonly InputPart[]): JsonObject[] {
  return parts.flatMap((part): JsonObject[] => {
    if (part.type === 'text') return [{ type: 'input_text', text: part.text }]
    if (part.type === 'foreign') return part.shape === RESPONSES ? [part.value] : [leftOut(part.kind)]
    return [writeMedia(part)]
  })
}

/** The same as one string when it is plain text, as most clients write it; no parts are an empty string. */
export function writeOutput(parts: readonly InputPart[]): string | JsonObject[] {
  const [first] = parts
  if (first === undefined) return ''
  return parts.length === 1 && first.type === 'text' ? first.text : writeContent(parts)
}

function writeMedia(part: MediaPart): JsonObject {
  const { type, source, filename, detail } = part
  if (source.kind === 'text') return { type: 'input_text', text: source.text }
  const url = source.kind === 'base64' ? `data:${source.mediaType};base64,${source.data}` : null
  if (type === 'image') {
    const place =
      source.kind === 'file'
        ? { file_id: source.id }
        : { image_url: source.kind === 'url' ? source.url : url }
    return { type: 'input_image', detail: detail ?? 'auto', ...place }
  }
  if (type !== 'document') return leftOut(type)
  if (source.kind === 'file') return { type: 'input_file', file_id: source.id }
  if (source.kind === 'url') return { type: 'input_file', file_url: source.url }
  return { type: 'input_file', filename: filename ?? 'document.pdf', file_data: url }
}

function leftOut(kind: string): JsonObject {
  return { type: 'input_text', text: `[${kind} was left out: this provider does not take it]` }
}
