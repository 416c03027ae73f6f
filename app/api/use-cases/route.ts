import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readUseCases } from '@/lib/analytics/use-cases/read-use-cases.server'
import { useCasesAnswer, useCasesQuery } from '@/lib/analytics/use-cases/schema'
import { toUseCasesTable } from '@/lib/analytics/use-cases/table'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: useCasesQuery,
    answer: useCasesAnswer,
    handle: async ({ query }) => {
      const answer = await readUseCases(query, Date.now())
      return query.format === 'csv' ? csvResponse('use-cases', toUseCasesTable(answer)) : answer
    },
  }),
})
