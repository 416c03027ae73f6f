import type { RankingRow } from '@/lib/analytics/rankings/schema'

/** Rows whose name or key holds every word of the filter; ranks stay those of the whole ranking. */
export function filterRows(rows: readonly RankingRow[], filter: string): RankingRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...rows]
  return rows.filter((row) => {
    const text = `${row.label} ${row.key}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
