import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import type { AddressedRequest } from '../shape'
import { withFieldNames } from './field-names'

/** A base URL that names its version, or Vertex's publisher, after which models follow at once. */
const IS_COMPLETE = /\/(v\d+[a-z0-9]*|publishers\/[^/]+)$/

/** What an address of the shape asks for. */
const GEMINI_METHODS = ['generateContent', 'streamGenerateContent', 'countTokens'] as const
export type GeminiMethod = (typeof GEMINI_METHODS)[number]

/**
 * The address of a model's method. `baseUrl` is what an SDK would be given, with or without its version; Vertex's ends
 * in `/publishers/google`. A prefix of the model's name that the path has already is not repeated.
 */
export function geminiUrl(baseUrl: string, upstreamModel: string, method: GeminiMethod): string {
  const name = upstreamModel.replace(/^(publishers\/[^/]+\/)?models\//, '')
  const resource = name.startsWith('tunedModels/') ? name : `models/${name}`
  const path = resource.split('/').map(encodeURIComponent).join('/')
  return `${versionedUrl(baseUrl)}/${path}:${method}${method === 'streamGenerateContent' ? '?alt=sse' : ''}`
}

/** Where a provider lists its models; a page takes as many as there may be. */
export function geminiModelListUrl(baseUrl: string): string {
  return `${versionedUrl(baseUrl)}/models?pageSize=1000`
}

/** The names in a list of models, as they stand in a path. Source: models.list of the Gemini API reference, Vertex's. */
export function readGeminiModelList(body: unknown): string[] {
  const { models, publisherModels } = objectOf(body)
  return [...objectsOf(models), ...objectsOf(publisherModels)].flatMap((model) => {
    const name = textOf(model.name)
    return name === null ? [] : [name.replace(/^.*?(?=models\/)models\//, '')]
  })
}

/** Whether the address is Vertex's, which writes some bodies in another way. */
export function isVertexUrl(baseUrl: string): boolean {
  return /\/publishers\/[^/]+$/.test(versionedUrl(baseUrl))
}

/**
 * What the rest of a client's address says, after `/v1beta` or `/v1/models`: `models/author/slug:generateContent`. The
 * slash in a model's name may be encoded, `models/` may be missing (the AI SDK leaves it out where a name has a slash),
 * and without `alt=sse` a stream is one list. Null when it names no method of the shape.
 */
export function readGeminiAddress(rest: string, query: URLSearchParams): AddressedRequest | null {
  const [, encoded = '', said] = /^\/?(.*):([A-Za-z]+)\/?$/.exec(rest) ?? []
  const method = GEMINI_METHODS.find((name) => name === said)
  const model = decoded(encoded)?.replace(/^models\//, '')
  if (method === undefined || !model) return null
  const stream = method === 'streamGenerateContent'
  const form: JsonObject = stream && query.get('alt') !== 'sse' ? { alt: 'json' } : {}
  return {
    operation: method === 'countTokens' ? 'count_tokens' : 'answer',
    bodyOf: (body) => (isObject(body) ? { ...withFieldNames(body), model, stream, ...form } : body),
  }
}

function versionedUrl(baseUrl: string): string {
  const base = baseUrl.replace(/\/+$/, '')
  return IS_COMPLETE.test(base) ? base : `${base}/v1beta`
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
