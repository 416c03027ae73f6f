import type pg from 'pg'
import { authorOf } from '../records/model-name'
import { modelOfSpelling } from '../records/model-spelling'
import { inTransaction } from './transaction.server'

/** Raised when rules or aliases of model-spelling.ts should reach models that were seen before. */
const SPELLING_VERSION = 1
const SETTING = 'modelSpellings'

/**
 * Once after an upgrade: makes models that logs named before, and that are spellings of another, other names of it. Those
 * that an operator said something of, or that the gateway serves, stay as they are; so does what an operator says later.
 * For a caller that holds the upgrade's lock.
 */
export async function aliasSpellings(client: pg.ClientBase): Promise<void> {
  const stored = await client.query<{ value: unknown }>('SELECT value FROM app_setting WHERE key = $1', [
    SETTING,
  ])
  if (stored.rows[0]?.value === SPELLING_VERSION) return
  const { rows } = await client.query<{ slug: string }>(
    `SELECT slug FROM model WHERE alias_of IS NULL AND name IS NULL AND released_on IS NULL
       AND NOT EXISTS (SELECT FROM model AS other WHERE other.alias_of = model.id)
       AND NOT EXISTS (SELECT FROM endpoint WHERE model_id = model.id AND enabled)`,
  )
  const spelled = rows.map(({ slug }) => slug).filter((slug) => modelOfSpelling(slug) !== slug)
  const models = spelled.map(modelOfSpelling)
  const authors = models.map(authorOf)
  await inTransaction(client, async () => {
    await client.query(
      'INSERT INTO author (slug) SELECT DISTINCT unnest($1::text[]) ORDER BY 1 ON CONFLICT (slug) DO NOTHING',
      [authors],
    )
    await client.query(
      `INSERT INTO model (slug, author_id)
       SELECT DISTINCT name, author.id FROM unnest($1::text[], $2::text[]) AS wanted (name, author)
         JOIN author ON author.slug = wanted.author ORDER BY 1
       ON CONFLICT (slug) DO NOTHING`,
      [models, authors],
    )
    await client.query(
      `UPDATE model SET alias_of = coalesce(canonical.alias_of, canonical.id)
       FROM unnest($1::text[], $2::text[]) AS wanted (spelling, name)
         JOIN model AS canonical ON canonical.slug = wanted.name
       WHERE model.slug = wanted.spelling`,
      [spelled, models],
    )
    await client.query(
      `INSERT INTO app_setting (key, value, updated_at) VALUES ($1, $2, now())
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()`,
      [SETTING, JSON.stringify(SPELLING_VERSION)],
    )
  })
}
