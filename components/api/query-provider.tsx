'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { AppError, ERROR_STATUS } from '@/lib/platform/errors'
import { watchOutage } from './watch-outage'

/** One more try for what may pass by itself; a wrong question gets the same answer twice. */
function shouldRetry(failureCount: number, error: Error): boolean {
  if (error instanceof AppError && ERROR_STATUS[error.code] < 500) return false
  return failureCount < 1
}

/**
 * A server on this machine or in this house answers without an internet, and a browser that has none waits in silence:
 * so what is asked is sent, and what cannot be is told.
 */
const NETWORK_MODE = 'always'

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            retry: shouldRetry,
            retryDelay: 800,
            refetchOnWindowFocus: true,
            refetchOnReconnect: true,
            networkMode: NETWORK_MODE,
          },
          mutations: { networkMode: NETWORK_MODE },
        },
      }),
  )
  useEffect(() => watchOutage({ client }), [client])
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}
