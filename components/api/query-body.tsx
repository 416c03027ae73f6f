'use client'

import clsx from 'clsx'
import type { ReactNode } from 'react'
import { ErrorNote } from './error-note'

/** What of a query is looked at here; a query by pages has it too. */
export type ShownQuery<Data> = {
  data: Data | undefined
  error: unknown
  isError: boolean
  isFetching: boolean
  isPlaceholderData: boolean
  refetch: () => Promise<unknown>
}

/**
 * What a panel shows while its query is loading, has failed, or has an answer. While another window is on its way the
 * old answer stays, dimmed, so that nothing jumps.
 */
export function QueryBody<Data>({
  query,
  skeleton,
  children,
  className,
  errorClassName,
}: {
  query: ShownQuery<Data>
  skeleton: ReactNode
  children: (data: Data) => ReactNode
  className?: string
  /** The height of the content, so that a failure takes the same room. */
  errorClassName?: string
}) {
  if (query.data !== undefined) {
    return (
      <div
        aria-busy={query.isPlaceholderData}
        className={clsx(
          'transition-opacity duration-200',
          query.isPlaceholderData && 'opacity-50 delay-150',
          className,
        )}
      >
        {children(query.data)}
      </div>
    )
  }
  if (query.isError) {
    return (
      <div className={className}>
        <div className={errorClassName}>
          <ErrorNote error={query.error} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
        </div>
      </div>
    )
  }
  return (
    <div className={className} aria-busy="true">
      <span className="sr-only" role="status">
        Loading
      </span>
      {skeleton}
    </div>
  )
}
