'use client'

import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { errorMessage } from './error-note'

/** The request behind the question, as React Query's mutations have it. */
type Request = { isPending: boolean; error: Error | null; reset: () => void }

/** Asks before something is done that cannot be undone; says why when it was not done. */
export function ConfirmDialog({
  title,
  isOpen,
  request,
  action,
  busyAction,
  failure,
  onConfirm,
  onClose,
  children,
}: {
  title: string
  isOpen: boolean
  request: Request
  /** What the button does, and what it says while it is being done. */
  action: string
  busyAction: string
  /** What stands before the reason: “Not deleted.” */
  failure: string
  onConfirm: () => void
  onClose: () => void
  children: ReactNode
}) {
  const close = () => {
    request.reset()
    onClose()
  }
  return (
    <Dialog title={title} isOpen={isOpen} onClose={close}>
      <p className="text-muted">{children}</p>
      {request.error ? (
        <Notice tone="negative" role="alert" className="mt-3">
          {failure} {errorMessage(request.error)}
        </Notice>
      ) : null}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={close}>Keep it</Button>
        <Button variant="danger" disabled={request.isPending} onClick={onConfirm}>
          {request.isPending ? busyAction : action}
        </Button>
      </div>
    </Dialog>
  )
}
