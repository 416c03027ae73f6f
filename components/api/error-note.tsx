'use client'

import { RotateCw, TriangleAlert } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { AppError } from '@/lib/platform/errors'

/** Says what went wrong where the numbers would stand, and offers another try unless there is nothing to find. */
export function ErrorNote({
  error,
  isRetrying,
  onRetry,
}: {
  error: unknown
  isRetrying: boolean
  onRetry: () => void
}) {
  const isMissing = error instanceof AppError && error.code === 'not_found'
  return (
    <div
      role="alert"
      className="flex h-full min-h-32 flex-col items-center justify-center gap-1 px-4 py-6 text-center"
    >
      {isMissing ? null : <TriangleAlert className="mb-1 size-5 text-negative" aria-hidden="true" />}
      <p className="font-medium">{isMissing ? 'There is nothing here' : 'This could not be loaded'}</p>
      <p className="max-w-md text-sm text-balance text-muted">{errorMessage(error)}</p>
      {isMissing ? null : (
        <Button className="mt-3" onClick={onRetry} disabled={isRetrying}>
          <RotateCw aria-hidden="true" />
          {isRetrying ? 'Trying again…' : 'Try again'}
        </Button>
      )}
    </div>
  )
}

/** Only our own errors carry a message made for people. */
export function errorMessage(error: unknown): string {
  return error instanceof AppError ? error.message : 'Something went wrong in this part of the page.'
}
