import type { JsonObject } from '../platform/json-value'
import { stringifyWire } from '../platform/wire-json'
import type { ApiShape } from '../records/vocabulary'
import type { GatewayProblem } from '../shapes/problem'
import { shapeNamed } from '../shapes/registry'
import type { Exchange } from './exchange'

/** What every answer to a request says of it. */
export function answerHeaders({ id, request }: Exchange): Record<string, string> {
  return {
    'x-generation-id': id,
    // By which OpenAI's and Anthropic's SDKs name a request in their errors.
    'x-request-id': id,
    'request-id': id,
    ...(request.preset ? { 'x-preset-version': String(request.preset.version) } : {}),
  }
}

/** A problem in the words of a shape, with the wait that it asks for. */
export function problemResponse(
  shape: ApiShape,
  problem: GatewayProblem,
  { headers = {}, metadata = null }: { headers?: Record<string, string>; metadata?: JsonObject | null } = {},
): Response {
  const { retryAfterSeconds } = problem
  return jsonResponse(shapeNamed(shape).errorBody(problem, metadata), {
    status: problem.status,
    headers: {
      ...headers,
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
  })
}

/** `Response.json` without the Headers object that it makes of them, which costs as much as the answer's JSON. */
export function jsonResponse(
  body: unknown,
  { status = 200, headers }: { status?: number; headers: Record<string, string> },
): Response {
  return new Response(stringifyWire(body), {
    status,
    headers: { ...headers, 'content-type': 'application/json' },
  })
}
