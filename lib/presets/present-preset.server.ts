import type { Prisma } from '@/prisma/generated/client'
import { type Preset, type PresetVersion, presetConfig } from './schema'

/** OpenRouter's presets belong to a workspace; an installation is one. */
const WORKSPACE_ID = '5167a1e5-0000-4000-8000-000000000001'

/** What a query must bring along so that a preset can be shown. */
export const WITH_DESIGNATED = { designatedVersion: true } satisfies Prisma.PresetInclude

type PresetRow = Prisma.PresetGetPayload<{ include: typeof WITH_DESIGNATED }>
type VersionRow = Prisma.PresetVersionGetPayload<object>

/** A stored preset in OpenRouter's shape; creators are the actors' names. */
export function presentPreset(row: PresetRow): Preset {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    description: row.description,
    status: row.status,
    creator_user_id: row.creator,
    workspace_id: WORKSPACE_ID,
    designated_version_id: designatedOf(row).id,
    designated_version: presentVersion(designatedOf(row)),
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    status_updated_at: row.statusUpdatedAt?.toISOString() ?? null,
  }
}

/** A stored version in OpenRouter's shape; versions are never changed, so both times are that of their creation. */
export function presentVersion(row: VersionRow): PresetVersion {
  const createdAt = row.createdAt.toISOString()
  return {
    id: row.id,
    preset_id: row.presetId,
    version: row.version,
    creator_id: row.creator,
    system_prompt: row.systemPrompt,
    config: presetConfig.parse(row.config),
    created_at: createdAt,
    updated_at: createdAt,
  }
}

/** The version in use. Written in one transaction with its preset, so its absence is a fault of ours. */
export function designatedOf(row: PresetRow): VersionRow {
  if (row.designatedVersion === null) throw new Error(`The preset ${row.slug} has no designated version.`)
  return row.designatedVersion
}
