import type pg from 'pg'
import { mergeRecords, saysTheSame } from '../records/merge-records'
import type { RequestRecord } from '../records/request-record'
import { floorToBucket } from '../time/time-buckets'
import type { CatalogCache } from './catalog-ids.server'
import type { StoredRecord } from './read-stored.server'
import type { IdentifiedRecord } from './write-batch.server'

/** What sorting a batch looks at: the record and whose key sent it. */
export type Sortable = { record: RequestRecord; submission: { apiKeyId: number } }

/** A batch against what is stored: what to write, what of it takes the place of what, and what becomes of each item. */
export type SortedBatch<Item> = {
  /** By id: what its fact shall say. */
  written: Map<string, StoredRecord>
  /** The facts that are replaced, by id. */
  replaced: Map<string, StoredRecord>
  accepted: Item[]
  amended: Item[]
  duplicates: Item[]
}

/**
 * Holds each record against what is known of its id, by a fact or by records before it in the batch: a new one is
 * accepted, one that says something new amends, one that does not is a duplicate.
 */
export function sortBatch<Item extends Sortable>(
  items: readonly Item[],
  stored: ReadonlyMap<string, StoredRecord>,
): SortedBatch<Item> {
  const sorted: SortedBatch<Item> = {
    written: new Map(),
    replaced: new Map(),
    accepted: [],
    amended: [],
    duplicates: [],
  }
  for (const item of items) {
    const { record, submission } = item
    const fact = stored.get(record.id)
    const known = sorted.written.get(record.id) ?? fact
    if (known === undefined) {
      sorted.written.set(record.id, { record, apiKeyId: submission.apiKeyId })
      sorted.accepted.push(item)
      continue
    }
    const merged = mergeRecords(known.record, record)
    if (saysTheSame(merged, known.record)) {
      sorted.duplicates.push(item)
      continue
    }
    const apiKeyId = record.onSameId === 'merge' ? known.apiKeyId : submission.apiKeyId
    sorted.written.set(record.id, { record: merged, apiKeyId })
    if (fact) sorted.replaced.set(record.id, fact)
    sorted.amended.push(item)
  }
  return sorted
}

/** Looks all names up in memory; only a batch with a name not seen before asks the database. */
export async function identify(
  client: pg.Client,
  catalog: CatalogCache,
  records: readonly StoredRecord[],
): Promise<IdentifiedRecord[]> {
  const lookUp = () => {
    const identified: IdentifiedRecord[] = []
    for (const { record, apiKeyId } of records) {
      const ids = catalog.idsOf(record, apiKeyId)
      if (ids === null) return null
      identified.push({ record, ids })
    }
    return identified
  }
  const known = lookUp()
  if (known !== null) return known
  await catalog.learn(
    client,
    records.map(({ record }) => record),
  )
  const learned = lookUp()
  if (learned === null) throw new TypeError('a name that was just learned has no id')
  return learned
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
