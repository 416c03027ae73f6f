import type { Hono } from 'hono'
import { ALL_SHAPES, shapeNamed } from '../shapes/registry'
import { problemResponse } from './gateway-response'
import { handleRequest, type RequestContext } from './handle-request.server'
import { handleTokenCount } from './handle-token-count.server'

const API = '/api'

/**
 * Mounts the addresses of a shape that say part of the request, such as its model and, in `?key=`, who asks. What is none
 * of the shape's is 404 in its own form; other methods belong to whoever else is there.
 */
export function mountAddresses(app: Hono, context: RequestContext): void {
  const { clientAddresses } = shapeNamed(context.shape)
  for (const prefix of clientAddresses?.prefixes ?? []) {
    app.post(`${API}${prefix}/*`, ({ req }) => {
      // Hono's own path has its escapes undone already.
      const { pathname, searchParams } = new URL(req.url)
      const addressed = clientAddresses?.read(pathname.slice(API.length + prefix.length), searchParams)
      if (!addressed) return nothingAt(pathname, context)
      const handle = addressed.operation === 'count_tokens' ? handleTokenCount : handleRequest
      return handle(withKey(req.raw, searchParams.get('key')), { ...context, bodyOf: addressed.bodyOf })
    })
  }
}

/** Whether a path begins as such addresses do. */
export function isShapeAddress(path: string): boolean {
  return ALL_SHAPES.some(({ shape }) =>
    shape.clientAddresses?.prefixes.some((prefix) => path.startsWith(`${API}${prefix}/`)),
  )
}

function withKey(request: Request, key: string | null): Request {
  if (key === null) return request
  const headers = new Headers(request.headers)
  if (!headers.has('authorization')) headers.set('authorization', `Bearer ${key}`)
  return new Request(request, { headers })
}

function nothingAt(path: string, { shape }: RequestContext): Response {
  const message = `There is nothing at ${path}.`
  return problemResponse(shape, { status: 404, type: 'not_found', message })
}
