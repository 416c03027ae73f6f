import type { Hono } from 'hono'
import { authenticateRequest } from '../access/authenticate-key.server'
import { requireReader } from '../access/guard.server'
import { type RoutePath, route, routes } from '../access/route.server'
import { readEndpointHealth } from '../health/read-endpoint-health.server'
import { AppError, ERROR_STATUS } from '../platform/errors'
import { log } from '../platform/log.server'
import { ALL_SHAPES, shapeNamed } from '../shapes/registry'
import type { AttemptBudget } from './exchange'
import { handleRequest } from './handle-request.server'
import { mountAddresses } from './mount-addresses.server'
import { planPreviewAnswer, planPreviewBody } from './plan-schema'
import { presentModelEndpoints, presentModels } from './present-models'
import { previewPlan } from './preview-plan.server'
import { problemOfError } from './problem'
import { currentConfiguration } from './read-configuration.server'
import { readGeneration } from './read-generation.server'
import type { RequestLog } from './request-log.server'

/** The gateway's part of the management API: what it would do, without doing it. */
export const PLAN_PATHS: readonly RoutePath[] = [
  {
    path: '/api/v1/plan',
    handlers: routes({
      POST: route({
        access: 'reader',
        body: planPreviewBody,
        answer: planPreviewAnswer,
        handle: ({ body }) => previewPlan(body, Date.now()),
      }),
    }),
  },
]

const API_ROOT = '/api/v1'
/** In which shape errors beside the shapes' own paths are told. */
const MANAGEMENT_SHAPE = 'openai-chat'

/** Mounts the gateway on the data plane. Its errors have OpenRouter's shape. */
export function mountGateway(
  app: Hono,
  { requestLog, budget }: { requestLog: RequestLog; budget: AttemptBudget },
): void {
  for (const { name, shape } of ALL_SHAPES) {
    for (const path of shape.clientPaths) {
      app.post(`${API_ROOT}${path}`, (c) => handleRequest(c.req.raw, { shape: name, budget, requestLog }))
    }
    mountAddresses(app, { shape: name, budget, requestLog })
  }
  app.get('/api/v1/models', (c) =>
    answered(async () => {
      await requireCaller(c.req.raw)
      return presentModels(await currentConfiguration())
    }),
  )
  app.get('/api/v1/models/:author/:slug/endpoints', (c) =>
    answered(async () => {
      await requireCaller(c.req.raw)
      const model = `${c.req.param('author')}/${c.req.param('slug')}`
      const configuration = await currentConfiguration()
      const endpointIds = (configuration.endpointsByModel.get(model) ?? []).map(
        ({ endpointId }) => endpointId,
      )
      const health = await readEndpointHealth({
        nowMs: Date.now(),
        endpointIds,
        percentiles: '5_and_30_minutes',
      })
      const answer = presentModelEndpoints(model, configuration, health)
      if (!answer) throw new AppError('not_found', `No provider serves ${model}.`)
      return answer
    }),
  )
  app.get('/api/v1/generation', (c) =>
    answered(async () => {
      const apiKeyId = await requireCaller(c.req.raw)
      return readGeneration({ id: c.req.query('id') ?? '', apiKeyId })
    }),
  )
}

/**
 * A key with the scope gateway, or whoever may read. The id of a key that may only call, which sees its own requests
 * alone; null for readers.
 */
async function requireCaller(request: Request): Promise<number | null> {
  const key = await authenticateRequest(request.headers)
  const isReader = key?.scopes.includes('read') || key?.scopes.includes('manage')
  if (key?.scopes.includes('gateway') && !isReader) return key.id
  await requireReader(request, { allowPublic: false })
  return null
}

async function answered(work: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await work(), { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    if (!(error instanceof AppError)) log.error({ err: error }, 'unexpected error in the gateway')
    const known =
      error instanceof AppError ? error : new AppError('internal', 'Something went wrong in the gateway.')
    const problem = problemOfError(known, ERROR_STATUS[known.code])
    return Response.json(shapeNamed(MANAGEMENT_SHAPE).errorBody(problem, null), { status: problem.status })
  }
}
