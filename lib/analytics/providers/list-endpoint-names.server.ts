import { db } from '../../platform/db.server'
import type { EndpointDirectoryAnswer } from './schema'

/** What every endpoint is called, in the order of provider and model. */
export async function listEndpointNames(): Promise<EndpointDirectoryAnswer> {
  const rows = await db().endpoint.findMany({
    select: {
      id: true,
      enabled: true,
      model: { select: { slug: true } },
      provider: { select: { slug: true } },
    },
    orderBy: [{ provider: { slug: 'asc' } }, { model: { slug: 'asc' } }],
  })
  return {
    endpoints: rows.map(({ id, enabled, model, provider }) => ({
      endpointId: id,
      model: model.slug,
      provider: provider.slug,
      enabled,
    })),
  }
}
