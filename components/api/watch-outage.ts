import type { Query, QueryClient } from '@tanstack/react-query'
import { AppError } from '@/lib/platform/errors'

/** How often the server is asked whether it is back. */
export const ASK_EVERY_MS = 3000

/**
 * Brings back by itself what failed because the server or its database was away: while a query that is on screen stands
 * so, the server is asked how it is, and once it is well those queries are fetched again. Returns what ends the watch.
 */
export function watchOutage({
  client,
  isWell = askHealth,
}: {
  client: QueryClient
  /** Whether server and database answer; never throws. */
  isWell?: () => Promise<boolean>
}): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isEnded = false
  const hasFailed = () => client.getQueryCache().findAll({ type: 'active', predicate: isAway }).length > 0
  const ask = async () => {
    const isBack = hasFailed() && (await isWell())
    timer = undefined
    if (isEnded) return
    if (isBack) await client.refetchQueries({ type: 'active', predicate: isAway })
    watch()
  }
  const watch = () => {
    if (isEnded || timer !== undefined || !hasFailed()) return
    timer = setTimeout(() => void ask(), ASK_EVERY_MS)
  }
  const unsubscribe = client.getQueryCache().subscribe(watch)
  return () => {
    isEnded = true
    unsubscribe()
    clearTimeout(timer)
  }
}

function isAway({ state }: Query): boolean {
  return state.status === 'error' && state.error instanceof AppError && state.error.code === 'unavailable'
}

async function askHealth(): Promise<boolean> {
  if (document.hidden) return false
  return fetch('/api/health').then(
    ({ ok }) => ok,
    () => false,
  )
}
