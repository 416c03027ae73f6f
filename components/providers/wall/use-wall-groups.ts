'use client'

import { type RefObject, useEffect, useState } from 'react'
import { liveStore } from '@/components/live/live-store'
import type { LiveEndpoint } from '@/lib/live/schema'
import {
  groupCells,
  rankSignature,
  type WallEndpoint,
  type WallGroup,
  type WallOrder,
} from '@/lib/live/wall/group-cells'
import type { HealthStatus } from '@/lib/records/vocabulary'

/** Cells that keep changing places cannot be read. */
const REORDER_EVERY_MS = 5_000
const NO_ENDPOINTS: ReadonlyMap<number, LiveEndpoint> = new Map()

/**
 * The wall's cells in order. Colours change at once, places only when an endpoint's rank did, a few seconds apart, and not
 * while `isHeld`: what somebody points at must not run away.
 */
export function useWallGroups({
  directory,
  order,
  statuses,
  isHeld,
}: {
  directory: readonly WallEndpoint[]
  order: WallOrder
  statuses: readonly HealthStatus[]
  isHeld: RefObject<boolean>
}): readonly WallGroup[] {
  const [groups, setGroups] = useState<readonly WallGroup[]>(() =>
    groupCells({ directory, live: liveStore().read().state?.endpoints ?? NO_ENDPOINTS, order, statuses }),
  )
  useEffect(() => {
    let signature: string | null = null
    let orderedMs = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const reorder = () => {
      const live = liveStore().read().state?.endpoints ?? NO_ENDPOINTS
      signature = rankSignature(directory, live)
      orderedMs = Date.now()
      setGroups(groupCells({ directory, live, order, statuses }))
    }
    const follow = () => {
      clearTimeout(timer)
      const live = liveStore().read().state?.endpoints ?? NO_ENDPOINTS
      if (rankSignature(directory, live) === signature) return
      const waitMs = isHeld.current ? REORDER_EVERY_MS : orderedMs + REORDER_EVERY_MS - Date.now()
      if (waitMs > 0) timer = setTimeout(follow, waitMs)
      else reorder()
    }
    reorder()
    // The first news after opening the page orders it at once.
    orderedMs = 0
    const leave = liveStore().subscribe(follow)
    return () => {
      clearTimeout(timer)
      leave()
    }
  }, [directory, order, statuses, isHeld])
  return groups
}
