import { actorOf } from '@/lib/access/guard.server'
import { createApiKey, listApiKeys } from '@/lib/access/manage-keys.server'
import { route, routes } from '@/lib/access/route.server'
import { apiKeyListAnswer, createApiKeyBody, createdApiKey } from '@/lib/access/schema'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({ access: 'admin', answer: apiKeyListAnswer, handle: listApiKeys }),
  POST: route({
    access: 'admin',
    body: createApiKeyBody,
    answer: createdApiKey,
    handle: ({ body, reader }) => createApiKey({ ...body, actor: actorOf(reader) }),
  }),
})
