import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import type { InstanceAnswer } from '@/lib/access/schema'

const WHILE_FILLING_MS = 1_500

/** `GET /api/instance`: read once, and again and again only while history is being written. */
export function instanceQueryOptions() {
  return queryOptions({
    queryKey: ['instance'],
    queryFn: ({ signal }) => fetchJson<InstanceAnswer>({ url: '/api/instance', signal }),
    refetchInterval: ({ state }) => (state.data?.historyProgress == null ? false : WHILE_FILLING_MS),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
