'use client'

import { useRouter } from 'next/navigation'
import { type RefObject, useState } from 'react'
import type { PresetDraft } from '@/lib/presets/draft/preset-draft'
import type { Preset } from '@/lib/presets/schema'
import { dropDraft, keepDraft } from './kept-draft'
import { useKeptDraft } from './use-kept-draft'
import { useLeaveGuard } from './use-leave-guard'
import { usePresetEditor } from './use-preset-editor'
import { useSaveShortcut } from './use-save-shortcut'

/** A visit to a preset's form: the form itself, what is kept of it, and what happens when it is saved or left. */
export function useEditorSession({
  latest,
  start,
  canEdit,
  root,
}: {
  latest: Preset | null
  start: PresetDraft | undefined
  canEdit: boolean
  /** Around the form; the first wrong field in it is focused. */
  root: RefObject<HTMLElement | null>
}) {
  const router = useRouter()
  const [isConflictClosed, setIsConflictClosed] = useState(false)
  const editor = usePresetEditor({ latest, ...(start ? { start } : {}) })
  const { base, draft, isDirty } = editor
  const slug = base?.slug ?? null
  const version = base?.designated_version.version ?? null
  const kept = useKeptDraft({ slug, version, draft, isDirty, isOffering: canEdit && start === undefined })
  const guard = useLeaveGuard(isDirty)

  const save = ({ expectedVersion, goTo }: { expectedVersion?: number; goTo?: string } = {}) => {
    setIsConflictClosed(false)
    const isSent = editor.submit(expectedVersion, (saved) => {
      dropDraft(slug)
      kept.offer(null)
      if (goTo !== undefined) router.push(goTo)
      else if (saved.slug !== slug) router.replace(`/presets/${saved.slug}`)
    })
    if (!isSent) focusFirstError(root.current)
  }
  useSaveShortcut(() => {
    if (canEdit && isDirty) save()
  })
  return {
    editor,
    kept,
    guard,
    save,
    conflict: isConflictClosed ? null : editor.conflict,
    closeConflict: () => setIsConflictClosed(true),
    /** Theirs replaces the form, whose content is offered back. */
    loadTheirs: (theirs: Preset) => {
      kept.offer({ draft, version, keptAtMs: Date.now() })
      editor.save.reset()
      editor.adopt(theirs)
    },
    leave: () => {
      keepDraft({ slug, draft, version })
      if (guard.destination) router.push(guard.destination)
    },
  }
}

export type EditorSession = ReturnType<typeof useEditorSession>

/** After the fields have been marked, which happens with the next drawing. */
function focusFirstError(root: HTMLElement | null): void {
  requestAnimationFrame(() => root?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
