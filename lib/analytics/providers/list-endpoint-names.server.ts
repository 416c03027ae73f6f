import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { type EndpointDirectoryAnswer, endpointDirectoryAnswer } from './schema'

const answerRow = z.object({ endpoints: endpointDirectoryAnswer.shape.endpoints })

/** What every endpoint is called, in the order of provider and model. As one JSON value: there are thousands. */
export async function listEndpointNames(): Promise<EndpointDirectoryAnswer> {
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT coalesce(
      jsonb_agg(
        jsonb_build_object('endpointId', endpoint.id, 'model', model.slug, 'provider', provider.slug, 'enabled', endpoint.enabled)
        ORDER BY provider.slug, model.slug
      ), '[]'
    ) AS endpoints
    FROM endpoint JOIN model ON model.id = endpoint.model_id JOIN provider ON provider.id = endpoint.provider_id`)
  return z.tuple([answerRow]).parse(rows)[0]
}
