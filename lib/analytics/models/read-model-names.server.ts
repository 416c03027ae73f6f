import { db } from '../../platform/db.server'

/** A model as the catalog knows it, with its other names. */
export type ModelNames = {
  id: number
  model: string
  name: string | null
  author: string
  releasedOnMs: number | null
  aliases: string[]
}

/** All models that are no other name of another. */
export async function readModelNames(): Promise<ModelNames[]> {
  const rows = await db().model.findMany({
    select: {
      id: true,
      slug: true,
      name: true,
      releasedOn: true,
      aliasOfId: true,
      author: { select: { slug: true } },
    },
    orderBy: { slug: 'asc' },
  })
  const aliasesOf = new Map<number, string[]>()
  for (const { slug, aliasOfId } of rows) {
    if (aliasOfId !== null) aliasesOf.set(aliasOfId, [...(aliasesOf.get(aliasOfId) ?? []), slug])
  }
  return rows
    .filter(({ aliasOfId }) => aliasOfId === null)
    .map(({ id, slug, name, releasedOn, author }) => ({
      id,
      model: slug,
      name,
      author: author.slug,
      releasedOnMs: releasedOn?.getTime() ?? null,
      aliases: aliasesOf.get(id) ?? [],
    }))
}
