import { compareNames } from '@/lib/platform/compare-text'

export const SORT_DIRECTIONS = ['asc', 'desc'] as const
export type SortDirection = (typeof SORT_DIRECTIONS)[number]

/** How a table is sorted; a direction of null is the column's own first one, which the URL leaves out. */
export type Sorting<Column extends string> = { sort: Column; direction: SortDirection | null }

/** The direction each column is sorted in at first. */
export type FirstDirections<Column extends string> = Readonly<Record<Column, SortDirection>>

/** Negative, zero or positive as `a` comes before, with or after `b`; what is not known stands last in either direction. */
export function compareKnown(
  a: string | number | null,
  b: string | number | null,
  direction: SortDirection,
): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  const sign = direction === 'asc' ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
  return sign * compareNames(String(a), String(b))
}
