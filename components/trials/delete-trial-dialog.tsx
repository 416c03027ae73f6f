'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { ConfirmDialog } from '@/components/api/confirm-dialog'
import { deleteTrial, trialListQueryOptions } from './trials-query'

export function DeleteTrialDialog({
  id,
  isOpen,
  onClose,
}: {
  id: string
  isOpen: boolean
  onClose: () => void
}) {
  const router = useRouter()
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => deleteTrial(id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: trialListQueryOptions().queryKey })
      router.push('/trials')
    },
  })
  return (
    <ConfirmDialog
      title="Delete this trial?"
      isOpen={isOpen}
      request={remove}
      action="Delete the trial"
      busyAction="Deleting…"
      failure="Not deleted."
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      Its calls go with it. The requests it sent stay in the logs and in every number made from them.
    </ConfirmDialog>
  )
}
