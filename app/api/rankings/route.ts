import { route, routes } from '@/lib/access/route.server'
import { csvResponse } from '@/lib/analytics/csv-response.server'
import { readRankings } from '@/lib/analytics/rankings/read-rankings.server'
import { rankingsAnswer, rankingsQuery } from '@/lib/analytics/rankings/schema'
import { rankingsTable } from '@/lib/analytics/rankings/table'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'public-rankings',
    query: rankingsQuery,
    answer: rankingsAnswer,
    handle: async ({ query }) => {
      const answer = await readRankings(query, Date.now())
      return query.format === 'csv' ? csvResponse(`rankings-by-${query.by}`, rankingsTable(answer)) : answer
    },
  }),
})
