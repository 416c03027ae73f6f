'use client'

import { useSearchParams } from 'next/navigation'

/** The window's part of the URL as it stands there, for links to other pages of the same window: `period=30d`. */
export function useWindowSearch(): string {
  const search = useSearchParams()
  const kept = ['period', 'from', 'to'].flatMap((name) => {
    const value = search.get(name)
    return value === null ? [] : [[name, value]]
  })
  return new URLSearchParams(kept).toString()
}
