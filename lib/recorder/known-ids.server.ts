import type pg from 'pg'
import { ADVISORY_LOCKS } from '../platform/advisory-locks'
import { GRANULARITY_MS } from '../time/time-buckets'
import { bytesOfIds, createIdFilter, type IdFilter, idsOfBytes } from './id-filter'
import { inTransaction } from './transaction.server'

/** Commits of which the ids are remembered, for batches that were begun before them. */
const REMEMBERED_COMMITS = 64
/** A filter that took so many more ids than it began with is made anew: those of dropped days are still in it. */
const RENEW_AFTER_IDS = 20_000_000

/** Which ids have facts, as far as a server knows: never wrong for an id that it says is new, under its lock. */
export type KnownIds = {
  /** What is known now; asks the database when nothing is. */
  look: (client: pg.Client) => Promise<Look>
  /**
   * Inside a transaction, until whose end nobody else commits facts: whether none of the ids was committed, amended or
   * retracted by anybody since the look.
   */
  lockAndConfirm: (client: pg.Client, look: Look, ids: ReadonlySet<string>) => Promise<boolean>
  /** Inside the same transaction, before it is committed: tells other servers of these ids. Returns the commit's number. */
  announce: (client: pg.Client, ids: readonly string[]) => Promise<number>
  /** After the commit. */
  committed: (seq: number, ids: readonly string[]) => void
  /** Reads everything anew when it is next asked. */
  forget: () => void
}

/** What was known when a batch was begun. */
export type Look = { seq: number; mayHave: (id: string) => boolean }

type State = {
  filter: IdFilter
  seq: number
  renewAt: number
  recent: { seq: number; ids: readonly string[] }[]
}

/** Knows nothing until it is first asked. */
export function createKnownIds(): KnownIds {
  let loading: Promise<State> | null = null
  let state: State | null = null

  function note(to: State, seq: number, ids: readonly string[]): void {
    if (seq <= to.seq) return
    for (const id of ids) to.filter.add(id)
    to.seq = seq
    to.recent.push({ seq, ids })
    if (to.recent.length > REMEMBERED_COMMITS) to.recent.shift()
  }

  async function current(client: pg.Client): Promise<State> {
    if (state && state.filter.size() > state.renewAt) state = null
    if (state) return state
    loading ??= load(client)
    try {
      state = await loading
      return state
    } finally {
      loading = null
    }
  }

  return {
    look: async (client) => {
      const { seq, filter } = await current(client)
      return { seq, mayHave: filter.mayHave }
    },
    lockAndConfirm: async (client, look, ids) => {
      await client.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.commit])
      if (state === null) return false
      const news = await client.query<{ seq: string; ids: Buffer }>(
        'SELECT seq, ids FROM recorded_ids WHERE seq > $1 ORDER BY seq',
        [state.seq],
      )
      for (const row of news.rows) {
        const seq = Number(row.seq)
        // Others committed so much meanwhile that what they said is gone.
        if (seq > state.seq + 1) {
          state = null
          return false
        }
        note(state, seq, idsOfBytes(row.ids))
      }
      const [oldest] = state.recent
      if (look.seq < state.seq && (oldest === undefined || oldest.seq > look.seq + 1)) return false
      return state.recent.every((commit) => commit.seq <= look.seq || !commit.ids.some((id) => ids.has(id)))
    },
    announce: async (client, ids) => {
      const seq = (state?.seq ?? 0) + 1
      await client.query('INSERT INTO recorded_ids (seq, ids) VALUES ($1, $2)', [seq, bytesOfIds(ids)])
      return seq
    },
    committed: (seq, ids) => {
      // Another of this server's connections may have read it from the database already.
      if (state && seq === state.seq + 1) note(state, seq, ids)
    },
    forget: () => {
      state = null
    },
  }
}

/** Reads the ids of all facts, an hour at a time. */
async function load(client: pg.Client): Promise<State> {
  return await inTransaction(
    client,
    async () => {
      const filter = createIdFilter()
      const last = await client.query<{ seq: string }>(
        'SELECT coalesce(max(seq), 0) AS seq FROM recorded_ids',
      )
      const days = await client.query<{ at: string }>(
        `SELECT extract(epoch FROM day::timestamp) * 1000 AS at FROM fact_day WHERE dropped_at IS NULL ORDER BY day`,
      )
      for (const { at } of days.rows) {
        for (let hour = 0; hour < 24; hour++) {
          const fromMs = Number(at) + hour * GRANULARITY_MS.hour
          const found = await client.query<{ ids: Buffer | null }>(
            `SELECT string_agg(uuid_send(id), '') AS ids FROM request_log WHERE started_at >= $1 AND started_at < $2`,
            [new Date(fromMs), new Date(fromMs + GRANULARITY_MS.hour)],
          )
          const ids = found.rows[0]?.ids
          for (let offset = 0; ids && offset < ids.length; offset += 16) filter.addBytes(ids, offset)
        }
      }
      return {
        filter,
        seq: Number(last.rows[0]?.seq ?? 0),
        renewAt: 2 * filter.size() + RENEW_AFTER_IDS,
        recent: [],
      }
    },
    'repeatable read',
  )
}

/** Forgets what every server has long read; the newest stays, since numbers go on from it. */
export async function forgetRecordedIds(client: pg.ClientBase): Promise<void> {
  await client.query(
    `DELETE FROM recorded_ids WHERE committed_at < now() - interval '1 hour'
     AND seq < (SELECT max(seq) FROM recorded_ids)`,
  )
}
