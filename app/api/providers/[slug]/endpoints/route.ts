import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readEndpointsWindow } from '@/lib/analytics/endpoints-window/read-endpoints-window.server'
import { endpointsWindowAnswer, endpointsWindowQuery } from '@/lib/analytics/endpoints-window/schema'
import { endpointsWindowTable } from '@/lib/analytics/endpoints-window/table'
import { findProvider } from '@/lib/analytics/providers/find-provider.server'
import { providerParams } from '@/lib/analytics/providers/schema'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    params: providerParams,
    query: endpointsWindowQuery,
    answer: endpointsWindowAnswer,
    handle: async ({ params, query }) => {
      const { id } = await findProvider(params.slug)
      const answer = await readEndpointsWindow({ providerId: id }, query, Date.now())
      return query.format === 'csv' ? csvResponse('endpoints', endpointsWindowTable(answer)) : answer
    },
  }),
})
