import type pg from 'pg'
import { horizonsAt } from '../time/horizons'
import { createCatalogCache } from './catalog-ids.server'
import { createKnownIds } from './known-ids.server'
import { readStored } from './read-stored.server'
import { identify, type Sortable, sortBatch, splitByDay } from './sort-batch.server'
import { writeBatch } from './write-batch.server'

/** What became of a batch; `refused` are of days whose facts retention has dropped. */
export type CommitOutcome<Item> = {
  accepted: readonly Item[]
  /** Their ids were known, and what they say was not. */
  amended: readonly Item[]
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
 * visible or changed.
 */
export function createCommitRecords({ onCommit }: { onCommit: (requests: number) => void }): CommitRecords {
  const catalog = createCatalogCache()
  const knownIds = createKnownIds()
  const openDays = new Set<number>()
  return {
    commit: async (client, items) => {
      const { open, refused } = await splitByDay(client, items, openDays)
      for (;;) {
        const look = await knownIds.look(client)
        const seen = open.flatMap(({ record: { id } }) => (look.mayHave(id) ? [id] : []))
        const stored = await readStored(client, [...new Set(seen)])
        const { written, replaced, ...outcome } = sortBatch(open, stored)
        const batch = {
          written: await identify(client, catalog, [...written.values()]),
          replaced: await identify(client, catalog, [...replaced.values()]),
        }
        if (batch.written.length > 0) {
          // Somebody may have committed, amended or retracted one of them meanwhile: then it is sorted again.
          const isWritten = await writeBatch({
            client,
            batch,
            horizons: horizonsAt(Date.now()),
            knownIds,
            look,
          })
          if (!isWritten) continue
          onCommit(batch.written.length)
        }
        return { ...outcome, refused }
      }
    },
    forgetDays: () => openDays.clear(),
  }
}
