'use client'

import { catchError, type ErrorInfo } from 'next/error'
import { ErrorNote } from './error-note'

function PanelFailure(_properties: object, { error, reset }: ErrorInfo) {
  return (
    <div className="rounded-xl border bg-surface">
      <ErrorNote error={error} isRetrying={false} onRetry={reset} />
    </div>
  )
}

/** A panel that breaks while drawing leaves the others alive. */
export const PanelBoundary = catchError(PanelFailure)
