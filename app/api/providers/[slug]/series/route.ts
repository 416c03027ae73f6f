import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readProviderSeries } from '@/lib/analytics/providers/read-provider-series.server'
import { providerParams, providerSeriesAnswer, providerSeriesQuery } from '@/lib/analytics/providers/schema'
import { providerSeriesTable } from '@/lib/analytics/providers/table'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    params: providerParams,
    query: providerSeriesQuery,
    answer: providerSeriesAnswer,
    handle: async ({ params, query }) => {
      const answer = await readProviderSeries(params.slug, query, Date.now())
      return query.format === 'csv' ? csvResponse('provider-series', providerSeriesTable(answer)) : answer
    },
  }),
})
