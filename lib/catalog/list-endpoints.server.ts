import type { Prisma } from '@/prisma/generated/client'
import { readEndpointHealth } from '../health/read-endpoint-health.server'
import { db } from '../platform/db.server'
import { ENDPOINT_NAMES, presentEndpoint } from './present-endpoint.server'
import type { EndpointListAnswer, EndpointListQuery } from './schema'

/** Somebody has configured it; what only logs name has no upstream model. */
const CONFIGURED = { upstreamModel: { not: null } } satisfies Prisma.EndpointWhereInput

const ROUTABLE = {
  enabled: true,
  provider: { enabled: true, baseUrl: { not: null } },
} satisfies Prisma.EndpointWhereInput

/** Configured endpoints with their health of the last minutes, by model, then provider. */
export async function listEndpoints(query: EndpointListQuery, nowMs: number): Promise<EndpointListAnswer> {
  const conditions: Prisma.EndpointWhereInput[] = [CONFIGURED]
  if (query.provider !== undefined) conditions.push({ provider: { slug: query.provider } })
  if (query.model !== undefined) conditions.push({ model: { slug: query.model } })
  if (query.routable !== undefined) conditions.push(query.routable === 'true' ? ROUTABLE : { NOT: ROUTABLE })
  const rows = await db().endpoint.findMany({
    where: { AND: conditions },
    include: ENDPOINT_NAMES,
    orderBy: [{ model: { slug: 'asc' } }, { provider: { slug: 'asc' } }],
  })
  const endpointIds = rows.map(({ id }) => id)
  const health = await readEndpointHealth({ nowMs, endpointIds, percentiles: '5_and_30_minutes' })
  return { data: rows.map((row) => presentEndpoint(row, { health: health.get(row.id), nowMs })) }
}
