import { route, routes } from '@/lib/access/route.server'
import { readCallers } from '@/lib/analytics/agents/callers/read-callers.server'
import { callersAnswer, callersQuery } from '@/lib/analytics/agents/callers/schema'
import { callersTable } from '@/lib/analytics/agents/callers/table'
import { csvResponse } from '@/lib/analytics/csv-response.server'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: callersQuery,
    answer: callersAnswer,
    handle: async ({ query }) => {
      const answer = await readCallers(query, Date.now())
      return query.format === 'csv' ? csvResponse(`callers-by-${query.by}`, callersTable(answer)) : answer
    },
  }),
})
