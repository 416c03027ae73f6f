import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readToolNames } from '@/lib/analytics/tools/names/read-tool-names.server'
import { toolNamesAnswer, toolNamesQuery } from '@/lib/analytics/tools/names/schema'
import { toolNamesTable } from '@/lib/analytics/tools/names/table'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: toolNamesQuery,
    answer: toolNamesAnswer,
    handle: async ({ query }) => {
      const answer = await readToolNames(query, Date.now())
      return query.format === 'csv' ? csvResponse('tools', toolNamesTable(answer)) : answer
    },
  }),
})
