'use client'

import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'

/** Asks before a page with unsaved changes is left. */
export function LeaveDialog({
  isOpen,
  isSaving,
  onStay,
  onLeave,
  onSave,
}: {
  isOpen: boolean
  isSaving: boolean
  onStay: () => void
  onLeave: () => void
  onSave: () => void
}) {
  return (
    <Dialog title="Leave without saving?" isOpen={isOpen} onClose={onStay}>
      <p className="text-muted">
        Your changes are not saved. If you leave, this tab keeps them and offers them when you come back.
      </p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onStay}>Stay here</Button>
        <Button onClick={onLeave}>Leave</Button>
        <Button variant="primary" disabled={isSaving} onClick={onSave}>
          {isSaving ? 'Saving…' : 'Save and leave'}
        </Button>
      </div>
    </Dialog>
  )
}
