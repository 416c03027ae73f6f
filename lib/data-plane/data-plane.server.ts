import { Hono } from 'hono'
import { createTraceMemory } from '../formats/otlp/trace-memory'
import type { AttemptBudget } from '../gateway/exchange'
import { problemResponse } from '../gateway/gateway-response'
import { isShapeAddress } from '../gateway/mount-addresses.server'
import { PASSED_OPERATIONS } from '../gateway/passed-operations'
import { problemOfError } from '../gateway/problem'
import type { RequestLog } from '../gateway/request-log.server'
import { mountGateway } from '../gateway/routes.server'
import { AppError, ERROR_STATUS } from '../platform/errors'
import { errorResponse } from '../platform/http.server'
import type { Recorder } from '../recorder/recorder.server'
import { ALL_SHAPES } from '../shapes/registry'
import { FORMAT_PATHS, isClientPath, mountFormats } from './format-routes.server'
import { mountManagement } from './management.server'
import { OTLP_ROOTS, OTLP_SIGNALS, takeExport } from './otlp.server'

/** What the data plane needs; the server that mounts it decides when there is one. */
export type DataPlaneDependencies = { recorder: Recorder; requestLog: RequestLog; budget: AttemptBudget }

export type DataPlane = { fetch: (request: Request) => Response | Promise<Response> }

const OTLP_PATHS: readonly string[] = OTLP_ROOTS.flatMap((root) =>
  OTLP_SIGNALS.map((signal) => `${root}/${signal}`),
)

/** Paths that the data plane answers; everything else belongs to the dashboard. */
export function isDataPlanePath(path: string): boolean {
  return (
    path.startsWith('/api/v1/') ||
    path === '/api/v1' ||
    OTLP_PATHS.includes(path) ||
    isShapeAddress(path) ||
    isClientPath(path)
  )
}

/**
 * The hot paths as one Hono app of web-standard handlers, mounted in front of Next by our server and inside Next's
 * route handlers elsewhere.
 */
export function createDataPlane({ recorder, requestLog, budget }: DataPlaneDependencies): DataPlane {
  const app = createPlane()
  mountGateway(app, { requestLog, budget })

  mountFormats(app, recorder)
  const memory = createTraceMemory()
  for (const signal of OTLP_SIGNALS) {
    for (const root of OTLP_ROOTS) {
      app.post(`${root}/${signal}`, ({ req }) => takeExport(req.raw, { signal, recorder, memory }))
    }
  }

  for (const path of POST_ONLY) {
    app.all(path, ({ req }) => refuseMethod(req))
  }
  mountManagement(app)
  return app
}

/** What a process answers under `/api/v1` that serves the dashboard alone: the management API. */
export function createManagementPlane(): DataPlane {
  const app = createPlane()
  mountManagement(app)
  return app
}

function createPlane(): Hono {
  // A slash at the end, which some clients put after their base URL, is forgiven.
  const app = new Hono({ strict: false })
  app.onError((error, c) => refusal(c.req.path, error))
  app.notFound((c) => refusal(c.req.path, new AppError('not_found', `There is nothing at ${c.req.path}.`)))
  return app
}

/** An error below a shape's paths is told in that shape, since its clients read no other. */
function refusal(path: string, error: unknown): Response {
  const spoken = ALL_SHAPES.find(({ shape }) =>
    [...shape.clientPaths, ...(shape.tokenCount?.clientPaths ?? [])].some((own) => isBelow(path, own)),
  )
  if (!spoken || !(error instanceof AppError)) return errorResponse(error)
  return problemResponse(spoken.name, problemOfError(error, ERROR_STATUS[error.code]))
}

function isBelow(path: string, own: string): boolean {
  return path === `/api/v1${own}` || path.startsWith(`/api/v1${own}/`)
}

const POST_ONLY = [
  ...FORMAT_PATHS,
  ...OTLP_PATHS,
  ...ALL_SHAPES.flatMap(({ shape }) =>
    [...shape.clientPaths, ...(shape.tokenCount?.clientPaths ?? [])].map((path) => `/api/v1${path}`),
  ),
  ...PASSED_OPERATIONS.map(({ path }) => `/api/v1${path}`),
]

function refuseMethod({ method, path }: { method: string; path: string }): Response {
  const response = refusal(
    path,
    new AppError('method_not_allowed', `${method} does not work here; use POST.`),
  )
  response.headers.set('Allow', 'POST')
  return response
}
