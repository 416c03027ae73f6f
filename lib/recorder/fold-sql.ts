import type { RollupGrain } from '../time/time-buckets'
import type { Derived, Family, Rollups } from './families'

/** Entries after which a stored histogram is compacted; a latency spans about a hundred bins. */
const COMPACT_ABOVE = 400

/** Inbox rows taken by one statement: a backlog is folded in pieces, none of which locks or spills much. */
export const FOLD_LIMIT = 200_000

/**
 * SQL that moves partial sums from a family's inbox into its rollups in one statement, so that every reader sees them
 * either there or here. All identifiers come from the closed lists in families.ts.
 * Parameters: $1 start of the minute rollups, $2 start of the hour rollups (horizons.ts). Answers `rows`, those moved,
 * and between which buckets something was retracted, `first` and `last`, both null when nothing was.
 */
export function foldSql(family: Family): string {
  const columns = columnsToAdd(family)
  const upserts = family.grains.map((grain) => upsert({ rollups: family, grain, from: 'delta' }))
  return `
WITH kept AS (SELECT $1::timestamptz AS minute_from, $2::timestamptz AS hour_from),
taken AS (${takeSql(family.name)}),
delta AS MATERIALIZED (
  SELECT ${family.keys.join(', ')}, ${aggregates(columns)} FROM taken GROUP BY ${family.keys.join(', ')}
),
${[...upserts, ...family.derived.flatMap(derivedSql)].join(',\n')}
SELECT count(*)::int AS rows, min(bucket) FILTER (WHERE ${isRetraction(family)}) AS first,
  max(bucket) FILTER (WHERE ${isRetraction(family)}) AS last FROM taken`
}

function isRetraction({ measures }: Rollups): string {
  return `least(${measures.join(', ')}) < 0`
}

/** A row that says nothing: what it counted was retracted. */
export function isEmptyRow({ measures, nullableMeasures }: Rollups): string {
  return [...measures, ...nullableMeasures].map((name) => `coalesce(${name}, 0) = 0`).join(' AND ')
}

/** SQL that drops the rows of a family of which nothing is left, in all its rollups. Parameters: $1 and $2 the buckets. */
export function dropEmptySql(family: Family): string[] {
  return [family, ...family.derived].flatMap((rollups) =>
    rollups.grains.map(
      (grain) => `DELETE FROM ${rollups.name}_${grain}
      WHERE bucket BETWEEN ${bucketOf(grain, '$1::timestamptz')} AND $2 AND ${isEmptyRow(rollups)}`,
    ),
  )
}

/** Takes the oldest rows out of an inbox. */
export function takeSql(name: string): string {
  return `DELETE FROM ${name}_inbox WHERE ctid = ANY (ARRAY (SELECT ctid FROM ${name}_inbox LIMIT ${FOLD_LIMIT})) RETURNING *`
}

/**
 * SQL that makes the week rollups of derived rollups anew from their days, which are kept for ever.
 * Parameter: $1 a moment in the week.
 */
export function remakeWeekSql(rollups: Derived): { remove: string; insert: string } {
  const days = `${rollups.name}_day`
  const week = `${rollups.name}_week`
  const start = bucketOf('week', '$1::timestamptz')
  return {
    remove: `DELETE FROM ${week} WHERE bucket = ${start}`,
    insert: `${insertInto({ rollups, grain: 'week' })}
      SELECT ${keyValues(rollups, 'week')}, ${aggregates(columnsToAdd(rollups))} FROM ${days}
      WHERE bucket >= ${start} AND bucket < ${start} + interval '7 days' GROUP BY ${groupBy(rollups)}`,
  }
}

/** How a column is added up over rows, and how a row's sum is added to the stored one. */
type Column = { name: string; aggregate: string; add: (stored: string, added: string) => string }

function columnsToAdd({ measures, nullableMeasures, histograms }: Rollups): Column[] {
  return [
    ...measures.map((name) => ({
      name,
      aggregate: `sum(${name})`,
      add: (stored: string, added: string) => `${stored} + ${added}`,
    })),
    ...nullableMeasures.map((name) => ({
      name,
      // Nothing is left where all that knew it was retracted.
      aggregate: `nullif(sum(${name}), 0)`,
      add: (stored: string, added: string) =>
        `nullif(coalesce(${stored} + ${added}, ${stored}, ${added}), 0)`,
    })),
    ...histograms.map((name) => ({
      name,
      aggregate: `concat_histograms(${name})`,
      add: (stored: string, added: string) =>
        `CASE WHEN cardinality(${stored}) > ${COMPACT_ABOVE} THEN compact_histogram(${stored} || ${added}) ELSE ${stored} || ${added} END`,
    })),
  ]
}

function aggregates(columns: readonly Column[]): string {
  return columns.map(({ name, aggregate }) => `${aggregate} AS ${name}`).join(', ')
}

/** Histograms are compacted once, before they are added to each grain: many endpoints' lists make a long one. */
function derivedSql(derived: Derived): string[] {
  const from = `${derived.name}_delta`
  const [finest = 'hour'] = derived.grains
  const sums = columnsToAdd({ ...derived, histograms: [] })
  const histograms = derived.histograms.map(
    (name) => `compact_histogram(concat_histograms(${name})) AS ${name}`,
  )
  return [
    `${from} AS MATERIALIZED (
  SELECT ${keyValues(derived, finest)}, ${[aggregates(sums), ...histograms].join(', ')} FROM delta ${derived.join}
  GROUP BY ${groupBy(derived)}
)`,
    ...derived.grains.map((grain) => upsert({ rollups: derived, grain, from })),
  ]
}

function upsert({ rollups, grain, from }: { rollups: Rollups; grain: RollupGrain; from: string }): string {
  const table = `${rollups.name}_${grain}`
  const columns = columnsToAdd(rollups)
  const updates = columns.map(({ name, add }) => `${name} = ${add(`${table}.${name}`, `excluded.${name}`)}`)
  return `to_${table} AS (
  ${insertInto({ rollups, grain })}
  SELECT ${keyValues(rollups, grain)}, ${aggregates(columns)} FROM ${from}
  WHERE ${keptAt(grain)} GROUP BY ${groupBy(rollups)}
  ON CONFLICT (${rollups.keys.join(', ')}) DO UPDATE SET ${updates.join(', ')}
)`
}

function insertInto({ rollups, grain }: { rollups: Rollups; grain: RollupGrain }): string {
  const names = [...rollups.keys, ...columnsToAdd(rollups).map(({ name }) => name)]
  return `INSERT INTO ${rollups.name}_${grain} (${names.join(', ')})`
}

function keyValues({ keys }: Rollups, grain: RollupGrain): string {
  return keys.map((key) => (key === 'bucket' ? `${bucketOf(grain, 'bucket')} AS bucket` : key)).join(', ')
}

function groupBy({ keys }: Rollups): string {
  return keys.map((_, index) => index + 1).join(', ')
}

function bucketOf(grain: RollupGrain, time: string): string {
  switch (grain) {
    case 'minute':
      return time
    case 'hour':
    case 'day':
      return `date_bin('1 ${grain}', ${time}, 'epoch')`
    case 'week':
      // A Monday.
      return `date_bin('7 days', ${time}, '2001-01-01T00:00:00Z')`
  }
}

/** A row older than the grain is kept for goes to the coarser grains only. */
function keptAt(grain: RollupGrain): string {
  switch (grain) {
    case 'minute':
      return 'bucket >= (SELECT minute_from FROM kept)'
    case 'hour':
      return 'bucket >= (SELECT hour_from FROM kept)'
    case 'day':
    case 'week':
      return 'true'
  }
}
