import { route, routes } from '@/lib/access/route.server'
import { readSessions } from '@/lib/analytics/agents/sessions/read-sessions.server'
import { sessionsAnswer, sessionsQuery } from '@/lib/analytics/agents/sessions/schema'
import { sessionsTable } from '@/lib/analytics/agents/sessions/table'
import { csvResponse } from '@/lib/analytics/csv-response.server'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: sessionsQuery,
    answer: sessionsAnswer,
    handle: async ({ query }) => {
      const answer = await readSessions(query, Date.now())
      return query.format === 'csv' ? csvResponse('cost-per-session', sessionsTable(answer)) : answer
    },
  }),
})
