'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { createPreset, patchPreset, presetQueryOptions } from '@/components/presets/presets-query'
import { AppError, type FieldError } from '@/lib/platform/errors'
import { draftChanges } from '@/lib/presets/draft/draft-changes'
import { draftToBody } from '@/lib/presets/draft/draft-to-body'
import { draftOfPreset, type PresetDraft } from '@/lib/presets/draft/preset-draft'
import { isSameJson } from '@/lib/presets/same-json'
import type { CreatePresetBody, Preset } from '@/lib/presets/schema'

type Saving = { body: CreatePresetBody; draft: PresetDraft; expectedVersion: number | null }

/** A preset's form: its draft, what is wrong with it, and saving it. `latest` is null for a new preset. */
export function usePresetEditor({ latest, start }: { latest: Preset | null; start?: PresetDraft }) {
  const client = useQueryClient()
  const [base, setBase] = useState(latest)
  const [draft, setDraft] = useState(() => start ?? draftOfPreset(latest))
  const [wasTried, setWasTried] = useState(false)
  const checked = useMemo(() => draftToBody(draft), [draft])
  const isDirty = useMemo(() => !isSameJson(draft, draftOfPreset(base)), [draft, base])

  const adopt = (preset: Preset, next: PresetDraft = draftOfPreset(preset)) => {
    setBase(preset)
    setDraft(next)
    setWasTried(false)
  }
  const save = useMutation({
    mutationFn: (saving: Saving) => store({ base, saving }),
    onSuccess: (preset, saving) => {
      client.setQueryData(presetQueryOptions(preset.slug).queryKey, preset)
      // Whatever was typed while the answer was on its way stays.
      setDraft((current) => (current === saving.draft ? draftOfPreset(preset) : current))
      setBase(preset)
      setWasTried(false)
      void client.invalidateQueries({ queryKey: ['presets', 'list'] })
      void client.invalidateQueries({ queryKey: ['presets', 'versions'] })
    },
  })
  // Somebody else's version is shown at once where nothing would be lost.
  if (latest && base && !isDirty && latest.updated_at > base.updated_at) adopt(latest)

  const errors = visibleErrors({
    errors: checked.ok ? serverErrors({ error: save.error, saving: save.variables, draft }) : checked.errors,
    draft,
    wasTried,
  })
  const submit = (
    expectedVersion = base?.designated_version.version ?? null,
    onSaved?: (saved: Preset) => void,
  ) => {
    setWasTried(true)
    if (!checked.ok) return false
    save.mutate({ body: checked.body, draft, expectedVersion }, onSaved ? { onSuccess: onSaved } : {})
    return true
  }
  return {
    base,
    draft,
    checked,
    isDirty,
    errors,
    save,
    conflict: conflictOf(save.error),
    /** Whether saving would make a version. */
    makesVersion:
      checked.ok && (base === null || draftChanges({ body: checked.body, base }).config !== undefined),
    change: (part: Partial<PresetDraft>) => setDraft((current) => ({ ...current, ...part })),
    adopt,
    submit,
  }
}

export type PresetEditorState = ReturnType<typeof usePresetEditor>

function store({ base, saving }: { base: Preset | null; saving: Saving }): Promise<Preset> {
  const { body, expectedVersion } = saving
  if (base === null) return createPreset(body)
  const changes = draftChanges({ body, base })
  // Names alone cannot run into somebody else's version.
  const guard =
    changes.config === undefined || expectedVersion === null ? {} : { expected_version: expectedVersion }
  return patchPreset({ slug: base.slug, patch: { ...changes, ...guard } })
}

/** Names that are still to be given are not held against a preset before it is sent. */
function visibleErrors({
  errors,
  draft,
  wasTried,
}: {
  errors: FieldError[]
  draft: PresetDraft
  wasTried: boolean
}): FieldError[] {
  if (wasTried) return errors
  return errors.filter(({ path }) => (path === 'name' || path === 'slug' ? draft[path].trim() !== '' : true))
}

/** What the server says about single fields, until they are changed. */
function serverErrors({
  error,
  saving,
  draft,
}: {
  error: Error | null
  saving: Saving | undefined
  draft: PresetDraft
}): FieldError[] {
  if (saving?.draft !== draft || !(error instanceof AppError)) return []
  return (error.details ?? []).filter(({ path }) => path !== 'expected_version')
}

/** The message of a save that came after somebody else's; null for every other failure. */
function conflictOf(error: Error | null): string | null {
  if (!(error instanceof AppError) || error.code !== 'conflict') return null
  return error.details?.some(({ path }) => path === 'expected_version') ? error.message : null
}
