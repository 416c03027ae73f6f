import { db } from '@/lib/platform/db.server'
import { presentPreset, WITH_DESIGNATED } from './present-preset.server'
import { noPreset } from './preset-errors'
import type { Preset } from './schema'

/** A preset of any status with its designated version. Throws `not_found`. */
export async function getPreset(slug: string): Promise<Preset> {
  const row = await db().preset.findUnique({ where: { slug }, include: WITH_DESIGNATED })
  if (row === null) throw noPreset(slug)
  return presentPreset(row)
}
