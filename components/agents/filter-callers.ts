import type { CallerRow } from '@/lib/analytics/agents/callers/schema'
import type { CallerClass } from '@/lib/records/caller-class'

/** Callers of one class (null = any) whose name holds every word of the filter, in the order they came. */
export function filterCallers(
  rows: readonly CallerRow[],
  { filter, callerClass }: { filter: string; callerClass: CallerClass | null },
): CallerRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter((row) => {
    if (callerClass !== null && row.class !== callerClass) return false
    const text = `${row.label} ${row.key}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
