'use client'

import { useQuery } from '@tanstack/react-query'
import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { QueryBody } from '@/components/api/query-body'
import { PageFrame } from '@/components/shell/page-frame'
import { Skeleton } from '@/components/ui/skeleton'
import type { RequestDetail } from '@/lib/analytics/logs/schema'
import { AttemptsPanel } from './attempts-panel'
import { CallerPanel } from './caller-panel'
import { IdentifiersPanel } from './identifiers-panel'
import { isNarrowed } from './list-search'
import { requestQueryOptions } from './logs-query'
import { PlanPanel } from './plan-panel'
import { RequestHeader } from './request-header'
import { RequestSummary } from './request-summary'
import { TokensPanel } from './tokens-panel'
import { ToolCallsPanel } from './tool-calls-panel'
import { useListSearch } from './use-list-search'

export function RequestPage({ reference }: { reference: string }) {
  const query = useQuery(requestQueryOptions(reference))
  const search = useListSearch()
  return (
    <PageFrame>
      <Link
        href={search === '' ? '/logs' : `/logs?${search}`}
        className="-mb-2 inline-flex items-center gap-1 self-start text-sm text-muted hover:text-foreground"
      >
        <ChevronLeft className="size-4" aria-hidden="true" />
        {isNarrowed(search) ? 'Filtered requests' : 'All requests'}
      </Link>
      <QueryBody query={query} skeleton={<PageSkeleton />} className="flex flex-col gap-4 sm:gap-5">
        {(request) => <RequestBody request={request} />}
      </QueryBody>
    </PageFrame>
  )
}

function RequestBody({ request }: { request: RequestDetail }) {
  return (
    <>
      <RequestHeader request={request} />
      <RequestSummary request={request} />
      <PanelBoundary>
        <AttemptsPanel attempts={request.attempts} />
      </PanelBoundary>
      <div className="grid items-start gap-4 sm:gap-5 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4 sm:gap-5">
          <PanelBoundary>
            <TokensPanel request={request} />
          </PanelBoundary>
          <PanelBoundary>
            <CallerPanel request={request} />
          </PanelBoundary>
        </div>
        <div className="flex min-w-0 flex-col gap-4 sm:gap-5">
          <PanelBoundary>
            <ToolCallsPanel request={request} />
          </PanelBoundary>
          <PanelBoundary>
            <PlanPanel plan={request.plan} attempts={request.attempts} />
          </PanelBoundary>
          <PanelBoundary>
            <IdentifiersPanel request={request} />
          </PanelBoundary>
        </div>
      </div>
    </>
  )
}

function PageSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-5">
      <Skeleton className="h-12 w-72" />
      <Skeleton className="h-20 w-full" />
      <Skeleton className="h-44 w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  )
}
