import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readBreakdown } from '@/lib/analytics/tools/breakdown/read-breakdown.server'
import { breakdownAnswer, breakdownQuery } from '@/lib/analytics/tools/breakdown/schema'
import { breakdownTable } from '@/lib/analytics/tools/breakdown/table'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: breakdownQuery,
    answer: breakdownAnswer,
    handle: async ({ query }) => {
      const answer = await readBreakdown(query, Date.now())
      return query.format === 'csv'
        ? csvResponse(`tool-funnel-by-${query.by}`, breakdownTable(answer))
        : answer
    },
  }),
})
