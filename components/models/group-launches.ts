import type { LaunchRow } from '@/lib/analytics/models/schema'
import { formatMonth, formatWindow } from '@/lib/platform/format'

export const LAUNCH_GROUPS = ['month', 'week'] as const
export type LaunchGrouping = (typeof LAUNCH_GROUPS)[number]

export type LaunchGroup = { startMs: number; label: string; rows: LaunchRow[] }

const DAY_MS = 86_400_000
/** 5 January 1970 was a Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS

/** Launches by calendar month or by week from Monday (UTC), in the order of the rows; times without one are left out. */
export function groupLaunches(rows: readonly LaunchRow[], by: LaunchGrouping): LaunchGroup[] {
  const groups = new Map<number, LaunchGroup>()
  for (const row of rows) {
    const startMs = startOf(Date.parse(row.launchedOn), by)
    const group = groups.get(startMs) ?? { startMs, label: labelOf(startMs, by), rows: [] }
    group.rows.push(row)
    groups.set(startMs, group)
  }
  return [...groups.values()]
}

function startOf(dayMs: number, by: LaunchGrouping): number {
  if (by === 'week') return dayMs - ((dayMs - FIRST_MONDAY_MS) % (7 * DAY_MS))
  const day = new Date(dayMs)
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1)
}

function labelOf(startMs: number, by: LaunchGrouping): string {
  return by === 'month' ? formatMonth(startMs) : formatWindow(startMs, startMs + 7 * DAY_MS)
}
