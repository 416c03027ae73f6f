import type { Granularity } from '../platform/time-buckets'
import {
  ENDPOINT_HISTOGRAMS,
  ENDPOINT_KEYS,
  ENDPOINT_MEASURES,
  USAGE_COLUMNS,
  USAGE_KEYS,
  USAGE_MEASURES,
} from './measures'

/** Entries after which a stored histogram is compacted; a latency spans about a hundred bins. */
const COMPACT_ABOVE = 400

/** Inbox rows taken by one statement: a backlog is folded in pieces, none of which locks or spills much. */
export const FOLD_LIMIT = 200_000

/**
 * SQL that moves partial sums from an inbox into the minute, hour and day rollups in one statement, so that every
 * reader sees them either there or here. All identifiers come from the closed lists in measures.ts.
 * Parameters: $1 start of the minute rollups, $2 start of the hour rollups (horizons.ts).
 */
export const FOLD_USAGE_SQL = foldSql('usage', USAGE_KEYS, usageColumns())

/** As FOLD_USAGE_SQL, for endpoints. */
export const FOLD_ENDPOINTS_SQL = foldSql('endpoint', ENDPOINT_KEYS, endpointColumns())

/** How a column is added up over rows, and how a row's sum is added to the stored one. */
type Column = { name: string; aggregate: string; add: (stored: string, added: string) => string }

function usageColumns(): Column[] {
  const isNeverNull = new Set<string>(USAGE_MEASURES)
  return USAGE_COLUMNS.map((name) => ({
    name,
    aggregate: `sum(${name})`,
    add: (stored, added) =>
      isNeverNull.has(name) ? `${stored} + ${added}` : `coalesce(${stored} + ${added}, ${stored}, ${added})`,
  }))
}

function endpointColumns(): Column[] {
  const measures = ENDPOINT_MEASURES.map((name) => ({
    name,
    aggregate: `sum(${name})`,
    add: (stored: string, added: string) => `${stored} + ${added}`,
  }))
  const histograms = ENDPOINT_HISTOGRAMS.map((name) => ({
    name,
    aggregate: `concat_histograms(${name})`,
    add: (stored: string, added: string) =>
      `CASE WHEN cardinality(${stored}) > ${COMPACT_ABOVE} THEN compact_histogram(${stored} || ${added}) ELSE ${stored} || ${added} END`,
  }))
  return [...measures, ...histograms]
}

function foldSql(family: 'usage' | 'endpoint', keys: readonly string[], columns: readonly Column[]): string {
  const sums = columns.map(({ name, aggregate }) => `${aggregate} AS ${name}`).join(', ')
  const level = (granularity: Granularity) => upsert(family, granularity, keys, columns)
  return `
WITH taken AS (
  DELETE FROM ${family}_inbox WHERE ctid = ANY (ARRAY (SELECT ctid FROM ${family}_inbox LIMIT ${FOLD_LIMIT})) RETURNING *
),
delta AS MATERIALIZED (SELECT ${keys.join(', ')}, ${sums} FROM taken GROUP BY ${keys.join(', ')}),
minutes AS (${level('minute')}),
hours AS (${level('hour')}),
days AS (${level('day')})
SELECT count(*)::int AS rows FROM taken`
}

function upsert(
  family: 'usage' | 'endpoint',
  granularity: Granularity,
  keys: readonly string[],
  columns: readonly Column[],
): string {
  const table = `${family}_${granularity}`
  const names = columns.map(({ name }) => name).join(', ')
  const keyValues = keys.map((key) => (key === 'bucket' ? bucketOf(granularity) : key))
  const sums = columns.map(({ aggregate }) => aggregate).join(', ')
  const updates = columns.map(({ name, add }) => `${name} = ${add(`${table}.${name}`, `excluded.${name}`)}`)
  return `
  INSERT INTO ${table} (${keys.join(', ')}, ${names})
  SELECT ${keyValues.join(', ')}, ${sums} FROM delta
  WHERE ${keptAt(granularity)} GROUP BY ${keys.map((_, index) => index + 1).join(', ')}
  ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${updates.join(', ')}`
}

function bucketOf(granularity: Granularity): string {
  return granularity === 'minute' ? 'bucket' : `date_bin('1 ${granularity}', bucket, 'epoch')`
}

/** A row older than the grain is kept for goes to the coarser grains only. */
function keptAt(granularity: Granularity): string {
  switch (granularity) {
    case 'minute':
      return 'bucket >= $1'
    case 'hour':
      return 'bucket >= $2'
    case 'day':
      return 'true'
  }
}
