import type { Hono } from 'hono'
import { authenticateRequest, requireKey } from '../access/authenticate-key.server'
import { requireReader } from '../access/guard.server'
import { type RoutePath, route, routes } from '../access/route.server'
import { readKeySpend } from '../analytics/key-spend/read-key-spend.server'
import { ALL_SHAPES } from '../shapes/registry'
import { answered } from './answered.server'
import type { AttemptBudget } from './exchange'
import { handleOperation } from './handle-operation.server'
import { handleRequest } from './handle-request.server'
import { handleTokenCount } from './handle-token-count.server'
import { mountModels } from './model-routes.server'
import { mountAddresses } from './mount-addresses.server'
import { PASSED_OPERATIONS } from './passed-operations'
import { planPreviewAnswer, planPreviewBody } from './plan-schema'
import { presentCredits, presentKey } from './present-key'
import { previewPlan } from './preview-plan.server'
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

/** Mounts the gateway on the data plane. Its errors have OpenRouter's shape. */
export function mountGateway(
  app: Hono,
  { requestLog, budget }: { requestLog: RequestLog; budget: AttemptBudget },
): void {
  for (const { name, shape } of ALL_SHAPES) {
    for (const path of shape.clientPaths) {
      app.post(`${API_ROOT}${path}`, (c) => handleRequest(c.req.raw, { shape: name, budget, requestLog }))
    }
    for (const path of shape.tokenCount?.clientPaths ?? []) {
      app.post(`${API_ROOT}${path}`, (c) => handleTokenCount(c.req.raw, { shape: name, budget, requestLog }))
    }
    mountAddresses(app, { shape: name, budget, requestLog })
  }
  for (const operation of PASSED_OPERATIONS) {
    app.post(`${API_ROOT}${operation.path}`, (c) =>
      handleOperation(c.req.raw, { operation, budget, requestLog }),
    )
  }
  mountModels(app)
  app.get(`${API_ROOT}/key`, (c) =>
    answered(async () => {
      const key = await requireKey(c.req.raw.headers, 'gateway')
      return presentKey(key, await readKeySpend(key.id, Date.now()))
    }),
  )
  app.get(`${API_ROOT}/credits`, (c) =>
    answered(async () => presentCredits(await readKeySpend(await requireCaller(c.req.raw), Date.now()))),
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
