import { isObject, type JsonObject, objectOf } from '../../platform/json-value'
import { tokenCountOf } from '../answer-facts'
import { geminiUrl, isVertexUrl } from './addresses'

/**
 * A client's countTokens body as the request whose prompt it asks about: `generateContentRequest` where there is one,
 * else the contents, instruction and tools beside each other. In the names of `withFieldNames`. Source:
 * models.countTokens of the Gemini API reference.
 */
export function requestToCount(body: JsonObject): JsonObject {
  const { generateContentRequest, ...rest } = body
  return isObject(generateContentRequest) ? { ...rest, ...generateContentRequest, model: rest.model } : rest
}

/** Where a provider counts, and the body that asks it to: Vertex takes the fields of a request by themselves. */
export function countTokensCall(
  request: JsonObject,
  { baseUrl, upstreamModel }: { baseUrl: string; upstreamModel: string },
): { url: string; body: JsonObject } {
  const url = geminiUrl(baseUrl, upstreamModel, 'countTokens')
  const { contents, systemInstruction, tools } = request
  const counted = Object.fromEntries(
    Object.entries({ contents, systemInstruction, tools }).filter(([, field]) => field !== undefined),
  )
  if (isVertexUrl(baseUrl)) return { url, body: counted }
  const model = upstreamModel.includes('models/') ? upstreamModel : `models/${upstreamModel}`
  return { url, body: { generateContentRequest: { model, ...counted } } }
}

/** The count in a provider's answer; null when it has none. */
export function readTokenCount(body: unknown): number | null {
  return tokenCountOf(objectOf(body).totalTokens)
}

/** A count as a client of the shape reads it. */
export function tokenCountBody(promptTokens: number): JsonObject {
  return { totalTokens: promptTokens }
}
