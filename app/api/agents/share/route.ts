import { route, routes } from '@/lib/access/route.server'
import { readShare } from '@/lib/analytics/agents/share/read-share.server'
import { shareAnswer, shareQuery } from '@/lib/analytics/agents/share/schema'
import { shareTable } from '@/lib/analytics/agents/share/table'
import { csvResponse } from '@/lib/analytics/csv-response.server'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: shareQuery,
    answer: shareAnswer,
    handle: async ({ query }) => {
      const answer = await readShare(query, Date.now())
      return query.format === 'csv' ? csvResponse('agentic-share', shareTable(answer)) : answer
    },
  }),
})
