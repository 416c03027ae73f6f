/** What a browser may send from another origin: a key in any of the headers that SDKs use, and no session. */
const ALLOWED_METHODS = 'GET, POST, PUT, PATCH, DELETE, OPTIONS'
const PREFLIGHT_SECONDS = '86400'
/** What a page may read of an answer beside its body. */
const EXPOSED_HEADERS =
  'x-generation-id, x-request-id, request-id, x-preset-version, retry-after, x-sightglass-token-count'

type Fetch = (request: Request) => Response | Promise<Response>

/**
 * Lets web pages of other origins call an API with a key: answers their preflights, and says so in answers to them.
 * `origins` are those allowed, `*` for all; sessions are never shared, since credentials are not allowed. Source: the
 * CORS protocol of the WHATWG Fetch standard.
 */
export function withCors(fetch: Fetch, origins: readonly string[]): Fetch {
  return (request) => {
    const origin = request.headers.get('origin')
    if (origin === null) return fetch(request)
    const isAllowed = origins.includes('*') || origins.includes(origin)
    const isPreflight = request.method === 'OPTIONS' && request.headers.has('access-control-request-method')
    if (isPreflight) return preflight(request, isAllowed ? allowed(origin, origins) : {})
    const answer = Promise.resolve(fetch(request))
    return isAllowed ? answer.then((response) => marked(response, allowed(origin, origins))) : answer
  }
}

function allowed(origin: string, origins: readonly string[]): Record<string, string> {
  return origins.includes('*')
    ? { 'access-control-allow-origin': '*' }
    : { 'access-control-allow-origin': origin, vary: 'origin' }
}

function preflight(request: Request, headers: Record<string, string>): Response {
  if (Object.keys(headers).length === 0) return new Response(null, { status: 204 })
  return new Response(null, {
    status: 204,
    headers: {
      ...headers,
      'access-control-allow-methods': ALLOWED_METHODS,
      'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? '*',
      'access-control-max-age': PREFLIGHT_SECONDS,
    },
  })
}

function marked(response: Response, headers: Record<string, string>): Response {
  const marks = new Headers(response.headers)
  for (const [name, value] of Object.entries(headers)) marks.set(name, value)
  marks.set('access-control-expose-headers', EXPOSED_HEADERS)
  return new Response(response.body, { status: response.status, headers: marks })
}
