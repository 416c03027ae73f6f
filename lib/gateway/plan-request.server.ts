import { lastServedOf } from './conversations.server'
import type { Exchange } from './exchange'
import { lessonsOfEndpoint } from './lessons.server'
import { GATEWAY_LIMITS } from './limits'
import { liveHealth } from './live-health.server'
import { plan } from './plan'
import { planWithLessons } from './plan-lessons'
import type { Plan } from './plan-schema'

/** The plan of a request, by the health of its endpoints at its start. */
export function planRequest({
  id,
  startedAtMs,
  request,
  conversation,
  configuration,
}: Pick<Exchange, 'id' | 'startedAtMs' | 'request' | 'conversation' | 'configuration'>): Plan {
  const planned = plan({
    models: request.models,
    preferences: request.preferences,
    needs: request.needs,
    endpoints: request.models.flatMap(({ model }) => configuration.endpointsByModel.get(model) ?? []),
    healthOf: liveHealth(startedAtMs),
    nowMs: startedAtMs,
    seed: conversation?.seed ?? seedOf(id),
    lastServed: lastServedOf(conversation, startedAtMs),
    maxAttempts: GATEWAY_LIMITS.maxAttempts,
  })
  return planWithLessons(planned, (endpointId) => lessonsOfEndpoint(configuration, endpointId, startedAtMs))
}

/** A number from the id's random part: the same generation always draws the same. */
function seedOf(id: string): number {
  let seed = 0
  for (let index = 0; index < id.length; index++) seed = (Math.imul(seed, 31) + id.charCodeAt(index)) | 0
  return seed >>> 0
}
