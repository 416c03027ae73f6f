import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readSessions } from '@/lib/analytics/sessions/read-sessions.server'
import { sessionsAnswer, sessionsQuery } from '@/lib/analytics/sessions/schema'
import { sessionsTable } from '@/lib/analytics/sessions/table'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: sessionsQuery,
    answer: sessionsAnswer,
    handle: async ({ query }) => {
      const answer = await readSessions(query, Date.now())
      return query.format === 'csv' ? csvResponse('sessions', sessionsTable(answer)) : answer
    },
  }),
})
