'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowUp } from 'lucide-react'
import { Button } from '@/components/ui/button'
import type { LogRow } from '@/lib/analytics/logs/schema'
import { type LogsRequest, logsQueryOptions, newerQueryOptions } from './logs-query'

const MANY = 100

/** Says that more came in, and shows it when asked: rows never move by themselves. */
export function NewerNotice({ request, first }: { request: LogsRequest; first: LogRow | null }) {
  const client = useQueryClient()
  const { data: newer = 0 } = useQuery(newerQueryOptions({ request, first }))
  const show = () => {
    const { queryKey } = logsQueryOptions(request)
    // Only the first page is read again; the others would follow it one by one.
    client.setQueryData(
      queryKey,
      (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    )
    void client.refetchQueries({ queryKey })
  }
  return (
    <div role="status" className="pointer-events-none sticky top-16 z-10 flex h-0 justify-center">
      {newer > 0 ? (
        <Button
          variant="primary"
          size="small"
          onClick={show}
          className="pointer-events-auto -mt-3 rounded-full! px-3! shadow-raised"
        >
          <ArrowUp aria-hidden="true" />
          {newer >= MANY
            ? `${MANY} or more newer requests`
            : `${newer} newer ${newer === 1 ? 'request' : 'requests'}`}
        </Button>
      ) : null}
    </div>
  )
}
