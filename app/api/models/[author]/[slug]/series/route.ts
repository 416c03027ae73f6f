import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readModelSeries } from '@/lib/analytics/models/read-model-series.server'
import { modelSeriesAnswer, modelSeriesQuery } from '@/lib/analytics/models/schema'
import { modelSeriesTable } from '@/lib/analytics/models/table'
import { modelParams } from '@/lib/catalog/schema'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: modelSeriesQuery,
    params: modelParams,
    answer: modelSeriesAnswer,
    handle: async ({ query, params: { author, slug } }) => {
      const answer = await readModelSeries(`${author}/${slug}`, query, Date.now())
      return query.format === 'csv' ? csvResponse('model-series', modelSeriesTable(answer)) : answer
    },
  }),
})
