import { route, routes } from '@/lib/access/route.server'
import { readContextLengths } from '@/lib/analytics/agents/context-lengths/read-context-lengths.server'
import { contextLengthsAnswer, contextLengthsQuery } from '@/lib/analytics/agents/context-lengths/schema'
import { contextLengthsTable } from '@/lib/analytics/agents/context-lengths/table'
import { csvResponse } from '@/lib/analytics/csv-response.server'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: contextLengthsQuery,
    answer: contextLengthsAnswer,
    handle: async ({ query }) => {
      const answer = await readContextLengths(query, Date.now())
      return query.format === 'csv' ? csvResponse('context-lengths', contextLengthsTable(answer)) : answer
    },
  }),
})
