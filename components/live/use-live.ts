'use client'

import { useCallback, useSyncExternalStore } from 'react'
import type { LiveState } from '@/lib/live/apply-event'
import type { LiveEndpoint, LiveProvider, LiveTotals } from '@/lib/live/schema'
import { type LiveSnapshot, liveStore, NOTHING_YET } from './live-store'

/**
 * What `select` takes out of the tab's live state; the component is drawn again only when that changes. Select
 * something that keeps its identity (a part of the state, a number, a string), never a new object.
 */
function useLiveSnapshot<Selected>(select: (snapshot: LiveSnapshot) => Selected): Selected {
  const subscribe = useCallback((listener: () => void) => liveStore().subscribe(listener), [])
  return useSyncExternalStore(
    subscribe,
    () => select(liveStore().read()),
    () => select(NOTHING_YET),
  )
}

/** A part of the live state; undefined before the first event. See `useLiveSnapshot` for what may be selected. */
export function useLiveState<Selected>(select: (state: LiveState) => Selected): Selected | undefined {
  return useLiveSnapshot(({ state }) => (state === null ? undefined : select(state)))
}

/** Every endpoint by id: a new map whenever one of them changes. For the wall, which draws what differs. */
export function useLiveEndpoints(): ReadonlyMap<number, LiveEndpoint> | undefined {
  return useLiveState((state) => state.endpoints)
}

export function useLiveEndpoint(endpointId: number): LiveEndpoint | undefined {
  return useLiveState((state) => state.endpoints.get(endpointId))
}

export function useLiveProviders(): ReadonlyMap<string, LiveProvider> | undefined {
  return useLiveState((state) => state.providers)
}

export function useLiveProvider(slug: string): LiveProvider | undefined {
  return useLiveState((state) => state.providers.get(slug))
}

/** All endpoints together. */
export function useLiveTotals(): LiveTotals | undefined {
  return useLiveState((state) => state.totals)
}

/** Whether numbers are live, and when the last event came. */
export function useLiveConnection(): Omit<LiveSnapshot, 'state'> {
  const phase = useLiveSnapshot((snapshot) => snapshot.phase)
  const lastEventMs = useLiveSnapshot((snapshot) => snapshot.lastEventMs)
  return { phase, lastEventMs }
}
