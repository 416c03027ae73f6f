'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ConfirmDialog } from '@/components/api/confirm-dialog'
import type { User } from '@/lib/access/user-schema'
import { removeUser, usersQueryOptions } from './users-query'

export function RemovePersonDialog({ person, onClose }: { person: User | null; onClose: () => void }) {
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: removeUser,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: usersQueryOptions().queryKey })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title="Remove this person?"
      isOpen={person !== null}
      request={remove}
      action="Remove the person"
      busyAction="Removing…"
      failure="Not removed."
      onConfirm={() => person !== null && remove.mutate(person.id)}
      onClose={onClose}
    >
      <strong className="font-medium text-foreground">{person?.email}</strong> is signed out and cannot sign
      in any more. What they changed stays; API keys go on working.
    </ConfirmDialog>
  )
}
