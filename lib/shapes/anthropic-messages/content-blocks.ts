import { type JsonObject, objectOf, objectsOf, textOf, withoutUndefined } from '../../platform/json-value'

/**
 * Content of a chat message as Anthropic's blocks: text, images (data URLs as base64, others by URL), PDF files,
 * refusals as text; `cache_control` is kept. Empty text is left out, since Anthropic refuses it. What cannot go
 * (audio, video, uploaded files) leaves a note in its place, so that the model knows that something is missing.
 */
export function blocksFromContent(content: unknown): JsonObject[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  return objectsOf(content).flatMap((part): JsonObject[] => {
    const block = blockFromPart(part)
    if (block.type === 'text' && block.text === '') return []
    return [withoutUndefined({ ...block, cache_control: part.cache_control ?? undefined })]
  })
}

/**
 * The same as one string when it is plain text, as most clients write it.
 * An empty message stays an empty string.
 */
export function plainContentOf(blocks: readonly JsonObject[]): string | JsonObject[] {
  const [first] = blocks
  if (first === undefined) return ''
  const isPlain = blocks.length === 1 && first.type === 'text' && first.cache_control === undefined
  return isPlain ? (textOf(first.text) ?? '') : [...blocks]
}

/**
 * Anthropic's content as chat parts: text, images, documents. `cache_control` is dropped: providers of the chat shape
 * cache by themselves and the strict ones refuse fields they do not know. Blocks that cannot go leave a note.
 */
export function partsFromContent(content: unknown): JsonObject[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  return objectsOf(content).map(partFromBlock)
}

/** Parts as one string when they are a single text. */
export function plainPartsOf(parts: readonly JsonObject[]): string | JsonObject[] {
  const [first] = parts
  if (first === undefined) return ''
  return parts.length === 1 && first.type === 'text' ? (textOf(first.text) ?? '') : [...parts]
}

/** The text of content in either shape, its pieces joined by the separator; what is no text is left out. */
export function textOfContent({ content, separator }: { content: unknown; separator: string }): string {
  if (typeof content === 'string') return content
  return objectsOf(content)
    .flatMap((part) => textOf(part.text) ?? textOf(part.refusal) ?? [])
    .join(separator)
}

function blockFromPart(part: JsonObject): JsonObject {
  if (part.type === 'text') return { type: 'text', text: textOf(part.text) ?? '' }
  if (part.type === 'refusal') return { type: 'text', text: textOf(part.refusal) ?? '' }
  const url = textOf(objectOf(part.image_url).url) ?? textOf(part.image_url)
  if (url !== null) return { type: 'image', source: sourceFromUrl(url) }
  const file = objectOf(part.file)
  const data = textOf(file.file_data)
  if (data?.startsWith('data:application/pdf') || (data !== null && /^https?:/.test(data.slice(0, 6)))) {
    return withoutUndefined({
      type: 'document',
      source: sourceFromUrl(data),
      title: textOf(file.filename) ?? undefined,
    })
  }
  return leftOut(part)
}

function partFromBlock(block: JsonObject): JsonObject {
  if (block.type === 'text') return { type: 'text', text: textOf(block.text) ?? '' }
  const source = objectOf(block.source)
  const url = urlFromSource(source)
  if (block.type === 'image' && url !== null) return { type: 'image_url', image_url: { url } }
  if (block.type === 'document') {
    if (source.type === 'text') return { type: 'text', text: textOf(source.data) ?? '' }
    if (source.type === 'content') {
      return { type: 'text', text: textOfContent({ content: source.content, separator: '\n' }) }
    }
    if (url !== null) {
      return { type: 'file', file: { filename: textOf(block.title) ?? 'document.pdf', file_data: url } }
    }
  }
  if (block.type === 'search_result') {
    const lines = [block.title, block.source, textOfContent({ content: block.content, separator: '\n' })]
    return { type: 'text', text: lines.filter((line) => typeof line === 'string').join('\n') }
  }
  return leftOut(block)
}

function sourceFromUrl(url: string): JsonObject {
  const comma = url.startsWith('data:') ? url.indexOf(',') : -1
  const header = url.slice('data:'.length, Math.max(comma, 0))
  if (comma === -1 || !header.endsWith(';base64')) return { type: 'url', url }
  return { type: 'base64', media_type: header.split(';')[0], data: url.slice(comma + 1) }
}

function urlFromSource(source: JsonObject): string | null {
  if (source.type === 'url') return textOf(source.url)
  const data = source.type === 'base64' ? textOf(source.data) : null
  return data === null ? null : `data:${textOf(source.media_type) ?? ''};base64,${data}`
}

function leftOut(part: JsonObject): JsonObject {
  const kind = textOf(part.type) ?? 'unknown content'
  return { type: 'text', text: `[${kind} was left out: this provider does not take it]` }
}
