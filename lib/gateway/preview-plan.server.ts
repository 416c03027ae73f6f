import { modelsOf } from '../presets/merge-preset'
import { lessonsOfEndpoint } from './lessons.server'
import { GATEWAY_LIMITS } from './limits'
import { liveHealth, refreshHealth } from './live-health.server'
import { wantedModels } from './model-variant'
import { plan } from './plan'
import { planWithLessons } from './plan-lessons'
import type { PlanPreviewAnswer, PlanPreviewBody } from './plan-schema'
import { currentConfiguration } from './read-configuration.server'

/**
 * `POST /api/v1/plan`: what the gateway would do right now with a request under this config. Calls no provider. A
 * config without a model, and no model beside it, gives an empty plan.
 */
export async function previewPlan(body: PlanPreviewBody, nowMs: number): Promise<PlanPreviewAnswer> {
  const { config } = body
  const names = body.model === undefined ? modelsOf(config) : [body.model]
  const [configuration] = await Promise.all([currentConfiguration(), refreshHealth(nowMs)])
  const models = wantedModels(names, (name) => configuration.endpointsByModel.has(name))
  const planned = plan({
    models,
    preferences: config.provider ?? {},
    needs: {
      hasTools: body.hasTools ?? (config.tools ?? []).length > 0,
      parameters: Object.keys(config),
      leastPromptTokens: body.promptTokens ?? 0,
      maxTokens: config.max_completion_tokens ?? config.max_tokens ?? null,
    },
    endpoints: models.flatMap(({ model }) => configuration.endpointsByModel.get(model) ?? []),
    healthOf: liveHealth(nowMs),
    nowMs,
    seed: body.seed ?? 1,
    lastServed: () => null,
    maxAttempts: GATEWAY_LIMITS.maxAttempts,
  })
  return {
    data: planWithLessons(planned, (endpointId) => lessonsOfEndpoint(configuration, endpointId, nowMs)),
  }
}
