import { type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import type { CacheControl, InputPart, MediaPart, MediaSource, TextPart } from '../hub'
import { leftOutNote, sourceFromBase64, sourceFromUrl, urlFromSource } from '../media-source'
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
    return /^(data:|https?:)/.test(data) ? sourceFromUrl(data) : sourceFromBase64('application/pdf', data)
  }
  const { data: sound, format } = objectOf(part.input_audio)
  return typeof sound === 'string' ? sourceFromBase64(`audio/${textOf(format) ?? 'wav'}`, sound) : null
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

function writeMedia({ type, source, filename, detail }: MediaPart): JsonObject {
  if (source.kind === 'text') return { type: 'input_text', text: source.text }
  const url = urlFromSource(source)
  const uploaded = source.kind === 'file' ? { file_id: source.id } : null
  if (type === 'image') {
    return { type: 'input_image', detail: detail ?? 'auto', ...(uploaded ?? { image_url: url }) }
  }
  if (type !== 'document') return leftOut(type)
  if (uploaded !== null) return { type: 'input_file', ...uploaded }
  if (source.kind === 'url') return { type: 'input_file', file_url: url }
  return { type: 'input_file', filename: filename ?? 'document.pdf', file_data: url }
}

function leftOut(kind: string): JsonObject {
  return { type: 'input_text', text: leftOutNote(kind) }
}
