import { type JsonObject, textOf, withoutUndefined } from '../../platform/json-value'
import type { InputPart, MediaPart } from '../hub'
import { leftOutNote } from '../media-source'

/**
 * Parts as Anthropic's blocks: text, pictures, PDF files, plain text as a document. Anthropic refuses text of white
 * space alone, so that is left out. What cannot go (audio, video, uploaded files, other documents) leaves a note in its
 * place, so that the model knows that something is missing.
 */
export function writeBlocks(parts: readonly InputPart[]): JsonObject[] {
  return parts.flatMap((part): JsonObject[] => {
    if (part.type === 'foreign') {
      return [part.shape === 'anthropic-messages' ? part.value : textBlock(leftOutNote(part.kind))]
    }
    const block = part.type === 'text' ? textBlock(part.text) : writeMedia(part)
    if (isBlank(block)) return []
    return [withoutUndefined({ ...block, cache_control: part.cacheControl ?? undefined })]
  })
}

/** The same as one string when it is plain text, as most clients write it; empty for nothing. */
export function plainContent(blocks: readonly JsonObject[]): string | JsonObject[] {
  const [first] = blocks
  if (first === undefined) return ''
  const isPlain = blocks.length === 1 && first.type === 'text' && first.cache_control === undefined
  return isPlain ? (textOf(first.text) ?? '') : [...blocks]
}

/** Whether a block is text that Anthropic refuses for its emptiness. */
export function isBlank(block: JsonObject): boolean {
  return block.type === 'text' && typeof block.text === 'string' && !/\S/.test(block.text)
}

function textBlock(text: string): JsonObject {
  return { type: 'text', text }
}

function writeMedia({ type, source, filename }: MediaPart): JsonObject {
  const title = filename ?? undefined
  switch (source.kind) {
    case 'text':
      return withoutUndefined({
        type: 'document',
        source: { type: 'text', media_type: 'text/plain', data: source.text },
        title,
      })
    case 'url': {
      const url = { type: 'url', url: source.url }
      if (type === 'image') return { type: 'image', source: url }
      return type === 'document'
        ? withoutUndefined({ type: 'document', source: url, title })
        : textBlock(leftOutNote(type))
    }
    case 'base64': {
      const bytes = { type: 'base64', media_type: source.mediaType, data: source.data }
      if (source.mediaType.startsWith('image/')) return { type: 'image', source: bytes }
      return source.mediaType === 'application/pdf'
        ? withoutUndefined({ type: 'document', source: bytes, title })
        : textBlock(leftOutNote(type))
    }
    case 'file':
      return textBlock(leftOutNote(type))
  }
}
