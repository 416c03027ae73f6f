import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readToolProviders } from '@/lib/analytics/tools/providers/read-tool-providers.server'
import { toolProvidersAnswer, toolProvidersQuery } from '@/lib/analytics/tools/providers/schema'
import { toolProvidersTable } from '@/lib/analytics/tools/providers/table'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: toolProvidersQuery,
    answer: toolProvidersAnswer,
    handle: async ({ query }) => {
      const answer = await readToolProviders(query, Date.now())
      return query.format === 'csv'
        ? csvResponse('tool-calls-by-provider', toolProvidersTable(answer))
        : answer
    },
  }),
})
