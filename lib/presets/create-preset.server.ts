import { writeAudit } from '@/lib/access/audit.server'
import { noteCatalogChange } from '@/lib/catalog/catalog-changes.server'
import { db, isUniqueViolation } from '@/lib/platform/db.server'
import { presentPreset, WITH_DESIGNATED } from './present-preset.server'
import { slugTaken } from './preset-errors'
import type { CreatePresetBody, Preset } from './schema'
import { toStoredConfig } from './stored-config.server'
import { withKnownProviders } from './with-known-providers.server'

/** Creates a preset and its version 1 in one transaction. Throws `conflict` when the slug is taken. */
export async function createPreset({
  input,
  actor,
}: {
  input: CreatePresetBody
  actor: string
}): Promise<Preset> {
  const config = await withKnownProviders(input.config ?? {})
  const row = await insertPreset({ input: { ...input, config }, actor }).catch((error: unknown) => {
    throw isUniqueViolation(error) ? slugTaken(input.slug) : error
  })
  noteCatalogChange()
  await writeAudit({ actor, action: 'preset.create', target: `preset:${row.slug}`, detail: { version: 1 } })
  return presentPreset(row)
}

function insertPreset({ input, actor }: { input: CreatePresetBody; actor: string }) {
  return db().$transaction(async (transaction) => {
    const { id } = await transaction.preset.create({
      data: {
        slug: input.slug,
        name: input.name ?? input.slug,
        description: input.description || null,
        creator: actor,
      },
    })
    const version = await transaction.presetVersion.create({
      data: {
        presetId: id,
        version: 1,
        systemPrompt: input.system_prompt || null,
        config: toStoredConfig(input.config ?? {}),
        creator: actor,
      },
    })
    return transaction.preset.update({
      where: { id },
      data: { designatedVersionId: version.id },
      include: WITH_DESIGNATED,
    })
  })
}
