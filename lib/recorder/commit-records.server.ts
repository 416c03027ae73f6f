import type pg from 'pg'
import { horizonsAt } from '../time/horizons'
import { createCatalogCache } from './catalog-ids.server'
import { identify, type Sortable, splitByDay, splitRepeated } from './sort-batch.server'
import { writeBatch } from './write-batch.server'

/** What became of a batch; `refused` are of days whose facts retention has dropped. */
export type CommitOutcome<Item> = {
  accepted: readonly Item[]
  duplicates: readonly Item[]
  refused: readonly Item[]
}

export type CommitRecords = {
  /** Commits a batch in one transaction. Throws what Postgres threw, with nothing written. */
  commit: <Item extends Sortable>(client: pg.Client, items: readonly Item[]) => Promise<CommitOutcome<Item>>
  /** After an error: what was known of days may no longer be so. */
  forgetDays: () => void
}

/**
 * What commits batches, with the ids and days that they have in common. `onCommit` is told how many requests became
 * visible.
 */
export function createCommitRecords({ onCommit }: { onCommit: (requests: number) => void }): CommitRecords {
  const catalog = createCatalogCache()
  const openDays = new Set<number>()
  return {
    commit: async (client, items) => {
      const { open, refused } = await splitByDay(client, items, openDays)
      const { unique, repeated } = splitRepeated(open)
      const identified = await identify(client, catalog, unique)
      const written =
        identified.length > 0 ? await writeBatch(client, identified, horizonsAt(Date.now())) : []
      if (written.length > 0) onCommit(written.length)
      if (written.length === unique.length) return { accepted: unique, duplicates: repeated, refused }
      const fresh = new Set(written.map(({ record }) => record))
      const known = unique.filter(({ record }) => !fresh.has(record))
      return {
        accepted: unique.filter(({ record }) => fresh.has(record)),
        duplicates: [...known, ...repeated],
        refused,
      }
    },
    forgetDays: () => openDays.clear(),
  }
}
