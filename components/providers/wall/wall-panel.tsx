'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import { useLiveEndpoints, useLiveState } from '@/components/live/use-live'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import { useIsNarrow } from '@/components/ui/use-is-narrow'
import type { EndpointDirectoryAnswer } from '@/lib/analytics/providers/schema'
import type { WallEndpoint } from '@/lib/live/wall/group-cells'
import { formatExact } from '@/lib/platform/format'
import type { HealthStatus } from '@/lib/records/vocabulary'
import { endpointDirectoryQueryOptions } from '../providers-query'
import { providersParsers } from '../providers-url-state'
import { FailingList } from './failing-list'
import { useWallGroups } from './use-wall-groups'
import { Wall } from './wall'
import { WallLegend } from './wall-legend'

/** A phone begins with this many providers: the whole wall would be many screens high. */
const FIRST_ON_PHONE = 12

const ORDER_OPTIONS = [
  { value: 'worst' as const, label: 'Worst first' },
  { value: 'name' as const, label: 'By name' },
]

/** `isReady` = its height is known, see `useIsWallReady`; until then it has the rest of the screen. */
export function WallPanel({ isReady }: { isReady: boolean }) {
  const query = useQuery(endpointDirectoryQueryOptions())
  const [{ order }, setState] = useQueryStates(providersParsers)
  return (
    <Panel
      title="Which endpoints fail now?"
      info={<Definition of="endpointStatus" />}
      note={
        <>
          Every model at every provider, as it does now
          <Freshness query={query} />
        </>
      }
      actions={
        <Segmented
          label="Order of the wall"
          options={ORDER_OPTIONS}
          value={order}
          onChange={(next) => void setState({ order: next })}
        />
      }
    >
      <QueryBody query={query} skeleton={<WallSkeleton />} className="px-4 pb-4 sm:px-5 sm:pb-5">
        {(directory) => (isReady ? <WallBody directory={directory} /> : <WallSkeleton />)}
      </QueryBody>
    </Panel>
  )
}

function WallSkeleton() {
  return (
    <div aria-hidden="true" className="min-h-svh">
      <span className="skeleton block h-83" />
    </div>
  )
}

function WallBody({ directory }: { directory: EndpointDirectoryAnswer['endpoints'] }) {
  const [{ order, status }, setState] = useQueryStates(providersParsers)
  const isHeld = useRef(false)
  const onHold = useCallback((held: boolean) => {
    isHeld.current = held
  }, [])
  const shown = useShownEndpoints(directory)
  const counts = useStatusCounts(shown)
  const groups = useWallGroups({ directory: shown, order, statuses: status, isHeld })
  const [isWhole, setIsWhole] = useState(false)
  const isCut = useIsNarrow() && !isWhole && groups.length > FIRST_ON_PHONE
  const drawn = useMemo(() => (isCut ? groups.slice(0, FIRST_ON_PHONE) : groups), [groups, isCut])
  if (shown.length === 0) {
    return (
      <EmptyState title="No endpoint yet">
        A model at a provider gets its cell with its first request, or when it is connected in Settings.
      </EmptyState>
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <WallLegend
        counts={counts}
        statuses={status}
        onChange={(statuses) => void setState({ status: statuses })}
      />
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[1fr_17rem]">
        <div className="relative h-42 min-w-0 lg:order-last lg:h-auto lg:min-h-60">
          <FailingList directory={shown} />
        </div>
        {groups.length === 0 && status.length > 0 ? (
          <EmptyState
            title="No endpoint is like that now"
            actions={<Button onClick={() => void setState({ status: null })}>Show all</Button>}
          />
        ) : (
          <Wall groups={drawn} onHold={onHold} />
        )}
      </div>
      {isCut ? (
        <Button className="self-start" onClick={() => setIsWhole(true)}>
          Show all {formatExact(groups.length)} providers
        </Button>
      ) : null}
    </div>
  )
}

/** Those that are connected or had an attempt in the last day: what was only logged long ago has no place on the wall. */
function useShownEndpoints(directory: EndpointDirectoryAnswer['endpoints']): readonly WallEndpoint[] {
  const { refetch } = useQuery(endpointDirectoryQueryOptions())
  const liveCount = useLiveState((state) => state.endpoints.size)
  const live = useLiveEndpoints()
  // biome-ignore lint/correctness/useExhaustiveDependencies: which endpoints are live changes with their number only
  const known = useMemo(() => {
    const names = new Set(directory.map(({ endpointId }) => endpointId))
    const hasUnknown = live ? [...live.keys()].some((endpointId) => !names.has(endpointId)) : false
    const shown = directory.filter(({ endpointId, enabled }) => enabled || live?.has(endpointId))
    return { shown, hasUnknown }
  }, [directory, liveCount])
  useEffect(() => {
    if (known.hasUnknown) void refetch()
  }, [known, refetch])
  return known.shown
}

function useStatusCounts(directory: readonly WallEndpoint[]): Record<HealthStatus, number> | undefined {
  const live = useLiveEndpoints()
  return useMemo(() => {
    if (live === undefined) return undefined
    const counts: Record<HealthStatus, number> = { healthy: 0, degraded: 0, down: 0, unknown: 0 }
    for (const { endpointId } of directory) counts[live.get(endpointId)?.status ?? 'unknown'] += 1
    return counts
  }, [directory, live])
}
