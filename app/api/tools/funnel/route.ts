import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readFunnel } from '@/lib/analytics/tools/funnel/read-funnel.server'
import { funnelAnswer, funnelQuery } from '@/lib/analytics/tools/funnel/schema'
import { funnelTable } from '@/lib/analytics/tools/funnel/table'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: funnelQuery,
    answer: funnelAnswer,
    handle: async ({ query }) => {
      const answer = await readFunnel(query, Date.now())
      return query.format === 'csv' ? csvResponse('tool-funnel', funnelTable(answer)) : answer
    },
  }),
})
