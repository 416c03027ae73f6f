import { writeAudit } from '@/lib/access/audit.server'
import { noteCatalogChange } from '@/lib/catalog/catalog-changes.server'
import { db, isUniqueViolation } from '@/lib/platform/db.server'
import { AppError } from '@/lib/platform/errors'
import type { Prisma } from '@/prisma/generated/client'
import { decidePresetChange, type PresetChange } from './decide-preset-change'
import type { PresetContent } from './merge-preset'
import { designatedOf, presentPreset, presentVersion, WITH_DESIGNATED } from './present-preset.server'
import { noPreset, slugTaken } from './preset-errors'
import type { PatchPresetBody, Preset } from './schema'
import { toStoredConfig } from './stored-config.server'
import { withKnownProviders } from './with-known-providers.server'

type Transaction = Prisma.TransactionClient

/**
 * Applies a PATCH under a lock on the preset's row, so that of two edits of one version exactly one wins. New content
 * becomes the newest version and the designated one; a PATCH that changes nothing writes nothing. Throws `not_found`,
 * `conflict` (changed in between, slug taken) or `validation_failed`.
 */
export async function updatePreset({
  slug,
  patch,
  actor,
}: {
  slug: string
  patch: PatchPresetBody
  actor: string
}): Promise<Preset> {
  const known = patch.config && { ...patch, config: await withKnownProviders(patch.config) }
  const { preset, changed } = await db()
    .$transaction((transaction) => applyPatch({ transaction, slug, patch: known ?? patch, actor }))
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? slugTaken(patch.slug ?? slug) : error
    })
  if (changed.length === 0) return preset
  noteCatalogChange()
  await writeAudit({
    actor,
    action: patch.status === 'archived' && changed.includes('status') ? 'preset.archive' : 'preset.update',
    target: `preset:${preset.slug}`,
    detail: { changed, version: preset.designated_version.version },
  })
  return preset
}

async function applyPatch({
  transaction,
  slug,
  patch,
  actor,
}: {
  transaction: Transaction
  slug: string
  patch: PatchPresetBody
  actor: string
}): Promise<{ preset: Preset; changed: string[] }> {
  await transaction.$queryRaw`SELECT id FROM preset WHERE slug = ${slug} FOR UPDATE`
  const row = await transaction.preset.findUnique({ where: { slug }, include: WITH_DESIGNATED })
  if (row === null) throw noPreset(slug)
  const designated = presentVersion(designatedOf(row))
  const change = decidePresetChange({
    current: {
      slug,
      name: row.name,
      description: row.description,
      status: row.status,
      content: {
        version: designated.version,
        creator: designated.creator_id,
        createdAtMs: Date.parse(designated.created_at),
        systemPrompt: designated.system_prompt,
        config: designated.config,
      },
    },
    patch,
    rollback: await readRollback({ transaction, presetId: row.id, version: patch.designated_version }),
  })
  const changed = [...Object.keys(change.fields), ...(change.content === null ? [] : ['content'])]
  if (changed.length === 0) return { preset: presentPreset(row), changed }
  return { preset: await storeChange({ transaction, presetId: row.id, change, actor }), changed }
}

async function readRollback({
  transaction,
  presetId,
  version,
}: {
  transaction: Transaction
  presetId: string
  version: number | undefined
}): Promise<PresetContent | null> {
  if (version === undefined) return null
  const row = await transaction.presetVersion.findUnique({
    where: { presetId_version: { presetId, version } },
  })
  if (row === null) {
    throw new AppError('validation_failed', 'Some fields are not as expected.', {
      details: [{ path: 'designated_version', message: `there is no version ${version}` }],
    })
  }
  return { systemPrompt: row.systemPrompt, config: presentVersion(row).config }
}

async function storeChange({
  transaction,
  presetId,
  change,
  actor,
}: {
  transaction: Transaction
  presetId: string
  change: PresetChange
  actor: string
}): Promise<Preset> {
  const now = new Date()
  const { status } = change.fields
  const designated = change.content
    ? { designatedVersionId: await insertVersion({ transaction, presetId, content: change.content, actor }) }
    : {}
  const row = await transaction.preset.update({
    where: { id: presetId },
    data: { ...change.fields, ...designated, updatedAt: now, ...(status ? { statusUpdatedAt: now } : {}) },
    include: WITH_DESIGNATED,
  })
  return presentPreset(row)
}

async function insertVersion({
  transaction,
  presetId,
  content,
  actor,
}: {
  transaction: Transaction
  presetId: string
  content: PresetContent
  actor: string
}): Promise<string> {
  const newest = await transaction.presetVersion.aggregate({ where: { presetId }, _max: { version: true } })
  const { id } = await transaction.presetVersion.create({
    data: {
      presetId,
      version: (newest._max.version ?? 0) + 1,
      systemPrompt: content.systemPrompt,
      config: toStoredConfig(content.config),
      creator: actor,
    },
  })
  return id
}
