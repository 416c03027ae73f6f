import type { JsonObject } from '../platform/json-value'
import type { Request, TextPart } from '../shapes/hub'
import { shapeNamed } from '../shapes/registry'
import type { Connection } from './candidate'
import type { GatewayRequest } from './read-request'

type Asked = Pick<GatewayRequest, 'shape' | 'body' | 'isStream'>
type Upstream = Pick<Connection, 'apiShape' | 'upstreamModel'>

/**
 * The body for one upstream: in its shape, with its name for the model. Between like shapes everything the client sent
 * passes through; streams ask for their usage, which a log needs. `textSoFar` is what another provider has said of the
 * answer already; null = nothing.
 */
export function upstreamBody(
  { shape, body, isStream }: Asked,
  upstream: Upstream,
  textSoFar: string | null = null,
): JsonObject {
  const target = shapeNamed(upstream.apiShape)
  const { upstreamModel } = upstream
  if (shape === upstream.apiShape && textSoFar === null) {
    return target.relayRequest(body, { upstreamModel, isStream })
  }
  const request = shapeNamed(shape).readRequest(body)
  return target.writeRequest(textSoFar === null ? request : begunWith(request, textSoFar), upstreamModel)
}

/** The request with the beginning of its answer, which the model is to go on with. */
function begunWith(request: Request, text: string): Request {
  if (text === '') return request
  const part: TextPart = { type: 'text', text, cacheControl: null, annotations: [] }
  return { ...request, messages: [...request.messages, { role: 'assistant', parts: [part] }] }
}
