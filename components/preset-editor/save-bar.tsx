'use client'

import { Button } from '@/components/ui/button'
import type { PresetEditorState } from './use-preset-editor'

/** Always in reach: what is unsaved, what is wrong, and the button that saves. */
export function SaveBar({
  editor,
  onSave,
  onDiscard,
}: {
  editor: PresetEditorState
  onSave: () => void
  onDiscard: (() => void) | null
}) {
  const { base, save, isDirty } = editor
  if (!isDirty && base !== null && !save.isSuccess) return null
  return (
    <div className="sticky bottom-3 z-20 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-xl border border-border-strong bg-surface px-4 py-2.5 shadow-raised">
      <p role="status" className="min-w-0 flex-1 basis-28 text-sm">
        <SaveStatus editor={editor} />
      </p>
      <span className="flex gap-2">
        {isDirty && onDiscard ? (
          <Button variant="quiet" onClick={onDiscard}>
            Discard
          </Button>
        ) : null}
        {isDirty || base === null ? (
          <Button variant="primary" disabled={save.isPending} onClick={onSave}>
            {save.isPending ? 'Saving…' : saveLabel(editor)}
          </Button>
        ) : null}
      </span>
    </div>
  )
}

function SaveStatus({ editor }: { editor: PresetEditorState }) {
  const { base, save, isDirty, errors, conflict } = editor
  if (errors.length > 0) {
    return (
      <span className="text-negative">
        {errors.length === 1 ? 'One field needs a look' : `${errors.length} fields need a look`}
      </span>
    )
  }
  if (save.isError && conflict === null && isDirty) {
    return <span className="text-negative">Not saved. {save.error.message}</span>
  }
  if (isDirty)
    return <span className="text-muted">{base === null ? 'Not created yet' : 'Unsaved changes'}</span>
  if (base === null) return <span className="text-muted">A name and a slug are enough to begin</span>
  const { version } = base.designated_version
  const isNewVersion = save.variables?.expectedVersion !== version
  return (
    <span className="text-positive">
      {isNewVersion ? `Saved as version ${version}. Requests use it from now on.` : 'Saved.'}
    </span>
  )
}

function saveLabel({ base, makesVersion }: PresetEditorState): string {
  if (base === null) return 'Create preset'
  return makesVersion ? `Save as version ${base.designated_version.version + 1}` : 'Save'
}
