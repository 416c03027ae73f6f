import { route, routes } from '@/lib/access/route.server'
import { readLogValues } from '@/lib/analytics/logs/read-values.server'
import { logValuesAnswer, logValuesQuery } from '@/lib/analytics/logs/schema'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: logValuesQuery,
    answer: logValuesAnswer,
    handle: ({ query }) => readLogValues(query),
  }),
})
