import { route, routes } from '@/lib/access/route.server'
import { readRequest } from '@/lib/analytics/logs/read-request.server'
import { requestDetail, requestParams } from '@/lib/analytics/logs/schema'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    params: requestParams,
    answer: requestDetail,
    handle: ({ params }) => readRequest(params.ref),
  }),
})
