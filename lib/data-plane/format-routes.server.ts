import type { Hono } from 'hono'
import { z } from 'zod'
import { requireKey } from '../access/authenticate-key.server'
import { BODY_FORMATS, type BodyFormat, type FormatName, toBodyFormat } from '../formats/registry'
import type { IngestAnswer } from '../formats/sightglass/schema'
import { isTimeZone } from '../formats/wall-time'
import { AppError } from '../platform/errors'
import { parseQuery } from '../platform/http.server'
import { isObject, objectsOf, textOf } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'
import { readRequestBody } from '../platform/read-request-body.server'
import type { Recorder } from '../recorder/recorder.server'
import { withClientKey } from './client-key'
import { ingest } from './ingest.server'

/** A path that a format's own client posts to, and how that client is answered. */
type ClientPath = {
  path: string
  format: FormatName
  /** The key in the body, where the client sends it there. */
  keyOf?: (body: unknown) => unknown
  answer: (answer: IngestAnswer, body: unknown) => Response
}

const CLIENT_PATHS: readonly ClientPath[] = [
  { path: '/api/public/ingestion', format: 'langfuse', answer: langfuseAnswer },
  ...['/custom/v1/log', '/oai/v1/log', '/anthropic/v1/log'].map((path) => ({
    path,
    format: 'helicone' as const,
    answer: refusedOr({}),
  })),
  ...['/batch', '/capture', '/i/v0/e'].map((path) => ({
    path,
    format: 'posthog' as const,
    keyOf: posthogKey,
    answer: refusedOr({ status: 1 }),
  })),
]

const EXACT_PATHS: ReadonlySet<string> = new Set(CLIENT_PATHS.map(({ path }) => path))

/** Whether clients of other formats post to this path, a slash at its end forgiven. */
export function isClientPath(path: string): boolean {
  return EXACT_PATHS.has(path.length > 1 ? path.replace(/\/$/, '') : path)
}

/** Mounts where logs are posted: all formats under `/api/v1/ingest`, and each where its own client posts it. */
export function mountFormats(app: Hono, recorder: Recorder): void {
  app.post('/api/v1/ingest', ({ req }) => ingestAs(req.raw, null, recorder))
  // OpenRouter's webhook may be set to PUT.
  app.on(['POST', 'PUT'], '/api/v1/ingest/:format', ({ req }) =>
    ingestAs(req.raw, req.param('format'), recorder),
  )
  for (const path of CLIENT_PATHS) app.post(path.path, ({ req }) => ingestFrom(req.raw, path, recorder))
}

/** Paths of clients, which take nothing but POST. */
export const FORMAT_PATHS: readonly string[] = ['/api/v1/ingest', '/api/v1/ingest/:format', ...EXACT_PATHS]

const ingestQuery = z.object({
  format: z.string().optional(),
  zone: z.string().refine(isTimeZone, { error: 'expected a time zone such as Europe/Berlin' }).optional(),
  source: z.string().min(1).max(100, { error: 'expected at most 100 characters' }).optional(),
})

async function ingestAs(request: Request, inPath: string | null, recorder: Recorder): Promise<Response> {
  const key = await requireKey(withClientKey(request.headers, null), 'ingest')
  const query = parseQuery(ingestQuery, request.url)
  const name = inPath ?? query.format ?? null
  const answer = await ingest({
    body: await readRequestBody(request),
    apiKeyId: key.id,
    recorder,
    format: name === null ? null : requireFormat(name),
    source: query.source ?? null,
    context: { ...contextOf(request), zone: query.zone ?? null },
  })
  return Response.json(answer)
}

/** The one that OpenRouter's webhook is set up with is OTLP in JSON, which its body then says. */
function requireFormat(name: string): BodyFormat | null {
  const format = toBodyFormat(name)
  if (format === 'openrouter') return null
  if (format !== null) return format
  throw new AppError(
    'bad_request',
    `format: expected one of ${BODY_FORMATS.join(', ')}; found "${name.slice(0, 100)}".`,
  )
}

async function ingestFrom(
  request: Request,
  { format, keyOf, answer }: ClientPath,
  recorder: Recorder,
): Promise<Response> {
  const body = await readRequestBody(request)
  const value = parseJson(body.toString('utf8'))
  const keyInBody = keyOf?.(value)
  const key = await requireKey(
    withClientKey(request.headers, typeof keyInBody === 'string' ? keyInBody : null),
    'ingest',
  )
  return answer(
    await ingest({ body, apiKeyId: key.id, recorder, format, source: null, context: contextOf(request) }),
    value,
  )
}

function contextOf(request: Request) {
  return {
    zone: null,
    headers: Object.fromEntries(request.headers),
    path: new URL(request.url).pathname,
  }
}

/** 207 with an entry for each event, as Langfuse's API answers. */
function langfuseAnswer({ rejected }: IngestAnswer, body: unknown): Response {
  const events = isObject(body) ? objectsOf(body.batch) : []
  const problems = new Map(rejected.map(({ index, errors }) => [index, errors]))
  const entries = events.map((event, index) => ({ id: textOf(event.id) ?? '', problem: problems.get(index) }))
  return Response.json(
    {
      successes: entries
        .filter(({ problem }) => problem === undefined)
        .map(({ id }) => ({ id, status: 201 })),
      errors: entries.flatMap(({ id, problem }) =>
        problem === undefined ? [] : [{ id, status: 400, message: described(problem), error: problem }],
      ),
    },
    { status: 207 },
  )
}

/** What the client expects; an error when nothing of what it sent could be taken. */
function refusedOr(expected: Record<string, unknown>): (answer: IngestAnswer) => Response {
  return ({ accepted, amended, duplicates, rejected, ignored = 0 }) => {
    const [first] = rejected
    if (first !== undefined && accepted + amended + duplicates + ignored === 0)
      throw new AppError('bad_request', described(first.errors), { details: first.errors })
    return Response.json({ ...expected, ...(first === undefined ? {} : { rejected }) })
  }
}

function described(errors: RejectedErrors): string {
  return errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
}
type RejectedErrors = IngestAnswer['rejected'][number]['errors']

/** PostHog's clients write it above the batch, and some with each event. */
function posthogKey(body: unknown): unknown {
  if (!isObject(body)) return undefined
  const [first] = objectsOf(body.batch)
  const properties = isObject(body.properties) ? body.properties : first?.properties
  return body.api_key ?? body.token ?? first?.api_key ?? (isObject(properties) ? properties.token : undefined)
}
