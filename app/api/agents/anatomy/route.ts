import { route, routes } from '@/lib/access/route.server'
import { readAnatomy } from '@/lib/analytics/agents/anatomy/read-anatomy.server'
import { anatomyAnswer, anatomyQuery } from '@/lib/analytics/agents/anatomy/schema'
import { anatomyTable } from '@/lib/analytics/agents/anatomy/table'
import { csvResponse } from '@/lib/analytics/csv-response.server'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: anatomyQuery,
    answer: anatomyAnswer,
    handle: async ({ query }) => {
      const answer = await readAnatomy(query, Date.now())
      return query.format === 'csv' ? csvResponse('anatomy-of-a-turn', anatomyTable(answer)) : answer
    },
  }),
})
