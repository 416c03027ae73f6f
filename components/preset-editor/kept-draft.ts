import { draftOf, NOTHING, type PresetDraft } from '@/lib/presets/draft/preset-draft'

/** What a form held that was left without saving. */
export type KeptDraft = {
  draft: PresetDraft
  /** The version it started from; null for a new preset. */
  version: number | null
  keptAtMs: number
}

/** Keeps a form's state for this tab. `slug` is null for a preset that does not exist yet. */
export function keepDraft({
  slug,
  draft,
  version,
}: {
  slug: string | null
  draft: PresetDraft
  version: number | null
}): void {
  const kept: KeptDraft = { draft, version, keptAtMs: Date.now() }
  try {
    sessionStorage.setItem(keyOf(slug), JSON.stringify(kept))
  } catch {
    // Storage is full or switched off; leaving the page still asks.
  }
}

/** What was kept, or null; one that another release of the page kept in another form is forgotten. */
export function readKeptDraft(slug: string | null): KeptDraft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(slug)) ?? 'null')
    return isKeptDraft(kept) ? kept : null
  } catch {
    return null
  }
}

export function dropDraft(slug: string | null): void {
  try {
    sessionStorage.removeItem(keyOf(slug))
  } catch {
    // As in keepDraft: without storage there is nothing to forget.
  }
}

function keyOf(slug: string | null): string {
  return slug === null ? 'sightglass.new-preset' : `sightglass.preset.${slug}`
}

function isKeptDraft(value: unknown): value is KeptDraft {
  return hasShapeOf(value, { draft: draftOf(NOTHING), keptAtMs: 0 })
}

/** Whether a value has at least the fields of the example, each of its type. */
function hasShapeOf(value: unknown, example: unknown): boolean {
  if (typeof example !== 'object' || example === null) return typeof value === typeof example
  if (Array.isArray(example)) return Array.isArray(value)
  if (typeof value !== 'object' || value === null) return false
  const fields = new Map(Object.entries(value))
  return Object.entries(example).every(([name, part]) => part === null || hasShapeOf(fields.get(name), part))
}
