'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { errorMessage } from '@/components/api/error-note'
import { patchPreset, presetQueryOptions } from '@/components/presets/presets-query'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { SelectField } from '@/components/ui/select-field'
import type { PresetContent } from '@/lib/presets/merge-preset'
import type { Preset, PresetVersion } from '@/lib/presets/schema'
import { contentOf } from './change-words'
import { VersionDiff } from './version-diff'

type Side = number | 'form'
export type Comparison = { from: Side; to: Side; isRollback?: boolean }

/** Two versions, or a version and the form, side by side; before a rollback this is what is agreed to. */
export function CompareDialog({
  preset,
  versions,
  form,
  comparison,
  onChange,
  onRolledBack,
}: {
  preset: Preset
  versions: readonly PresetVersion[]
  form: PresetContent | null
  comparison: Comparison | null
  onChange: (comparison: Comparison | null) => void
  onRolledBack: (preset: Preset) => void
}) {
  const rollBack = useRollBack({ preset, onRolledBack })
  const close = () => {
    rollBack.reset()
    onChange(null)
  }
  const title = comparison?.isRollback ? `Roll back to version ${comparison.to}?` : 'Compare versions'
  return (
    <Dialog title={title} isOpen={comparison !== null} size="large" onClose={close}>
      {comparison === null ? null : (
        <>
          {comparison.isRollback ? (
            <p className="mb-3 text-muted">
              Its content becomes version {preset.designated_version.version + 1}, and requests use it from
              then on. Nothing is lost: version {preset.designated_version.version} stays.
              {form ? ' The unsaved changes in the form are given up.' : ''}
            </p>
          ) : (
            <Sides versions={versions} form={form} comparison={comparison} onChange={onChange} />
          )}
          <VersionDiff
            before={contentAt(comparison.from, versions, form)}
            after={contentAt(comparison.to, versions, form)}
          />
          {rollBack.isError ? (
            <Notice tone="negative" role="alert" className="mt-3">
              Not rolled back. {errorMessage(rollBack.error)}
            </Notice>
          ) : null}
          <div className="mt-5 flex justify-end gap-2">
            <Button onClick={close}>{comparison.isRollback ? 'Keep the current version' : 'Close'}</Button>
            {comparison.isRollback && typeof comparison.to === 'number' ? (
              <Button
                variant="primary"
                disabled={rollBack.isPending}
                onClick={() => rollBack.mutate(Number(comparison.to), { onSuccess: close })}
              >
                {rollBack.isPending ? 'Rolling back…' : `Roll back to version ${comparison.to}`}
              </Button>
            ) : null}
          </div>
        </>
      )}
    </Dialog>
  )
}

function useRollBack({ preset, onRolledBack }: { preset: Preset; onRolledBack: (preset: Preset) => void }) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (version: number) =>
      patchPreset({
        slug: preset.slug,
        patch: { designated_version: version, expected_version: preset.designated_version.version },
      }),
    onSuccess: (saved) => {
      client.setQueryData(presetQueryOptions(saved.slug).queryKey, saved)
      onRolledBack(saved)
      void client.invalidateQueries({ queryKey: ['presets', 'list'] })
      return client.invalidateQueries({ queryKey: ['presets', 'versions'] })
    },
  })
}

function Sides({
  versions,
  form,
  comparison,
  onChange,
}: {
  versions: readonly PresetVersion[]
  form: PresetContent | null
  comparison: Comparison
  onChange: (comparison: Comparison) => void
}) {
  const options = [
    ...(form ? [{ value: 'form', label: 'Your form' }] : []),
    ...versions.map(({ version }) => ({ value: String(version), label: `Version ${version}` })),
  ]
  const sideOf = (value: string): Side => (value === 'form' ? 'form' : Number(value))
  return (
    <div className="mb-3 flex items-end gap-3">
      <SelectField
        label="From"
        options={options}
        value={String(comparison.from)}
        onChange={(value) => onChange({ ...comparison, from: sideOf(value) })}
        className="min-w-0 flex-1"
      />
      <ArrowRight className="mb-2.5 size-4 shrink-0 text-muted" aria-hidden="true" />
      <SelectField
        label="To"
        options={options}
        value={String(comparison.to)}
        onChange={(value) => onChange({ ...comparison, to: sideOf(value) })}
        className="min-w-0 flex-1"
      />
    </div>
  )
}

function contentAt(
  side: Side,
  versions: readonly PresetVersion[],
  form: PresetContent | null,
): PresetContent {
  const version = versions.find((one) => one.version === side)
  if (side === 'form' || version === undefined) return form ?? { systemPrompt: null, config: {} }
  return contentOf(version)
}
