'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { VersionsPanel } from '@/components/preset-versions/versions-panel'
import { PageFrame } from '@/components/shell/page-frame'
import { draftOf, NOTHING, type PresetDraft } from '@/lib/presets/draft/preset-draft'
import type { PresetContent } from '@/lib/presets/merge-preset'
import type { Preset } from '@/lib/presets/schema'
import { BasicsSection } from './basics-section'
import { ConflictDialog } from './conflict-dialog'
import type { EditorForm } from './editor-form'
import { EditorHeader } from './editor-header'
import { routableEndpointsQueryOptions } from './endpoints-query'
import { dropDraft, keepDraft } from './kept-draft'
import { KeptDraftNotice } from './kept-draft-notice'
import { LeaveDialog } from './leave-dialog'
import { ModelsSection } from './models-section'
import { NewerVersionNotice } from './newer-version-notice'
import { ParametersSection } from './parameters-section'
import { PlanPanel } from './plan-panel'
import { ProvidersSection } from './providers-section'
import { ReasoningSection } from './reasoning-section'
import { SaveBar } from './save-bar'
import { SnippetPanel } from './snippet-panel'
import { ToolsSection } from './tools-section'
import { useKeptDraft } from './use-kept-draft'
import { useLeaveGuard } from './use-leave-guard'
import { type PresetEditorState, usePresetEditor } from './use-preset-editor'
import { useSaveShortcut } from './use-save-shortcut'

/** The form of a preset with its live plan. `latest` is null for a new one, which may start from a draft. */
export function PresetEditor({
  latest,
  start,
  canEdit,
}: {
  latest: Preset | null
  start?: PresetDraft
  canEdit: boolean
}) {
  const router = useRouter()
  const root = useRef<HTMLDivElement>(null)
  const [isConflictClosed, setIsConflictClosed] = useState(false)
  const editor = usePresetEditor({ latest, ...(start ? { start } : {}) })
  const { base, draft, checked, isDirty } = editor
  const endpoints = useQuery(routableEndpointsQueryOptions()).data ?? []
  const slug = base?.slug ?? null
  const kept = useKeptDraft({
    slug,
    version: base?.designated_version.version ?? null,
    draft,
    isDirty,
    isOffering: canEdit && start === undefined,
  })
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
  const form: EditorForm = {
    draft,
    change: editor.change,
    errorAt: (path) => errorAt(editor, path),
    isReadOnly: !canEdit,
    endpoints,
  }
  useSaveShortcut(() => {
    if (canEdit && isDirty) save()
  })
  return (
    <PageFrame>
      <EditorHeader preset={base} canEdit={canEdit} />
      {kept.offered ? (
        <KeptDraftNotice
          kept={kept.offered}
          currentVersion={base?.designated_version.version ?? null}
          onRestore={() => {
            if (kept.offered) editor.change(kept.offered.draft)
            kept.offer(null)
          }}
          onDrop={kept.close}
        />
      ) : null}
      {latest && base && isDirty && latest.designated_version.version > base.designated_version.version ? (
        <NewerVersionNotice latest={latest} />
      ) : null}
      <div ref={root} className="grid items-start gap-4 sm:gap-5 xl:grid-cols-[minmax(0,1fr)_24.5rem]">
        <div className="flex min-w-0 flex-col gap-4 sm:gap-5">
          <fieldset disabled={!canEdit} className="contents">
            <legend className="sr-only">Preset</legend>
            <BasicsSection form={form} isNew={base === null} />
            <ModelsSection form={form} />
            <ProvidersSection form={form} />
            <ParametersSection form={form} />
            <ReasoningSection form={form} />
            <ToolsSection form={form} />
          </fieldset>
          {canEdit ? (
            <SaveBar
              editor={editor}
              onSave={() => save()}
              onDiscard={() => editor.change(startDraft(base))}
            />
          ) : null}
        </div>
        <div className="flex min-w-0 flex-col gap-4 sm:gap-5 xl:sticky xl:top-4 xl:col-start-2 xl:row-span-2 xl:row-start-1 xl:max-h-[calc(100dvh-2rem)] xl:overflow-y-auto">
          <PanelBoundary>
            <PlanPanel checked={checked} endpoints={endpoints} />
          </PanelBoundary>
          <SnippetPanel slug={draft.slug} hasModels={draft.models.length > 0} />
        </div>
        {base ? (
          <PanelBoundary>
            <VersionsPanel
              preset={base}
              form={isDirty ? formContent(editor) : null}
              canEdit={canEdit}
              onRolledBack={(preset) => editor.adopt(preset)}
            />
          </PanelBoundary>
        ) : null}
      </div>
      <LeaveDialog
        isOpen={guard.destination !== null}
        isSaving={editor.save.isPending}
        onStay={guard.stay}
        onLeave={() => {
          keepDraft({ slug, draft, version: base?.designated_version.version ?? null })
          if (guard.destination) router.push(guard.destination)
        }}
        onSave={() => {
          const goTo = guard.destination
          guard.stay()
          if (goTo) save({ goTo })
        }}
      />
      {base ? (
        <ConflictDialog
          slug={base.slug}
          message={isConflictClosed ? null : editor.conflict}
          mine={formContent(editor) ?? { systemPrompt: null, config: {} }}
          onClose={() => setIsConflictClosed(true)}
          onLoadTheirs={(theirs) => {
            kept.offer({ draft, version: base.designated_version.version, keptAtMs: Date.now() })
            editor.save.reset()
            editor.adopt(theirs)
          }}
          onSaveOver={(theirs) => save({ expectedVersion: theirs.designated_version.version })}
        />
      ) : null}
    </PageFrame>
  )
}

function startDraft(preset: Preset | null): PresetDraft {
  if (preset === null) return draftOf(NOTHING)
  const { system_prompt, config } = preset.designated_version
  return draftOf({ ...preset, system_prompt, config })
}

function formContent({ checked }: PresetEditorState): PresetContent | null {
  if (!checked.ok) return null
  return { systemPrompt: checked.body.system_prompt ?? null, config: checked.body.config ?? {} }
}

function errorAt({ errors }: PresetEditorState, path: string): string | undefined {
  return errors.find((error) => error.path === path || error.path.startsWith(`${path}.`))?.message
}

/** After the fields have been marked, which happens with the next drawing. */
function focusFirstError(root: HTMLElement | null): void {
  requestAnimationFrame(() => root?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
