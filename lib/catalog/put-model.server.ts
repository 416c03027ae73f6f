import { Prisma } from '@/prisma/generated/client'
import { writeAudit } from '../access/audit.server'
import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import { noteCatalogChange } from './catalog-changes.server'
import type { ModelAnswer, PutModelBody } from './schema'

const NAMES = {
  aliasOf: { select: { slug: true } },
  aliases: { select: { slug: true }, orderBy: { slug: 'asc' } },
} satisfies Prisma.ModelInclude

/**
 * Says what a model is called, when it came out, and which model it is another name of; what the body leaves out keeps
 * its value, null clears. Throws `not_found` for a name that no log and no endpoint has, and `validation_failed` when
 * `alias_of` would lead nowhere, to itself, or over a second step.
 */
export async function putModel({
  slug,
  body,
  actor,
}: {
  slug: string
  body: PutModelBody
  actor: string
}): Promise<ModelAnswer> {
  const row = await db().$transaction(async (transaction) => {
    // Both ends stay as they are until this is written: two people at once cannot make a chain of two right answers.
    await transaction.$queryRaw(
      Prisma.sql`SELECT id FROM model WHERE slug IN (${slug}, ${body.alias_of ?? slug}) ORDER BY id FOR UPDATE`,
    )
    const model = await transaction.model.findUnique({ where: { slug }, include: NAMES })
    if (!model) throw new AppError('not_found', `No log and no endpoint names a model ${slug}.`)
    const canonical = body.alias_of
      ? await transaction.model.findUnique({ where: { slug: body.alias_of }, include: NAMES })
      : null
    if (body.alias_of) refuseChain({ model, canonical, wanted: body.alias_of })
    return await transaction.model.update({
      where: { slug },
      data: {
        name: body.name,
        releasedOn: body.released_on ? new Date(body.released_on) : body.released_on,
        aliasOfId: body.alias_of === undefined ? undefined : (canonical?.id ?? null),
      },
      include: NAMES,
    })
  })
  noteCatalogChange()
  const data = {
    model: row.slug,
    name: row.name,
    released_on: row.releasedOn?.toISOString().slice(0, 10) ?? null,
    alias_of: row.aliasOf?.slug ?? null,
    aliases: row.aliases.map((alias) => alias.slug),
  }
  await writeAudit({
    actor,
    action: 'model.update',
    target: `model:${slug}`,
    detail: { name: data.name ?? '', releasedOn: data.released_on ?? '', aliasOf: data.alias_of ?? '' },
  })
  return { data }
}

type NamedModel = Prisma.ModelGetPayload<{ include: typeof NAMES }>

/** Other names lead to a model in one step, so that sums are read with one join. */
function refuseChain({
  model,
  canonical,
  wanted,
}: {
  model: NamedModel
  canonical: NamedModel | null
  wanted: string
}): void {
  if (!canonical) throw refuse(`no log and no endpoint names a model ${wanted}`)
  if (canonical.id === model.id) throw refuse('a model is no other name of itself')
  if (canonical.aliasOf)
    throw refuse(`${wanted} is itself another name of ${canonical.aliasOf.slug}; give that one`)
  if (model.aliases.length > 0) {
    const names = model.aliases.map((alias) => alias.slug).join(', ')
    throw refuse(`${model.slug} has other names itself (${names}); give those to ${wanted} first`)
  }
}

function refuse(message: string): AppError {
  return new AppError('validation_failed', `alias_of: ${message}.`, {
    details: [{ path: 'alias_of', message }],
  })
}
