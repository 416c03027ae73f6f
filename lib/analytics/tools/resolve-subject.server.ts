import { z } from 'zod'
import { db } from '../../platform/db.server'
import type { UsageSubjectName } from '../../recorder/measures'
import { findModel } from './find-model.server'
import type { FunnelSubject } from './funnel/schema'
import { unknownName } from './unknown-name'

/** The rollup rows that count some requests; `keyIds` null = all rows of the subject. */
export type SubjectRows = { subject: UsageSubjectName; keyIds: number[] | null }

/**
 * The rollup rows that count the requests of one model, author, provider or app, or of everybody. A model includes its
 * other names, an author the models whose canonical name is theirs. Throws `not_found` for a name that no log and no
 * operator has used.
 */
export async function resolveSubject(wanted: FunnelSubject): Promise<SubjectRows> {
  const { model, author, provider, app } = wanted
  if (model !== undefined) return { subject: 'model', keyIds: (await findModel(model)).ids }
  if (author !== undefined) return { subject: 'model', keyIds: await findModelsOf(author) }
  if (provider !== undefined) {
    const found = await db().provider.findUnique({ where: { slug: provider }, select: { id: true } })
    if (found === null) throw unknownName({ subject: 'provider', name: provider })
    return { subject: 'provider', keyIds: [found.id] }
  }
  if (app !== undefined) {
    const found = await db().app.findUnique({ where: { slug: app }, select: { id: true } })
    if (found === null) throw unknownName({ subject: 'app', name: app })
    return { subject: 'app', keyIds: [found.id] }
  }
  return { subject: 'caller_kind', keyIds: null }
}

const authorRow = z.tuple([z.object({ is_known: z.boolean(), model_ids: z.array(z.number()) })])

async function findModelsOf(author: string): Promise<number[]> {
  const rows = await db().$queryRaw`
    SELECT EXISTS (SELECT FROM author WHERE slug = ${author}) AS is_known, ARRAY (
      SELECT own.id FROM model AS own
        JOIN model AS canonical ON canonical.id = coalesce(own.alias_of, own.id)
        JOIN author ON author.id = canonical.author_id
      WHERE author.slug = ${author}
    ) AS model_ids`
  const [{ is_known, model_ids }] = authorRow.parse(rows)
  if (!is_known) throw unknownName({ subject: 'author', name: author })
  return model_ids
}
