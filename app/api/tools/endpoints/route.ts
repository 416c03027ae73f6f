import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readToolEndpoints } from '@/lib/analytics/tools/endpoints/read-tool-endpoints.server'
import { toolEndpointsAnswer, toolEndpointsQuery } from '@/lib/analytics/tools/endpoints/schema'
import { toolEndpointsTable } from '@/lib/analytics/tools/endpoints/table'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: toolEndpointsQuery,
    answer: toolEndpointsAnswer,
    handle: async ({ query }) => {
      const answer = await readToolEndpoints(query, Date.now())
      return query.format === 'csv'
        ? csvResponse('tool-calls-by-endpoint', toolEndpointsTable(answer))
        : answer
    },
  }),
})
