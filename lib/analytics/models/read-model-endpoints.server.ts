import { quantizationOf } from '../../catalog/present-endpoint.server'
import { db } from '../../platform/db.server'
import { microUsdToUsd } from '../../records/cost'
import { labelOf } from '../subject-names.server'
import type { ModelEndpoint } from './model-providers'

/** An endpoint of a model without its attempts. */
export type CatalogEndpoint = Omit<ModelEndpoint, 'sums'> & { endpointId: number; providerId: number }

/** Every endpoint of a model and of its other names, as the catalog has them. */
export async function readModelEndpoints({
  id,
  modelIds,
}: {
  id: number
  modelIds: readonly number[]
}): Promise<CatalogEndpoint[]> {
  const rows = await db().endpoint.findMany({
    where: { modelId: { in: [...modelIds] } },
    include: { provider: { select: { slug: true, name: true } } },
    orderBy: { id: 'asc' },
  })
  return rows.map((row) => ({
    endpointId: row.id,
    providerId: row.providerId,
    provider: row.provider.slug,
    name: row.provider.name ?? labelOf('provider', row.provider.slug),
    isOwn: row.modelId === id,
    isConfigured: row.upstreamModel !== null,
    enabled: row.enabled,
    promptUsdPerMTok: usdOf(row.promptMicroUsdPerMtok),
    cachedUsdPerMTok: usdOf(row.cachedMicroUsdPerMtok),
    completionUsdPerMTok: usdOf(row.completionMicroUsdPerMtok),
    contextLength: row.contextLength,
    quantization: quantizationOf(row.quantization),
    supportsTools: row.supportsTools,
  }))
}

function usdOf(microUsd: bigint | null): number | null {
  return microUsd === null ? null : microUsdToUsd(Number(microUsd))
}
