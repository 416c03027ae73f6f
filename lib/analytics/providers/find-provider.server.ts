import { db } from '../../platform/db.server'
import { AppError } from '../../platform/errors'
import { labelOf } from '../subject-names.server'

/** A provider by slug with what people call it; throws `not_found` for one that no log and no operator has named. */
export async function findProvider(slug: string): Promise<{ id: number; slug: string; name: string }> {
  const found = await db().provider.findUnique({ where: { slug }, select: { id: true, name: true } })
  if (found) return { id: found.id, slug, name: found.name ?? labelOf('provider', slug) }
  throw new AppError(
    'not_found',
    `No request has gone to a provider called "${slug}", and none is connected.`,
  )
}
