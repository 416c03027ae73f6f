import type pg from 'pg'
import type { RequestRecord } from '../records/request-record'
import { floorToBucket } from '../time/time-buckets'
import type { CatalogCache } from './catalog-ids.server'
import type { IdentifiedRecord } from './write-batch.server'

/** What sorting a batch looks at: the record and whose key sent it. */
export type Sortable = { record: RequestRecord; submission: { apiKeyId: number } }

/** Looks all names up in memory; only a batch with a name not seen before asks the database. */
export async function identify(
  client: pg.Client,
  catalog: CatalogCache,
  items: readonly Sortable[],
): Promise<IdentifiedRecord[]> {
  const lookUp = () => {
    const identified: IdentifiedRecord[] = []
    for (const { record, submission } of items) {
      const ids = catalog.idsOf(record, submission.apiKeyId)
      if (ids === null) return null
      identified.push({ record, ids })
    }
    return identified
  }
  const known = lookUp()
  if (known !== null) return known
  await catalog.learn(
    client,
    items.map(({ record }) => record),
  )
  const learned = lookUp()
  if (learned === null) throw new TypeError('a name that was just learned has no id')
  return learned
}

/** The same id twice in one batch is one request: the first one counts. */
export function splitRepeated<Item extends Sortable>(
  items: readonly Item[],
): { unique: Item[]; repeated: Item[] } {
  const seen = new Set<string>()
  const unique: Item[] = []
  const repeated: Item[] = []
  for (const item of items) {
    if (seen.has(item.record.id)) {
      repeated.push(item)
    } else {
      seen.add(item.record.id)
      unique.push(item)
    }
  }
  return { unique, repeated }
}

/** Creates missing partitions, and sets aside the records of days whose facts are gone. */
export async function splitByDay<Item extends Sortable>(
  client: pg.Client,
  items: readonly Item[],
  openDays: Set<number>,
): Promise<{ open: readonly Item[]; refused: Item[] }> {
  const dropped = new Set<number>()
  for (const { record } of items) {
    const dayMs = floorToBucket(record.startedAtMs, 'day')
    if (openDays.has(dayMs) || dropped.has(dayMs)) continue
    const day = new Date(dayMs).toISOString().slice(0, 10)
    const answer = await client.query<{ is_open: boolean }>('SELECT ensure_fact_day($1::date) AS is_open', [
      day,
    ])
    if (answer.rows[0]?.is_open) openDays.add(dayMs)
    else dropped.add(dayMs)
  }
  if (dropped.size === 0) return { open: items, refused: [] }
  const isDropped = (item: Item) => dropped.has(floorToBucket(item.record.startedAtMs, 'day'))
  return { open: items.filter((item) => !isDropped(item)), refused: items.filter(isDropped) }
}
