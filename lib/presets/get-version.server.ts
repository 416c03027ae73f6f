import { db } from '@/lib/platform/db.server'
import { presentVersion } from './present-preset.server'
import { noPreset, noVersion } from './preset-errors'
import type { PresetVersion } from './schema'

/** One version of a preset. Throws `not_found` that names what is missing. */
export async function getVersion({
  slug,
  version,
}: {
  slug: string
  version: number
}): Promise<PresetVersion> {
  const preset = await db().preset.findUnique({
    where: { slug },
    select: { versions: { where: { version } } },
  })
  if (preset === null) throw noPreset(slug)
  const [row] = preset.versions
  if (row === undefined) throw noVersion({ slug, version })
  return presentVersion(row)
}
