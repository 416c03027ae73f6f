import type { Hono } from 'hono'
import type { RoutePath } from '../access/route.server'
import { CALLER_PATHS } from '../callers/routes.server'
import { CATALOG_PATHS } from '../catalog/routes.server'
import { PLAN_PATHS } from '../gateway/routes.server'
import { PRESET_PATHS } from '../presets/routes.server'
import { TRIAL_PATHS } from '../trials/routes.server'
import { USE_CASE_PATHS } from '../use-cases/routes.server'

/**
 * The management API: providers, endpoints, callers, presets, trials, use-case rules and plans. Declared like the
 * dashboard's own routes, but under `/api/v1`, where programs find them beside the gateway.
 */
export const MANAGEMENT_PATHS: readonly RoutePath[] = [
  ...CATALOG_PATHS,
  ...CALLER_PATHS,
  ...PRESET_PATHS,
  ...TRIAL_PATHS,
  ...USE_CASE_PATHS,
  ...PLAN_PATHS,
]

/** Mounts the management API; both halves serve it, so that a dashboard alone can edit too. */
export function mountManagement(app: Hono): void {
  for (const { path, handlers } of MANAGEMENT_PATHS) {
    app.all(path, (c) => {
      const handler = handlers[c.req.method] ?? handlers.GET
      return handler ? handler(c.req.raw, { params: Promise.resolve(c.req.param()) }) : c.notFound()
    })
  }
}
