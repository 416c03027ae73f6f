'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLiveState } from '@/components/live/use-live'
import { endpointDirectoryQueryOptions } from '../providers-query'

/** A stream that does not come must not keep the rest of the page away. */
const LONGEST_WAIT_MS = 2_000

/**
 * Whether the wall can take its place: its height depends on which endpoints there are, and those known from logs alone
 * are named by the stream. What stands below it waits for that, so that nothing is pushed down. Once true it stays so.
 */
export function useIsWallReady(): boolean {
  const { isPending } = useQuery(endpointDirectoryQueryOptions())
  const isLive = useLiveState(() => true) ?? false
  const [isOverdue, setIsOverdue] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsOverdue(true), LONGEST_WAIT_MS)
    return () => clearTimeout(timer)
  }, [])
  return !isPending && (isLive || isOverdue)
}
