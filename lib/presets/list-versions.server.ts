import { db } from '@/lib/platform/db.server'
import { presentVersion } from './present-preset.server'
import { noPreset } from './preset-errors'
import type { PresetVersionListAnswer, PresetVersionListQuery } from './schema'

const DEFAULT_LIMIT = 100

/** A preset's versions, oldest first. Throws `not_found`. */
export async function listVersions({
  slug,
  offset,
  limit,
}: { slug: string } & PresetVersionListQuery): Promise<PresetVersionListAnswer> {
  const preset = await db().preset.findUnique({
    where: { slug },
    select: {
      versions: { orderBy: { version: 'asc' }, skip: offset ?? 0, take: limit ?? DEFAULT_LIMIT },
      _count: { select: { versions: true } },
    },
  })
  if (preset === null) throw noPreset(slug)
  return { data: preset.versions.map(presentVersion), total_count: preset._count.versions }
}
