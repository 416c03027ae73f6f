import { z } from 'zod'
import { db } from '../../platform/db.server'
import { unknownName } from './unknown-name'

const modelRows = z.array(z.object({ id: z.number(), slug: z.string(), is_canonical: z.boolean() }))

/**
 * The ids of a model and of its other names, and its canonical name, whichever of them was asked for. Throws `not_found`
 * for a model that no log and no operator has named.
 */
export async function findModel(slug: string): Promise<{ slug: string; ids: number[] }> {
  const rows = modelRows.parse(
    await db().$queryRaw`
      SELECT id, slug, alias_of IS NULL AS is_canonical FROM model
      WHERE coalesce(alias_of, id) = (SELECT coalesce(alias_of, id) FROM model WHERE slug = ${slug})`,
  )
  const canonical = rows.find((row) => row.is_canonical)
  if (canonical) return { slug: canonical.slug, ids: rows.map(({ id }) => id) }
  throw unknownName({ subject: 'model', name: slug })
}
