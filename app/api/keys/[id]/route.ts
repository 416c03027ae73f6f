import { actorOf } from '@/lib/access/guard.server'
import { revokeApiKey } from '@/lib/access/manage-keys.server'
import { route, routes } from '@/lib/access/route.server'
import { apiKey, apiKeyParams } from '@/lib/access/schema'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  DELETE: route({
    access: 'admin',
    params: apiKeyParams,
    answer: apiKey,
    handle: ({ params, reader }) => revokeApiKey({ id: params.id, actor: actorOf(reader) }),
  }),
})
