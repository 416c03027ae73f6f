import { z } from 'zod'
import { readEnvironment } from '@/lib/platform/env.server'
import { AppError } from '@/lib/platform/errors'
import { errorResponse, holdsNul, parseBody, parseQuery } from '@/lib/platform/http.server'
import { type Reader, requireAccount, requirePerson, requireReader, resolveReader } from './guard.server'
import { isJsonRequest, isSameOrigin } from './same-origin'

/**
 * `public`: anybody. `public-rankings`: anybody while Rankings are public, else readers. `reader`: signed in or a key
 * with the scope read. `account`: a signed-in person and no key. `caller`: a signed-in admin or member, or a key with the scope gateway. `editor`: a signed-in
 * admin or member, or a key with the scope manage. `admin`: a signed-in admin or a key with the scope manage.
 */
export type RouteAccess = 'public' | 'public-rankings' | 'reader' | 'account' | 'caller' | 'editor' | 'admin'

/** One endpoint: who may call it, what it takes, what it answers, and the few lines that do it. */
export type RouteDeclaration<
  Answer extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Params extends z.ZodType,
> = {
  access: RouteAccess
  /** HTTP status of the answer; 200 unless given. */
  status?: 200 | 201
  query?: Query
  body?: Body
  params?: Params
  answer: Answer
  handle: (input: {
    query: z.output<Query>
    body: z.output<Body>
    params: z.output<Params>
    reader: Reader
    request: Request
  }) => Promise<z.input<Answer> | Response>
}

/** What Next calls for one method of one path. */
export type RouteHandler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>

/** One path outside Next's router: Hono's pattern, and a handler for each method, as `routes` gives them. */
export type RoutePath = { path: string; handlers: Readonly<Record<string, RouteHandler>> }

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Method = (typeof METHODS)[number]

const CHANGING_METHODS: ReadonlySet<string> = new Set<Method>(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * A declaration as a Next route handler: access first, then the input, then the work; an error becomes the error
 * envelope. Outside production the answer is held against its schema, so that contracts cannot drift.
 */
export function route<
  Answer extends z.ZodType,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Params extends z.ZodType = z.ZodUndefined,
>(declaration: RouteDeclaration<Answer, Query, Body, Params>): RouteHandler {
  const { query, body, params } = declaration
  return async (request, context) => {
    try {
      const reader = await admit(declaration.access, request)
      refuseForgery({ request, reader, hasBody: body !== undefined })
      const result = await declaration.handle({
        query: query ? parseQuery(query, request.url) : undeclared(),
        body: body ? await parseBody(body, request) : undeclared(),
        params: params ? parseParams(params, await context.params) : undeclared(),
        reader,
        request,
      })
      return uncached(result instanceof Response ? result : present(declaration, result))
    } catch (error) {
      return uncached(errorResponse(error))
    }
  }
}

/** All methods of one path, for `export const { GET, POST, … } = routes({ … })`; those not given answer 405. */
export function routes(handlers: Partial<Record<Method, RouteHandler>>): Record<Method, RouteHandler> {
  const allowed = METHODS.filter((method) => handlers[method])
  const refuse: RouteHandler = async (request) => {
    const message = `${request.method} does not work here; use ${allowed.join(' or ')}.`
    const response = uncached(errorResponse(new AppError('method_not_allowed', message)))
    response.headers.set('Allow', allowed.join(', '))
    return response
  }
  return {
    GET: handlers.GET ?? refuse,
    POST: handlers.POST ?? refuse,
    PUT: handlers.PUT ?? refuse,
    PATCH: handlers.PATCH ?? refuse,
    DELETE: handlers.DELETE ?? refuse,
  }
}

function admit(access: RouteAccess, request: Request): Promise<Reader> {
  switch (access) {
    case 'public':
      return resolveReader(request)
    case 'public-rankings':
      return requireReader(request, { allowPublic: true })
    case 'reader':
      return requireReader(request, { allowPublic: false })
    case 'account':
      return requireAccount(request)
    case 'caller':
      return requirePerson(request, { roles: ['admin', 'member'], scope: 'gateway' })
    case 'editor':
      return requirePerson(request, { roles: ['admin', 'member'], scope: 'manage' })
    case 'admin':
      return requirePerson(request, { roles: ['admin'], scope: 'manage' })
  }
}

/** Throws when a change could have been triggered by another site in a signed-in person's browser. */
function refuseForgery({
  request,
  reader,
  hasBody,
}: {
  request: Request
  reader: Reader
  hasBody: boolean
}): void {
  if (!CHANGING_METHODS.has(request.method)) return
  if (reader.kind === 'viewer' && !isSameOrigin(request.headers)) {
    throw new AppError(
      'forbidden',
      'With a session, changes are only taken from our own pages; use an API key.',
    )
  }
  if (hasBody && !isJsonRequest(request.headers)) {
    throw new AppError(
      'unsupported_media_type',
      'Send the body as JSON, with Content-Type: application/json.',
    )
  }
}

/** A path that does not fit its pattern names nothing that exists, so this throws `not_found`. */
function parseParams<T extends z.ZodType>(schema: T, params: unknown): z.output<T> {
  const parsed = schema.safeParse(params)
  if (parsed.success && !holdsNul(Object.values(params ?? {}))) return parsed.data
  throw new AppError('not_found', 'There is nothing at this address.')
}

function present(
  { answer, status = 200 }: { answer: z.ZodType; status?: 200 | 201 | undefined },
  data: unknown,
): Response {
  if (readEnvironment().NODE_ENV === 'production') return Response.json(data, { status })
  const parsed = answer.safeParse(data)
  if (parsed.success) return Response.json(data, { status })
  throw new Error(`The answer does not keep its contract: ${z.prettifyError(parsed.error)}`)
}

function uncached(response: Response): Response {
  const headers = new Headers(response.headers)
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  return new Response(response.body, { status: response.status, headers })
}

/** The value of an input whose schema was left out: then its type is that of `ZodUndefined`, the parameter's default. */
function undeclared<T extends z.ZodType>(): z.output<T> {
  return undefined as z.output<T>
}
