'use client'

import { useEffect } from 'react'
import { useLiveState } from '@/components/live/use-live'
import { ERROR_CLASSES } from '@/lib/records/vocabulary'

/** New errors come together; one reading for all of them is enough. */
const SETTLE_MS = 400

/** Reads again, a moment after the stream has told of more errors of a provider. */
export function useRefetchOnErrors(slug: string, refetch: () => unknown): void {
  const errors = useLiveState((state) =>
    (state.providers.get(slug)?.minutes ?? []).reduce(
      (sum, { errorsByClass }) =>
        ERROR_CLASSES.reduce((total, name) => total + (errorsByClass[name] ?? 0), sum),
      0,
    ),
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new number of errors is a reason to read again
  useEffect(() => {
    if (errors === undefined) return
    const timer = setTimeout(refetch, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [errors])
}
