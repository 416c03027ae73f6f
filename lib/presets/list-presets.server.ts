import { db } from '@/lib/platform/db.server'
import { presentPreset, WITH_DESIGNATED } from './present-preset.server'
import type { PresetListAnswer, PresetListQuery } from './schema'

const DEFAULT_LIMIT = 100

/** Presets with their designated versions, last changed first; archived ones only when the status asks for them. */
export async function listPresets({ offset, limit, status }: PresetListQuery): Promise<PresetListAnswer> {
  const where = status === 'all' ? {} : { status: status ?? { not: 'archived' as const } }
  const [rows, count] = await Promise.all([
    db().preset.findMany({
      where,
      include: WITH_DESIGNATED,
      orderBy: [{ updatedAt: 'desc' }, { id: 'asc' }],
      skip: offset ?? 0,
      take: limit ?? DEFAULT_LIMIT,
    }),
    db().preset.count({ where }),
  ])
  return { data: rows.map(presentPreset), total_count: count }
}
