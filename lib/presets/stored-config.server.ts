import type { Prisma } from '@/prisma/generated/client'
import type { PresetConfig } from './schema'

/** A config as the database keeps it. It came from JSON and passed its schema, so it is JSON all through. */
export function toStoredConfig(config: PresetConfig): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(config)) as Prisma.InputJsonObject
}
