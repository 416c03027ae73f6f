'use client'

import { useMutation } from '@tanstack/react-query'
import { ConfirmDialog } from '@/components/api/confirm-dialog'
import { Dialog } from '@/components/ui/dialog'
import type { User } from '@/lib/access/user-schema'
import { SecretOnce } from './secret-once'
import { resetPassword } from './users-query'

/** For somebody who forgot theirs: asks first, since it ends their sessions, then shows the new one. */
export function NewPasswordDialog({ person, onClose }: { person: User | null; onClose: () => void }) {
  const reset = useMutation({ mutationFn: resetPassword })
  const close = () => {
    reset.reset()
    onClose()
  }
  if (reset.data) {
    return (
      <Dialog title="Copy the password now" isOpen onClose={close}>
        <SecretOnce secret={reset.data.password} onDone={close}>
          The new password of <strong className="font-medium text-foreground">{reset.data.email}</strong>. It
          is shown only now.
        </SecretOnce>
      </Dialog>
    )
  }
  return (
    <ConfirmDialog
      title="Make a new password?"
      isOpen={person !== null}
      request={reset}
      action="Make a new one"
      busyAction="Making…"
      failure="Not changed."
      onConfirm={() => person !== null && reset.mutate(person.id)}
      onClose={close}
    >
      The password of <strong className="font-medium text-foreground">{person?.email}</strong> stops working,
      and they are signed out everywhere.
    </ConfirmDialog>
  )
}
