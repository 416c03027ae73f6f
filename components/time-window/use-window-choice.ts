'use client'

import { useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import type { WindowChoice } from './window-choice'
import { windowParsers } from './window-url-state'

/** The window in the URL, and the way to change it. */
export function useWindowChoice(): [WindowChoice, (choice: WindowChoice) => void] {
  const [{ period, from, to }, setState] = useQueryStates(windowParsers, { history: 'push' })
  const choice = useMemo<WindowChoice>(
    () => (from !== null && to !== null && from < to ? { fromMs: from, toMs: to } : { period }),
    [period, from, to],
  )
  const setChoice = useCallback(
    (next: WindowChoice) => {
      if ('period' in next) void setState({ period: next.period, from: null, to: null })
      else void setState({ period: null, from: next.fromMs, to: next.toMs })
    },
    [setState],
  )
  return [choice, setChoice]
}
