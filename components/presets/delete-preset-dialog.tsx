'use client'

import type { UseMutationResult } from '@tanstack/react-query'
import { ConfirmDialog } from '@/components/api/confirm-dialog'
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
  return (
    <ConfirmDialog
      title="Delete this preset for good?"
      isOpen={preset !== null}
      request={remove}
      action="Delete for good"
      busyAction="Deleting…"
      failure="Not deleted."
      onConfirm={() => preset !== null && remove.mutate(preset.slug, { onSuccess: onDeleted })}
      onClose={onClose}
    >
      <strong className="font-medium text-foreground">{preset?.name}</strong> and all its versions are
      removed. Requests that name{' '}
      <code className="font-mono text-xs text-foreground">@preset/{preset?.slug}</code> are refused. This
      cannot be undone.
    </ConfirmDialog>
  )
}
