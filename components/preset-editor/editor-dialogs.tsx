'use client'

import { ConflictDialog } from './conflict-dialog'
import { formContent } from './form-content'
import { LeaveDialog } from './leave-dialog'
import type { EditorSession } from './use-editor-session'

/** What interrupts editing: leaving with unsaved changes, and somebody else's save. */
export function EditorDialogs({ session }: { session: EditorSession }) {
  const { editor, guard, save } = session
  const saveAndLeave = () => {
    const goTo = guard.destination
    guard.stay()
    if (goTo) save({ goTo })
  }
  return (
    <>
      <LeaveDialog
        isOpen={guard.destination !== null}
        isSaving={editor.save.isPending}
        onStay={guard.stay}
        onLeave={session.leave}
        onSave={saveAndLeave}
      />
      {editor.base ? (
        <ConflictDialog
          slug={editor.base.slug}
          message={session.conflict}
          mine={formContent(editor.checked) ?? { systemPrompt: null, config: {} }}
          onClose={session.closeConflict}
          onLoadTheirs={session.loadTheirs}
          onSaveOver={(theirs) => save({ expectedVersion: theirs.designated_version.version })}
        />
      ) : null}
    </>
  )
}
