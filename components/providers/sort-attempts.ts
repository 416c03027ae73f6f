import type { ProviderRow } from '@/lib/analytics/providers/schema'
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

export const SORT_DIRECTIONS = ['asc', 'desc'] as const
export type SortDirection = (typeof SORT_DIRECTIONS)[number]

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
} as const satisfies Record<AttemptSort, SortDirection>

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
  const sign = direction === 'asc' ? 1 : -1
  return [...rows].sort(
    (left, right) =>
      compareBy({ left, right, sort, sign, nameOf }) || compareText(nameOf(left), nameOf(right)),
  )
}

function compareBy<Row extends AttemptRow>({
  left,
  right,
  sort,
  sign,
  nameOf,
}: {
  left: Row
  right: Row
  sort: AttemptSort
  sign: 1 | -1
  nameOf: (row: Row) => string
}): number {
  switch (sort) {
    case 'name':
      return sign * compareText(nameOf(left), nameOf(right))
    case 'errors':
      return sign * (errorCount(left) - errorCount(right))
    case 'worst':
      return (
        compareKnown({ left: left.uptime, right: right.uptime, sign }) ||
        sign * (errorCount(right) - errorCount(left))
      )
    default:
      return compareKnown({ left: left[sort], right: right[sort], sign })
  }
}

function compareKnown({
  left,
  right,
  sign,
}: {
  left: number | null
  right: number | null
  sign: 1 | -1
}): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null)
  return sign * (left - right)
}

/** Same order on every machine, whatever its locale. */
function compareText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
