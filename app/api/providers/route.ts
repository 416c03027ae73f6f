import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readProviders } from '@/lib/analytics/providers/read-providers.server'
import { providersAnswer, providersQuery } from '@/lib/analytics/providers/schema'
import { providersTable } from '@/lib/analytics/providers/table'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: providersQuery,
    answer: providersAnswer,
    handle: async ({ query }) => {
      const answer = await readProviders(query, Date.now())
      return query.format === 'csv' ? csvResponse('providers', providersTable(answer)) : answer
    },
  }),
})
