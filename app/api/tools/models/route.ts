import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readToolModels } from '@/lib/analytics/tools/models/read-tool-models.server'
import { toolModelsAnswer, toolModelsQuery } from '@/lib/analytics/tools/models/schema'
import { toolModelsTable } from '@/lib/analytics/tools/models/table'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: toolModelsQuery,
    answer: toolModelsAnswer,
    handle: async ({ query }) => {
      const answer = await readToolModels(query, Date.now())
      return query.format === 'csv' ? csvResponse('models-by-tool-calls', toolModelsTable(answer)) : answer
    },
  }),
})
