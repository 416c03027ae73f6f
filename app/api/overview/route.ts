import { route, routes } from '@/lib/access/route.server'
import { readOverview } from '@/lib/analytics/overview/read-overview.server'
import { overviewAnswer, overviewQuery } from '@/lib/analytics/overview/schema'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: overviewQuery,
    answer: overviewAnswer,
    handle: ({ query }) => readOverview(query, Date.now()),
  }),
})
