import { Prisma } from '@/prisma/generated/client'
import { statusOf } from '../../health/derive-health'
import { db } from '../../platform/db.server'
import { alignWindow } from '../../time/cover'
import { horizonsAt } from '../../time/horizons'
import { resolveWindow } from '../../time/window'
import type { WindowParameters } from '../../time/window-parameters'
import { type AttemptSums, attemptFigures } from '../attempt-figures'
import { endpointSource } from '../endpoint-source.server'
import { readAttemptSums } from '../read-attempt-sums.server'
import { labelOf } from '../subject-names.server'
import type { EndpointsWindowAnswer, EndpointWindowRow } from './schema'
import { worstFirst } from './worst-first'

/** Whose endpoints: those of a provider, or those of one model or several (a model and its other names), by id. */
export type EndpointOwner = { providerId: number } | { modelIds: readonly number[] }

/**
 * What the endpoints of a provider or of a model did in a window, worst first; those without an attempt are left out.
 * One row an endpoint, so a model that goes by two names has two rows at a provider called by both. Reads rollups only.
 */
export async function readEndpointsWindow(
  owner: EndpointOwner,
  query: WindowParameters,
  nowMs: number,
): Promise<EndpointsWindowAnswer> {
  const window = alignWindow(resolveWindow(query, nowMs), horizonsAt(nowMs))
  const endpoints = await db().endpoint.findMany({
    where:
      'providerId' in owner ? { providerId: owner.providerId } : { modelId: { in: [...owner.modelIds] } },
    select: {
      id: true,
      model: { select: { slug: true } },
      provider: { select: { slug: true, name: true } },
    },
  })
  const sums = await readAttemptSums({
    source: endpointSource({ window, endpointIds: endpoints.map(({ id }) => id) }),
    key: Prisma.sql`endpoint_id`,
  })
  const rows = endpoints.flatMap(({ id, model, provider }): EndpointWindowRow[] => {
    const ofEndpoint = sums.get(id)
    if (!ofEndpoint) return []
    return [
      {
        endpointId: id,
        model: model.slug,
        provider: provider.slug,
        providerName: provider.name ?? labelOf('provider', provider.slug),
        ...windowFigures(ofEndpoint),
      },
    ]
  })
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    rows: worstFirst(rows),
  }
}

function windowFigures(
  sums: AttemptSums,
): Omit<EndpointWindowRow, 'endpointId' | 'model' | 'provider' | 'providerName'> {
  const figures = attemptFigures(sums)
  const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : null)
  return {
    ...figures,
    status: statusOf(figures.uptime),
    cacheHitRate: ratio(sums.cached_tokens, sums.cache_known_prompt_tokens),
    effectiveUsdPerMTok: ratio(sums.cost_micro_usd, sums.costed_tokens),
    toolUseRate: ratio(sums.tool_call_attempts, sums.tools_offered),
    toolsOffered: sums.tools_offered,
  }
}
