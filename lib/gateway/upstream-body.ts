import type { JsonObject } from '../platform/json-value'
import { fitTools } from '../shapes/fit-tools'
import type { Request, TextPart } from '../shapes/hub'
import { shapeNamed } from '../shapes/registry'
import { createToolRestorer, type ToolRestorer } from '../shapes/restore-tools'
import type { Connection } from './candidate'
import type { GatewayRequest } from './read-request'

type Asked = Pick<GatewayRequest, 'shape' | 'body' | 'isStream'>
type Upstream = Pick<Connection, 'apiShape' | 'upstreamModel'>

/** A request as one upstream is sent it. */
export type UpstreamRequest = {
  body: JsonObject
  /** Built-in tools that the upstream does not have, by kind. */
  leftOutTools: string[]
  /** Gives the client its own tools back in what the upstream answers; null = they are the same. */
  restorer: ToolRestorer | null
}

/**
 * The request for one upstream: in its shape, with its name for the model. Between like shapes everything the client sent
 * passes through; streams ask for their usage, which a log needs. `textSoFar` is what another provider has said of the
 * answer already; null = nothing.
 */
export function upstreamRequest(
  asked: Asked,
  { apiShape, upstreamModel }: Upstream,
  textSoFar: string | null = null,
): UpstreamRequest {
  const target = shapeNamed(apiShape)
  if (asked.shape === apiShape && textSoFar === null) {
    const body = target.relayRequest(asked.body, { upstreamModel, isStream: asked.isStream })
    return { body, leftOutTools: [], restorer: null }
  }
  const request = hubRequestOf(asked)
  const begun = textSoFar === null ? request : begunWith(request, textSoFar)
  return {
    body: target.writeRequest(begun, upstreamModel),
    leftOutTools: fitTools(request, apiShape).leftOut,
    restorer: createToolRestorer(request.tools),
  }
}

/** Why a request cannot go to an upstream for the tools it demands, in a sentence; null when it can. */
export function refusalOfTools(asked: Asked, { apiShape }: Pick<Upstream, 'apiShape'>): string | null {
  return asked.shape === apiShape ? null : fitTools(hubRequestOf(asked), apiShape).refusal
}

/** Each request is read once, however many upstreams it is written for. */
const READ = new WeakMap<JsonObject, Request>()

function hubRequestOf({ shape, body }: Asked): Request {
  const known = READ.get(body)
  if (known) return known
  const request = shapeNamed(shape).readRequest(body)
  READ.set(body, request)
  return request
}

/** The request with the beginning of its answer, which the model is to go on with. */
function begunWith(request: Request, text: string): Request {
  if (text === '') return request
  const part: TextPart = { type: 'text', text, cacheControl: null, annotations: [] }
  return { ...request, messages: [...request.messages, { role: 'assistant', parts: [part] }] }
}
