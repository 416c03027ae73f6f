import type { ApiShape } from '../records/vocabulary'
import { shapeNamed } from '../shapes/registry'
import { fillBaseUrl } from './base-url'

/**
 * Where a provider takes a request: `baseUrl` is what an SDK of its shape would be given, in which `{model}` becomes
 * `upstreamModel`.
 */
export function completionUrl({
  apiShape,
  baseUrl,
  upstreamModel,
  isStream,
}: {
  apiShape: ApiShape
  baseUrl: string
  upstreamModel: string
  isStream: boolean
}): string {
  const filled = fillBaseUrl(baseUrl, upstreamModel)
  return shapeNamed(apiShape).requestUrl({ baseUrl: filled, upstreamModel, isStream })
}

/** Where a provider takes an operation that is passed on, such as `/embeddings`; null = providers of its shape have none. */
export function operationUrl({
  apiShape,
  baseUrl,
  upstreamModel,
  path,
}: {
  apiShape: ApiShape
  baseUrl: string
  upstreamModel: string
  path: string
}): string | null {
  return shapeNamed(apiShape).operationUrl?.(fillBaseUrl(baseUrl, upstreamModel), path) ?? null
}

/** Where a provider lists its models. */
export function modelListUrl({ apiShape, baseUrl }: { apiShape: ApiShape; baseUrl: string }): string {
  return shapeNamed(apiShape).modelListUrl(baseUrl)
}

/** Headers that every request of a shape has. */
export function shapeHeaders(apiShape: ApiShape): Readonly<Record<string, string>> {
  return shapeNamed(apiShape).headers
}
