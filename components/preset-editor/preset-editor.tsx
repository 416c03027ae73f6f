'use client'

import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { VersionsPanel } from '@/components/preset-versions/versions-panel'
import { PageFrame } from '@/components/shell/page-frame'
import type { Endpoint } from '@/lib/catalog/schema'
import { draftOfPreset, type PresetDraft } from '@/lib/presets/draft/preset-draft'
import type { Preset } from '@/lib/presets/schema'
import { EditorDialogs } from './editor-dialogs'
import type { EditorForm } from './editor-form'
import { EditorHeader } from './editor-header'
import { EditorNotices } from './editor-notices'
import { routableEndpointsQueryOptions } from './endpoints-query'
import { formContent } from './form-content'
import { PlanPanel } from './plan-panel'
import { PresetSections } from './preset-sections'
import { SaveBar } from './save-bar'
import { SnippetPanel } from './snippet-panel'
import { useEditorSession } from './use-editor-session'
import type { PresetEditorState } from './use-preset-editor'

/** The form of a preset beside its live plan. `latest` is null for a new one, which may start from a draft. */
export function PresetEditor({
  latest,
  start,
  canEdit,
}: {
  latest: Preset | null
  start?: PresetDraft
  canEdit: boolean
}) {
  const root = useRef<HTMLDivElement>(null)
  const session = useEditorSession({ latest, start, canEdit, root })
  const endpointsQuery = useQuery(routableEndpointsQueryOptions())
  const { editor } = session
  const { base, draft, checked, isDirty } = editor
  const form = formOf({ editor, canEdit, endpointsQuery })
  return (
    <PageFrame>
      <EditorHeader preset={base && latest ? { ...base, status: latest.status } : base} canEdit={canEdit} />
      <EditorNotices session={session} latest={latest} />
      <div ref={root} className="grid items-start gap-4 sm:gap-5 xl:grid-cols-[minmax(0,1fr)_24.5rem]">
        <div className="flex min-w-0 flex-col gap-4 sm:gap-5">
          <PresetSections form={form} isNew={base === null} />
          {canEdit ? (
            <SaveBar
              editor={editor}
              onSave={() => session.save()}
              onDiscard={() => editor.change(draftOfPreset(base))}
            />
          ) : null}
        </div>
        <div className="flex min-w-0 flex-col gap-4 sm:gap-5 xl:sticky xl:top-4 xl:col-start-2 xl:row-span-2 xl:row-start-1 xl:max-h-[calc(100dvh-2rem)] xl:overflow-y-auto">
          <PanelBoundary>
            <PlanPanel config={checked.config} endpoints={form.endpoints} />
          </PanelBoundary>
          <SnippetPanel slug={draft.slug} hasModels={draft.models.length > 0} />
        </div>
        {base ? (
          <PanelBoundary>
            <VersionsPanel
              preset={base}
              form={isDirty ? formContent(checked) : null}
              canEdit={canEdit}
              onRolledBack={(preset) => editor.adopt(preset)}
            />
          </PanelBoundary>
        ) : null}
      </div>
      <EditorDialogs session={session} />
    </PageFrame>
  )
}

function formOf({
  editor,
  canEdit,
  endpointsQuery,
}: {
  editor: PresetEditorState
  canEdit: boolean
  endpointsQuery: UseQueryResult<Endpoint[]>
}): EditorForm {
  const noEndpoints = endpointsQuery.isError
    ? 'The gateway’s endpoints could not be loaded.'
    : endpointsQuery.isPending
      ? 'Loading…'
      : 'The gateway has no enabled endpoint yet.'
  return {
    draft: editor.draft,
    change: editor.change,
    errorAt: (path) =>
      editor.errors.find((error) => error.path === path || error.path.startsWith(`${path}.`))?.message,
    isReadOnly: !canEdit,
    endpoints: endpointsQuery.data ?? [],
    noEndpoints,
  }
}
