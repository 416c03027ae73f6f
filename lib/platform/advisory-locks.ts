/** Postgres' advisory locks, each for one thing that only one process on a database may do at a time. */
export const ADVISORY_LOCKS = {
  /** Applying migrations. */
  migration: 7_317_000,
  /** Creating the first administrator and API key. */
  bootstrap: 7_317_001,
  /** Moving or rebuilding rollups, and dropping facts. */
  fold: 7_317_002,
  /** Giving names of tools their ids. */
  toolNames: 7_317_003,
  /** Rebuilding older days after a migration. */
  rollupUpgrade: 7_317_004,
  /** Partitions ahead, retention and short histograms. */
  maintenance: 7_317_005,
  /** Committing facts, so that none is committed twice. */
  commit: 7_317_006,
} as const
