import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readLaunches } from '@/lib/analytics/models/read-launches.server'
import { launchesAnswer, launchesQuery } from '@/lib/analytics/models/schema'
import { launchesTable } from '@/lib/analytics/models/table'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: launchesQuery,
    answer: launchesAnswer,
    handle: async ({ query }) => {
      const answer = await readLaunches()
      return query.format === 'csv' ? csvResponse('launches', launchesTable(answer)) : answer
    },
  }),
})
