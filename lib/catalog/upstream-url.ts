import type { ApiShape } from '../records/vocabulary'
import { fillBaseUrl } from './base-url'

/**
 * Where a provider takes a request: `baseUrl` is what an SDK of its shape would be given. OpenAI's ends before
 * `/chat/completions`; Anthropic's ends before `/v1/messages`, and one that ends in `/v1` is taken as well. `{model}` in it becomes `upstreamModel`.
 */
export function completionUrl({
  apiShape,
  baseUrl,
  upstreamModel,
}: {
  apiShape: ApiShape
  baseUrl: string
  upstreamModel: string
}): string {
  const root = versionedRoot({ apiShape, baseUrl: fillBaseUrl(baseUrl, upstreamModel) })
  return `${root}${apiShape === 'openai-chat' ? '/chat/completions' : '/messages'}`
}

/** Where a provider lists its models. */
export function modelListUrl({ apiShape, baseUrl }: { apiShape: ApiShape; baseUrl: string }): string {
  return `${versionedRoot({ apiShape, baseUrl })}/models`
}

/** Headers that every request of a shape has. */
export function shapeHeaders(apiShape: ApiShape): Readonly<Record<string, string>> {
  return HEADERS_OF_SHAPE[apiShape]
}

const HEADERS_OF_SHAPE = {
  'openai-chat': {},
  'anthropic-messages': { 'anthropic-version': '2023-06-01' },
} as const satisfies Record<ApiShape, Record<string, string>>

function versionedRoot({ apiShape, baseUrl }: { apiShape: ApiShape; baseUrl: string }): string {
  const root = baseUrl.replace(/\/+$/, '')
  return apiShape === 'openai-chat' || /\/v\d+$/.test(root) ? root : `${root}/v1`
}
