import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readModel } from '@/lib/analytics/models/read-model.server'
import { modelPageAnswer, modelQuery } from '@/lib/analytics/models/schema'
import { modelProvidersTable } from '@/lib/analytics/models/table'
import { modelParams } from '@/lib/catalog/schema'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: modelQuery,
    params: modelParams,
    answer: modelPageAnswer,
    handle: async ({ query, params: { author, slug } }) => {
      const answer = await readModel(`${author}/${slug}`, query, Date.now())
      return query.format === 'csv' ? csvResponse('model-providers', modelProvidersTable(answer)) : answer
    },
  }),
})
