import { modelsOf } from '@/lib/presets/merge-preset'
import type { Preset } from '@/lib/presets/schema'

/** Presets whose name, slug, models or providers contain every word of the search; archived ones when asked for. */
export function filterPresets({
  presets,
  search,
  withArchived,
}: {
  presets: readonly Preset[]
  search: string
  withArchived: boolean
}): Preset[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return presets.filter((preset) => {
    if (preset.status === 'archived' && !withArchived) return false
    const text = searchable(preset)
    return words.every((word) => text.includes(word))
  })
}

function searchable({ name, slug, description, designated_version: { config } }: Preset): string {
  const { order, only, ignore } = config.provider ?? {}
  const parts = [name, slug, description, modelsOf(config), order, only, ignore]
  return parts.flat().join(' ').toLowerCase()
}
