'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { QueryBody } from '@/components/api/query-body'
import { authorWords } from '@/components/presets/author-words'
import { versionsQueryOptions } from '@/components/presets/presets-query'
import { Button } from '@/components/ui/button'
import { Moment } from '@/components/ui/moment'
import { Panel } from '@/components/ui/panel'
import type { PresetContent } from '@/lib/presets/merge-preset'
import type { Preset, PresetVersion } from '@/lib/presets/schema'
import { changeWords } from './change-words'
import { CompareDialog, type Comparison } from './compare-dialog'

/** Every version of a preset, newest first; any two can be compared, and an old one brought back. */
export function VersionsPanel({
  preset,
  form,
  canEdit,
  onRolledBack,
}: {
  preset: Preset
  /** What is in the form now; null while it is not valid or not changed. */
  form: PresetContent | null
  canEdit: boolean
  onRolledBack: (preset: Preset) => void
}) {
  const query = useQuery(versionsQueryOptions(preset.slug))
  const [comparison, setComparison] = useState<Comparison | null>(null)
  return (
    <Panel title="Versions" note="Never changed once saved; requests use the newest.">
      <QueryBody query={query} skeleton={<VersionsSkeleton />}>
        {(versions) => (
          <>
            <VersionList
              versions={versions}
              canEdit={canEdit}
              onCompare={(version) =>
                setComparison({
                  from: version.version,
                  to: form ? 'form' : preset.designated_version.version,
                })
              }
              onRollBack={(version) =>
                setComparison({
                  from: preset.designated_version.version,
                  to: version.version,
                  isRollback: true,
                })
              }
            />
            <CompareDialog
              preset={preset}
              versions={versions}
              form={form}
              comparison={comparison}
              onChange={setComparison}
              onRolledBack={onRolledBack}
            />
          </>
        )}
      </QueryBody>
    </Panel>
  )
}

function VersionList({
  versions,
  canEdit,
  onCompare,
  onRollBack,
}: {
  versions: readonly PresetVersion[]
  canEdit: boolean
  onCompare: (version: PresetVersion) => void
  onRollBack: (version: PresetVersion) => void
}) {
  return (
    <ol aria-label="Versions, newest first" reversed className="border-t">
      {versions.map((version, index) => (
        <li
          key={version.id}
          className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b px-4 py-2.5 last:border-b-0 sm:px-5"
        >
          <span className="w-10 shrink-0 font-medium tabular-nums">v{version.version}</span>
          <span className="min-w-0 flex-1 basis-56">
            <span className="block truncate text-sm">{changeWords(versions[index + 1], version)}</span>
            <span className="block truncate text-xs text-muted">
              {authorWords(version.creator_id)} · <Moment iso={version.created_at} />
            </span>
          </span>
          <span className="flex gap-1.5">
            {index === 0 ? (
              <span className="self-center rounded-md bg-accent-soft px-1.5 text-xs text-accent-strong">
                in use
              </span>
            ) : null}
            {versions.length > 1 ? (
              <Button
                size="small"
                onClick={() => onCompare(version)}
                aria-label={`Compare version ${version.version}`}
              >
                Compare
              </Button>
            ) : null}
            {index > 0 && canEdit ? (
              <Button
                size="small"
                onClick={() => onRollBack(version)}
                aria-label={`Roll back to version ${version.version}`}
              >
                Roll back
              </Button>
            ) : null}
          </span>
        </li>
      ))}
    </ol>
  )
}

function VersionsSkeleton() {
  return (
    <div aria-hidden="true">
      {[0, 1].map((row) => (
        <div key={row} className="flex h-14 items-center gap-4 border-t px-4 sm:px-5">
          <span className="skeleton h-4 w-8" />
          <span className="skeleton h-4 w-56" />
        </div>
      ))}
    </div>
  )
}
