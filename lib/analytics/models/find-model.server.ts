import { db } from '../../platform/db.server'
import { AppError } from '../../platform/errors'

/** A model and everything logged under its other names. */
export type FoundModel = {
  id: number
  /** Its own id and those of its other names. */
  modelIds: number[]
  model: string
  name: string | null
  author: string
  releasedOnMs: number | null
  aliases: string[]
  /** The other name that was asked for; null when it was its own. */
  askedAs: string | null
}

/** The model that a name stands for, itself or as another name. Throws `not_found` for a name nobody has seen. */
export async function findModel(slug: string): Promise<FoundModel> {
  const include = { author: true, aliases: { orderBy: { slug: 'asc' } } } as const
  const asked = await db().model.findUnique({ where: { slug }, include })
  if (!asked) throw new AppError('not_found', `No log and no endpoint names a model ${slug}.`)
  const row =
    asked.aliasOfId === null
      ? asked
      : await db().model.findUniqueOrThrow({ where: { id: asked.aliasOfId }, include })
  return {
    id: row.id,
    modelIds: [row.id, ...row.aliases.map(({ id }) => id)],
    model: row.slug,
    name: row.name,
    author: row.author.slug,
    releasedOnMs: row.releasedOn?.getTime() ?? null,
    aliases: row.aliases.map((alias) => alias.slug),
    askedAs: row.id === asked.id ? null : slug,
  }
}
