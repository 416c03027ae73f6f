import { route, routes } from '@/lib/access/route.server'
import { listEndpointNames } from '@/lib/analytics/providers/list-endpoint-names.server'
import { endpointDirectoryAnswer } from '@/lib/analytics/providers/schema'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({ access: 'reader', answer: endpointDirectoryAnswer, handle: () => listEndpointNames() }),
})
