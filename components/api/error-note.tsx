'use client'

import { RotateCw, TriangleAlert } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { AppError } from '@/lib/platform/errors'

/** Says what went wrong where the numbers would stand, and offers another try. */
export function ErrorNote({
  error,
  isRetrying,
  onRetry,
}: {
  error: unknown
  isRetrying: boolean
  onRetry: () => void
}) {
  return (
    <div
      role="alert"
      className="flex h-full min-h-32 flex-col items-center justify-center gap-1 px-4 py-6 text-center"
    >
      <TriangleAlert className="mb-1 size-5 text-negative" aria-hidden="true" />
      <p className="font-medium">This could not be loaded</p>
      <p className="max-w-md text-sm text-balance text-muted">{errorMessage(error)}</p>
      <Button className="mt-3" onClick={onRetry} disabled={isRetrying}>
        <RotateCw aria-hidden="true" />
        {isRetrying ? 'Trying again…' : 'Try again'}
      </Button>
    </div>
  )
}

/** Only our own errors carry a message made for people. */
export function errorMessage(error: unknown): string {
  return error instanceof AppError ? error.message : 'Something went wrong in this part of the page.'
}
