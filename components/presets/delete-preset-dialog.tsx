'use client'

import type { UseMutationResult } from '@tanstack/react-query'
import { errorMessage } from '@/components/api/error-note'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import type { DeletePresetAnswer, Preset } from '@/lib/presets/schema'

/** Asks before a preset and its versions are removed for good. */
export function DeletePresetDialog({
  preset,
  remove,
  onClose,
  onDeleted,
}: {
  preset: Preset | null
  remove: UseMutationResult<DeletePresetAnswer, Error, string>
  onClose: () => void
  onDeleted: () => void
}) {
  const close = () => {
    remove.reset()
    onClose()
  }
  return (
    <Dialog title="Delete this preset for good?" isOpen={preset !== null} onClose={close}>
      <p className="text-muted">
        <strong className="font-medium text-foreground">{preset?.name}</strong> and all its versions are
        removed. Requests that name{' '}
        <code className="font-mono text-xs text-foreground">@preset/{preset?.slug}</code> are refused. This
        cannot be undone.
      </p>
      {remove.isError ? (
        <Notice tone="negative" role="alert" className="mt-3">
          Not deleted. {errorMessage(remove.error)}
        </Notice>
      ) : null}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={close}>Keep it</Button>
        <Button
          variant="danger"
          disabled={remove.isPending}
          onClick={() => preset !== null && remove.mutate(preset.slug, { onSuccess: onDeleted })}
        >
          {remove.isPending ? 'Deleting…' : 'Delete for good'}
        </Button>
      </div>
    </Dialog>
  )
}
