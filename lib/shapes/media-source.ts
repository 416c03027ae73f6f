import type { MediaPart, MediaSource } from './hub'

/** A data URL as base64 or, where it is text, as that text; anything else is a URL. Odd names of types are put right. */
export function sourceFromUrl(url: string): MediaSource {
  const comma = url.startsWith('data:') ? url.indexOf(',') : -1
  if (comma === -1) return { kind: 'url', url, mediaType: null }
  const [type = '', ...options] = url.slice('data:'.length, comma).split(';')
  const mediaType = usualMediaType(type)
  const data = url.slice(comma + 1)
  if (!options.includes('base64'))
    return { kind: 'text', text: decoded(data), mediaType: mediaType || 'text/plain' }
  return sourceFromBase64(mediaType, data)
}

/** Bytes in base64; those of a text type are that text. */
export function sourceFromBase64(type: string, data: string): MediaSource {
  const mediaType = usualMediaType(type)
  return isTextType(mediaType)
    ? { kind: 'text', text: Buffer.from(data, 'base64').toString('utf8'), mediaType }
    : { kind: 'base64', mediaType, data }
}

/** A source as URL, bytes as a data URL; null for files that only their provider has. */
export function urlFromSource(source: MediaSource): string | null {
  switch (source.kind) {
    case 'url':
      return source.url
    case 'base64':
      return `data:${source.mediaType};base64,${source.data}`
    case 'text':
      return `data:${source.mediaType};base64,${Buffer.from(source.text).toString('base64')}`
    case 'file':
      return null
  }
}

/** Media of which only type and source are known. */
export function mediaPart(type: MediaPart['type'], source: MediaSource): MediaPart {
  return { type, source, filename: null, detail: null, cacheControl: null }
}

/** A note in place of what a provider does not take, so that the model knows that something is missing. */
export function leftOutNote(kind: string): string {
  return `[${kind} was left out: this provider does not take it]`
}

const USUAL: Readonly<Record<string, string>> = { 'image/jpg': 'image/jpeg', 'audio/x-wav': 'audio/wav' }
const TEXT_APPLICATIONS = new Set([
  'json',
  'xml',
  'yaml',
  'x-yaml',
  'javascript',
  'typescript',
  'toml',
  'sql',
])

function usualMediaType(type: string): string {
  const name = type.trim().toLowerCase()
  return USUAL[name] ?? name
}

function isTextType(mediaType: string): boolean {
  const [family, name = ''] = mediaType.split('/')
  return family === 'text' || (family === 'application' && TEXT_APPLICATIONS.has(name))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
