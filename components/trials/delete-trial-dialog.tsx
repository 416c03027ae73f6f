'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { errorMessage } from '@/components/api/error-note'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
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
  const close = () => {
    remove.reset()
    onClose()
  }
  return (
    <Dialog title="Delete this trial?" isOpen={isOpen} onClose={close}>
      <p className="text-muted">
        Its calls go with it. The requests it sent stay in the logs and in every number made from them.
      </p>
      {remove.isError ? (
        <Notice tone="negative" role="alert" className="mt-3">
          Not deleted. {errorMessage(remove.error)}
        </Notice>
      ) : null}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={close}>Keep it</Button>
        <Button variant="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
          {remove.isPending ? 'Deleting…' : 'Delete the trial'}
        </Button>
      </div>
    </Dialog>
  )
}
