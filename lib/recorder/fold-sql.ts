import type { Granularity } from '../analytics/window'
import {
  ENDPOINT_HISTOGRAMS,
  ENDPOINT_KEYS,
  ENDPOINT_MEASURES,
  USAGE_COLUMNS,
  USAGE_KEYS,
  USAGE_MEASURES,
} from './measures'

/**
 * SQL that moves partial sums from an inbox into the minute, hour and day rollups in one statement, so that every
 * reader sees them either there or here. All identifiers come from the closed lists in measures.ts.
 * Parameters: $1 start of the minute rollups, $2 start of the hour rollups (horizons.ts).
 */
export const FOLD_USAGE_SQL = `
WITH taken AS (DELETE FROM usage_inbox RETURNING *),
delta AS MATERIALIZED (
  SELECT ${USAGE_KEYS.join(', ')}, ${USAGE_COLUMNS.map((name) => `sum(${name}) AS ${name}`).join(', ')}
  FROM taken GROUP BY ${USAGE_KEYS.join(', ')}
),
minutes AS (${usageUpsert('minute')}),
hours AS (${usageUpsert('hour')}),
days AS (${usageUpsert('day')})
SELECT count(*)::int AS rows FROM taken`

/** As FOLD_USAGE_SQL, for endpoints. The histograms of touched rows are merged bin by bin and replaced. */
export const FOLD_ENDPOINTS_SQL = `
WITH taken AS (DELETE FROM endpoint_inbox RETURNING *),
delta AS MATERIALIZED (
  SELECT ${ENDPOINT_KEYS.join(', ')}, ${ENDPOINT_MEASURES.map((name) => `sum(${name}) AS ${name}`).join(', ')}
  FROM taken GROUP BY ${ENDPOINT_KEYS.join(', ')}
),
delta_bins AS MATERIALIZED (
  SELECT ${ENDPOINT_KEYS.join(', ')}, name, bin, sum(hits) AS hits
  FROM (${ENDPOINT_HISTOGRAMS.map((name) => unnestBins('taken', name)).join(' UNION ALL ')}) AS bins
  GROUP BY ${ENDPOINT_KEYS.join(', ')}, name, bin
),
${endpointLevel('minute')},
${endpointLevel('hour')},
${endpointLevel('day')}
SELECT count(*)::int AS rows FROM taken`

function bucketOf(level: Granularity): string {
  return level === 'minute' ? 'bucket' : `date_bin('1 ${level}', bucket, 'epoch')`
}

/** A row older than the grain is kept for goes to the coarser grains only. */
function keptAt(level: Granularity): string {
  switch (level) {
    case 'minute':
      return 'bucket >= $1'
    case 'hour':
      return 'bucket >= $2'
    case 'day':
      return 'true'
  }
}

function usageUpsert(level: Granularity): string {
  const table = `usage_${level}`
  const isSummable = new Set<string>(USAGE_MEASURES)
  const updates = USAGE_COLUMNS.map((name) =>
    isSummable.has(name)
      ? `${name} = ${table}.${name} + excluded.${name}`
      : `${name} = coalesce(${table}.${name} + excluded.${name}, ${table}.${name}, excluded.${name})`,
  )
  return `
  INSERT INTO ${table} (subject, bucket, key_id, key2_id, ${USAGE_COLUMNS.join(', ')})
  SELECT subject, ${bucketOf(level)}, key_id, key2_id, ${USAGE_COLUMNS.map((name) => `sum(${name})`).join(', ')}
  FROM delta WHERE ${keptAt(level)} GROUP BY 1, 2, 3, 4
  ON CONFLICT (${USAGE_KEYS.join(', ')}) DO UPDATE SET ${updates.join(', ')}`
}

function unnestBins(relation: string, name: string): string {
  return `SELECT ${ENDPOINT_KEYS.join(', ')}, '${name}' AS name, bin, hits
    FROM ${relation}, unnest(${name}_bins, ${name}_counts) AS sparse (bin, hits)`
}

function endpointLevel(level: Granularity): string {
  const table = `endpoint_${level}`
  const merged = `${level}_merged`
  const arrays = ENDPOINT_HISTOGRAMS.flatMap((name) => [
    `coalesce(array_agg(bin ORDER BY bin) FILTER (WHERE name = '${name}'), '{}') AS ${name}_bins`,
    `coalesce(array_agg(hits ORDER BY bin) FILTER (WHERE name = '${name}'), '{}') AS ${name}_counts`,
  ])
  const arrayColumns = ENDPOINT_HISTOGRAMS.flatMap((name) => [`${name}_bins`, `${name}_counts`])
  const columns = [...ENDPOINT_MEASURES, ...arrayColumns]
  const updates = [
    ...ENDPOINT_MEASURES.map((name) => `${name} = ${table}.${name} + excluded.${name}`),
    ...arrayColumns.map((name) => `${name} = excluded.${name}`),
  ]
  return `
${level}_delta AS MATERIALIZED (
  SELECT ${bucketOf(level)} AS bucket, endpoint_id, ${ENDPOINT_MEASURES.map((name) => `sum(${name}) AS ${name}`).join(', ')}
  FROM delta WHERE ${keptAt(level)} GROUP BY 1, 2
),
${level}_existing AS (
  SELECT stored.* FROM ${level}_delta JOIN ${table} AS stored USING (bucket, endpoint_id)
),
${merged} AS (
  SELECT bucket, endpoint_id, ${arrays.join(', ')}
  FROM (
    SELECT bucket, endpoint_id, name, bin, sum(hits)::int AS hits FROM (
      SELECT ${bucketOf(level)} AS bucket, endpoint_id, name, bin, hits FROM delta_bins WHERE ${keptAt(level)}
      UNION ALL ${ENDPOINT_HISTOGRAMS.map((name) => unnestBins(`${level}_existing`, name)).join(' UNION ALL ')}
    ) AS all_bins GROUP BY 1, 2, 3, 4
  ) AS bins GROUP BY 1, 2
),
${level}s AS (
  INSERT INTO ${table} (${[...ENDPOINT_KEYS, ...columns].join(', ')})
  SELECT bucket, endpoint_id, ${ENDPOINT_MEASURES.join(', ')}, ${arrayColumns.map((name) => `coalesce(${merged}.${name}, '{}')`).join(', ')}
  FROM ${level}_delta LEFT JOIN ${merged} USING (bucket, endpoint_id)
  ON CONFLICT (bucket, endpoint_id) DO UPDATE SET ${updates.join(', ')}
)`
}
