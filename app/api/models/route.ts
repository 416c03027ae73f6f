import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readModels } from '@/lib/analytics/models/read-models.server'
import { modelsAnswer, modelsQuery } from '@/lib/analytics/models/schema'
import { modelsTable } from '@/lib/analytics/models/table'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: modelsQuery,
    answer: modelsAnswer,
    handle: async ({ query }) => {
      const answer = await readModels(query, Date.now())
      return query.format === 'csv' ? csvResponse('models', modelsTable(answer)) : answer
    },
  }),
})
