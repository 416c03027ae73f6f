'use client'

import { useQuery } from '@tanstack/react-query'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { rankingsQueryOptions } from './rankings-query'

/** Wide enough to hold any log there is. */
const ALL_TIME: WindowChoice = { fromMs: Date.UTC(2020, 0, 1), toMs: Date.UTC(2100, 0, 1) }

/** Tells an installation that has never seen a request from a quiet window; asks only when the window is empty. */
export function useIsNeverUsed(choice: WindowChoice): boolean {
  const window = useQuery(rankingsQueryOptions({ choice, by: 'model', sort: 'tokens', limit: 1 }))
  const isWindowEmpty = window.data?.rows.length === 0
  const everything = useQuery({
    ...rankingsQueryOptions({ choice: ALL_TIME, by: 'model', sort: 'tokens', limit: 1 }),
    enabled: isWindowEmpty,
  })
  return isWindowEmpty && everything.data?.rows.length === 0
}
