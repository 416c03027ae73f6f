import { route, routes } from '@/lib/access/route.server'
import { findProvider } from '@/lib/analytics/providers/find-provider.server'
import { liveStream } from '@/lib/live/live-stream.server'
import { liveEvent, liveQuery } from '@/lib/live/schema'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({
    access: 'reader',
    query: liveQuery,
    answer: liveEvent,
    handle: async ({ query: { provider }, request }) => {
      if (provider !== undefined) await findProvider(provider)
      const lastEventId = request.headers.get('last-event-id')
      return liveStream({ provider, lastEventId, signal: request.signal })
    },
  }),
})
