import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readFailingCalls } from '@/lib/analytics/tools/failing-calls/read-failing-calls.server'
import { failingCallsAnswer, failingCallsQuery } from '@/lib/analytics/tools/failing-calls/schema'
import { failingCallsTable } from '@/lib/analytics/tools/failing-calls/table'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: failingCallsQuery,
    answer: failingCallsAnswer,
    handle: async ({ query }) => {
      const answer = await readFailingCalls(query, Date.now())
      return query.format === 'csv' ? csvResponse('failing-tool-calls', failingCallsTable(answer)) : answer
    },
  }),
})
