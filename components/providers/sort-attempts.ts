import { compareKnown, type FirstDirections, type SortDirection } from '@/components/ui/sorting'
import type { ProviderRow } from '@/lib/analytics/providers/schema'
import { compareNames } from '@/lib/platform/compare-text'
import { ERROR_CLASSES } from '@/lib/records/vocabulary'

/** What tables about attempts can be sorted by; `worst` is what an engineer on call wants to see first. */
export const ATTEMPT_SORTS = [
  'worst',
  'name',
  'attempts',
  'errors',
  'uptime',
  'rateLimitedShare',
  'latencyMsP50',
  'latencyMsP95',
  'tokensPerSecondP50',
  'toolCallErrorRate',
  'requests',
  'totalTokens',
] as const
export type AttemptSort = (typeof ATTEMPT_SORTS)[number]

/** What a row needs to be sorted. */
export type AttemptRow = Pick<
  ProviderRow,
  'attempts' | 'ok' | 'errorsByClass' | Exclude<AttemptSort, 'worst' | 'name' | 'errors'>
>

/** The direction a column is sorted in at first: trouble on top, then size. */
export const FIRST_DIRECTION = {
  worst: 'asc',
  name: 'asc',
  attempts: 'desc',
  errors: 'desc',
  uptime: 'asc',
  rateLimitedShare: 'desc',
  latencyMsP50: 'desc',
  latencyMsP95: 'desc',
  tokensPerSecondP50: 'asc',
  toolCallErrorRate: 'desc',
  requests: 'desc',
  totalTokens: 'desc',
} as const satisfies FirstDirections<AttemptSort>

/** Attempts that ended in an error, of whatever class. */
export function errorCount({ errorsByClass }: Pick<AttemptRow, 'errorsByClass'>): number {
  return ERROR_CLASSES.reduce((sum, name) => sum + (errorsByClass[name] ?? 0), 0)
}

/**
 * Rows in a new order. What is not known stands last in either direction; equal rows go by name. `worst`: lowest uptime,
 * then, where traffic is too little to judge, most errors.
 */
export function sortAttempts<Row extends AttemptRow>({
  rows,
  sort,
  direction,
  nameOf,
}: {
  rows: readonly Row[]
  sort: AttemptSort
  direction: SortDirection
  nameOf: (row: Row) => string
}): Row[] {
  return [...rows].sort(
    (left, right) =>
      compareBy({ left, right, sort, direction, nameOf }) || compareNames(nameOf(left), nameOf(right)),
  )
}

function compareBy<Row extends AttemptRow>({
  left,
  right,
  sort,
  direction,
  nameOf,
}: {
  left: Row
  right: Row
  sort: AttemptSort
  direction: SortDirection
  nameOf: (row: Row) => string
}): number {
  switch (sort) {
    case 'name':
      return compareKnown(nameOf(left), nameOf(right), direction)
    case 'errors':
      return compareKnown(errorCount(left), errorCount(right), direction)
    case 'worst':
      return (
        compareKnown(left.uptime, right.uptime, direction) ||
        compareKnown(errorCount(right), errorCount(left), direction)
      )
    default:
      return compareKnown(left[sort], right[sort], direction)
  }
}
