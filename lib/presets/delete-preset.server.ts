import { writeAudit } from '@/lib/access/audit.server'
import { noteCatalogChange } from '@/lib/catalog/catalog-changes.server'
import { db } from '@/lib/platform/db.server'
import { getPreset } from './get-preset.server'
import { noPreset } from './preset-errors'
import type { DeletePresetAnswer } from './schema'
import { updatePreset } from './update-preset.server'

/**
 * Archives a preset, or removes an archived one with all its versions for good; `deleted` says which. Answers with the
 * preset as it is or was. Throws `not_found`.
 */
export async function deletePreset({
  slug,
  actor,
}: {
  slug: string
  actor: string
}): Promise<DeletePresetAnswer> {
  const preset = await getPreset(slug)
  if (preset.status !== 'archived') {
    return { data: await updatePreset({ slug, patch: { status: 'archived' }, actor }), deleted: false }
  }
  const { count } = await db().preset.deleteMany({ where: { id: preset.id, status: 'archived' } })
  if (count === 0) throw noPreset(slug)
  noteCatalogChange()
  const detail = { versions: preset.designated_version.version }
  await writeAudit({ actor, action: 'preset.delete', target: `preset:${slug}`, detail })
  return { data: preset, deleted: true }
}
