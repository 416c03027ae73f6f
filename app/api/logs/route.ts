import { route, routes } from '@/lib/access/route.server'
import { exportLogs } from '@/lib/analytics/logs/export-logs.server'
import { readLogs } from '@/lib/analytics/logs/read-logs.server'
import { logsAnswer, logsQuery } from '@/lib/analytics/logs/schema'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: logsQuery,
    answer: logsAnswer,
    handle: async ({ query }) =>
      query.format === 'json'
        ? readLogs(query, Date.now())
        : exportLogs({ ...query, format: query.format }, Date.now()),
  }),
})
