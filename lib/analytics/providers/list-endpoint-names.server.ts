import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { compareNames } from '../../platform/compare-text'
import { db } from '../../platform/db.server'
import { modelName } from '../models/list-models'
import { labelOf } from '../subject-names.server'
import type { EndpointDirectoryAnswer } from './schema'

const answerRow = z.object({
  endpoints: z.array(
    z.object({
      endpointId: z.number(),
      model: z.string(),
      modelName: z.string().nullable(),
      provider: z.string(),
      providerName: z.string().nullable(),
      enabled: z.boolean(),
    }),
  ),
})

/** What every endpoint is called, in the order of provider and model by name. Read as one JSON value: there are thousands. */
export async function listEndpointNames(): Promise<EndpointDirectoryAnswer> {
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT coalesce(
      jsonb_agg(
        jsonb_build_object(
          'endpointId', endpoint.id, 'model', model.slug, 'modelName', model.name,
          'provider', provider.slug, 'providerName', provider.name, 'enabled', endpoint.enabled
        )
      ), '[]'
    ) AS endpoints
    FROM endpoint JOIN model ON model.id = endpoint.model_id JOIN provider ON provider.id = endpoint.provider_id`)
  const [{ endpoints }] = z.tuple([answerRow]).parse(rows)
  return {
    endpoints: endpoints
      .map((endpoint) => ({
        ...endpoint,
        modelName: modelName({ model: endpoint.model, name: endpoint.modelName }),
        providerName: endpoint.providerName ?? labelOf('provider', endpoint.provider),
      }))
      .sort(
        (a, b) =>
          compareNames(a.providerName, b.providerName) ||
          compareNames(a.provider, b.provider) ||
          compareNames(a.modelName, b.modelName) ||
          compareNames(a.model, b.model),
      ),
  }
}
