'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { AppError, ERROR_STATUS } from '@/lib/platform/errors'

/** One more try for what may pass by itself; a wrong question gets the same answer twice. */
function shouldRetry(failureCount: number, error: Error): boolean {
  if (error instanceof AppError && ERROR_STATUS[error.code] < 500) return false
  return failureCount < 1
}

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { retry: shouldRetry, retryDelay: 800, refetchOnWindowFocus: true } },
      }),
  )
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}
