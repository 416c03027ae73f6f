import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readUsage } from '@/lib/analytics/usage/read-usage.server'
import { usageAnswer, usageQuery } from '@/lib/analytics/usage/schema'
import { usageTable } from '@/lib/analytics/usage/table'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'public-rankings',
    query: usageQuery,
    answer: usageAnswer,
    handle: async ({ query, reader }) => {
      const showCost = reader.kind !== 'anonymous'
      const answer = await readUsage(query, { nowMs: Date.now(), showCost })
      return query.format === 'csv' ? csvResponse(`usage-by-${query.by}`, usageTable(answer)) : answer
    },
  }),
})
