'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { errorMessage } from '@/components/api/error-note'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { SearchField } from '@/components/ui/search-field'
import type { Preset } from '@/lib/presets/schema'
import { DeletePresetDialog } from './delete-preset-dialog'
import { filterPresets } from './filter-presets'
import { PresetMenu } from './preset-menu'
import { PresetTable } from './preset-table'
import { PresetsEmpty } from './presets-empty'
import { presetsQueryOptions } from './presets-query'
import { presetsParsers } from './presets-url-state'
import { usePresetActions } from './use-preset-actions'

export function PresetsPanel({ canEdit }: { canEdit: boolean }) {
  const query = useQuery(presetsQueryOptions())
  const [state, setState] = useQueryStates(presetsParsers)
  const archived = query.data?.filter(({ status }) => status === 'archived').length ?? 0
  return (
    <Panel
      title="All presets"
      note={
        query.data ? (
          <>
            {query.data.length - archived} in use{archived > 0 ? `, ${archived} archived` : ''}
            <Freshness query={query} />
          </>
        ) : (
          'Last changed first'
        )
      }
      actions={
        <div className="flex flex-wrap items-center gap-3 max-sm:w-full">
          {archived > 0 ? (
            <label className="flex items-center gap-2 text-sm">
              <input
                type="checkbox"
                checked={state.archived}
                onChange={(event) => void setState({ archived: event.target.checked || null })}
                className="size-4 accent-accent"
              />
              Show archived
            </label>
          ) : null}
          {query.data?.length === 0 ? null : (
            <SearchField
              label="Search presets"
              placeholder="Name, model, provider"
              value={state.q}
              onChange={(q) => void setState({ q: q || null })}
            />
          )}
        </div>
      }
    >
      <QueryBody query={query} skeleton={<PresetsSkeleton />}>
        {(presets) =>
          presets.length === 0 ? (
            <PresetsEmpty canEdit={canEdit} />
          ) : (
            <FoundPresets
              presets={filterPresets({ presets, search: state.q, withArchived: state.archived })}
              canEdit={canEdit}
              onClear={() => void setState({ q: null, archived: true })}
            />
          )
        }
      </QueryBody>
    </Panel>
  )
}

function FoundPresets({
  presets,
  canEdit,
  onClear,
}: {
  presets: readonly Preset[]
  canEdit: boolean
  onClear: () => void
}) {
  const { setStatus, remove } = usePresetActions()
  const [toDelete, setToDelete] = useState<Preset | null>(null)
  if (presets.length === 0) {
    return (
      <div className="border-t">
        <EmptyState title="No preset matches" actions={<Button onClick={onClear}>Show all presets</Button>} />
      </div>
    )
  }
  return (
    <>
      {setStatus.isError ? (
        <Notice tone="negative" role="alert" className="mx-4 mb-3 sm:mx-5">
          Not changed. {errorMessage(setStatus.error)}
        </Notice>
      ) : null}
      <PresetTable
        presets={presets}
        menuOf={(preset) => (
          <PresetMenu
            preset={preset}
            canEdit={canEdit}
            onStatus={(status) => setStatus.mutate({ slug: preset.slug, status })}
            onDelete={() => setToDelete(preset)}
          />
        )}
      />
      <DeletePresetDialog
        preset={toDelete}
        remove={remove}
        onClose={() => setToDelete(null)}
        onDeleted={() => setToDelete(null)}
      />
    </>
  )
}

function PresetsSkeleton() {
  return (
    <div aria-hidden="true">
      {[0, 1, 2].map((row) => (
        <div key={row} className="flex h-15 items-center gap-6 border-t px-4 sm:px-5">
          <span className="skeleton h-4 w-40" />
          <span className="skeleton h-4 w-32 max-md:hidden" />
          <span className="skeleton h-4 flex-1 max-md:hidden" />
          <span className="skeleton ml-auto h-4 w-24" />
        </div>
      ))}
    </div>
  )
}
