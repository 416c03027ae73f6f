import type { ServerResponse } from 'node:http'
import { describeError, type UpstreamError, type WireShape } from './wire-shape'

/** Writes a whole answer with its length. */
export function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  text: string,
  headers: Record<string, string> = {},
): void {
  if (response.destroyed) return
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    ...headers,
  })
  response.end(text)
}

/** Writes an error in the shape's own form. */
export function sendError({
  response,
  wire,
  error,
  status = describeError(error).status,
  headers,
}: {
  response: ServerResponse
  wire: WireShape
  error: UpstreamError
  status?: number
  headers?: Record<string, string>
}): void {
  send(response, status, 'application/json', JSON.stringify(wire.error(error)), headers)
}
