import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import { readCallId } from '../call-id'
import type { InputPart, MediaPart, MediaSource, OutputPart, TextPart, ToolCallPart } from '../hub'
import { mediaPart, sourceFromBase64 } from '../media-source'
import { argumentsFromInput } from '../tool-arguments'
import { readThinking } from './signatures'

/**
 * Content of a user's message or of a tool result: text, pictures, documents, results of a search as their text.
 * Blocks that only this shape has a word for stay as they are. Source: ContentBlockParam of Anthropic's API reference.
 */
export function readInput(content: unknown): InputPart[] {
  if (typeof content === 'string') return [textPart(content)]
  return objectsOf(content).map((block) => {
    const part = readPart(block)
    if (part.type === 'foreign' || !isObject(block.cache_control)) return part
    return { ...part, cacheControl: block.cache_control }
  })
}

/** Content of the assistant, said or asked back: text, thinking, calls. */
export function readOutput(content: unknown): OutputPart[] {
  if (typeof content === 'string') return [textPart(content)]
  return objectsOf(content).map((block) => {
    if (block.type === 'tool_use') return readToolUse(block)
    const thinking = readThinking(block)
    if (thinking !== null) return thinking
    const part = readPart(block)
    return part.type === 'text' && isObject(block.cache_control)
      ? { ...part, cacheControl: block.cache_control }
      : part
  })
}

/** A call of a tool that the client runs. */
export function readToolUse(block: JsonObject): ToolCallPart {
  const { id, thoughtSignature } = readCallId(textOf(block.id) ?? '')
  return {
    type: 'tool_call',
    id,
    name: textOf(block.name) ?? '',
    arguments: argumentsFromInput(block.input),
    isCustom: false,
    namespace: null,
    thoughtSignature,
  }
}

/** What a block is that no other shape knows. */
export function foreignPart(block: JsonObject): InputPart {
  const kind = textOf(block.type) ?? 'unknown content'
  return { type: 'foreign', shape: 'anthropic-messages', kind, value: block }
}

function textPart(text: string): TextPart {
  return { type: 'text', text, cacheControl: null, annotations: [] }
}

function readPart(block: JsonObject): InputPart {
  switch (block.type) {
    case 'text':
      return textPart(textOf(block.text) ?? '')
    case 'image':
      return readMedia('image', block) ?? foreignPart(block)
    case 'document': {
      const source = objectOf(block.source)
      if (source.type === 'content') return textPart(textIn(source.content))
      const document = readMedia('document', block)
      return document === null ? foreignPart(block) : { ...document, filename: textOf(block.title) }
    }
    case 'search_result': {
      const lines = [block.title, block.source, textIn(block.content)]
      return textPart(lines.filter((line) => typeof line === 'string').join('\n'))
    }
    default:
      return foreignPart(block)
  }
}

function readMedia(type: MediaPart['type'], block: JsonObject): MediaPart | null {
  const source = readSource(objectOf(block.source))
  return source === null ? null : mediaPart(type, source)
}

function readSource(source: JsonObject): MediaSource | null {
  const mediaType = textOf(source.media_type) ?? ''
  switch (source.type) {
    case 'base64':
      return sourceFromBase64(mediaType, textOf(source.data) ?? '')
    case 'url': {
      const url = textOf(source.url)
      return url === null ? null : { kind: 'url', url, mediaType: null }
    }
    case 'text':
      return { kind: 'text', text: textOf(source.data) ?? '', mediaType: mediaType || 'text/plain' }
    case 'file': {
      const id = textOf(source.file_id)
      return id === null ? null : { kind: 'file', id }
    }
    default:
      return null
  }
}

function textIn(content: unknown): string {
  if (typeof content === 'string') return content
  return objectsOf(content)
    .flatMap((block) => textOf(block.text) ?? [])
    .join('\n')
}
