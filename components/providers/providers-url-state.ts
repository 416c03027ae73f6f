import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { STATUS_ORDER } from '@/components/live/status-look'
import { SORT_DIRECTIONS } from '@/components/ui/sorting'
import { WALL_ORDERS } from '@/lib/live/wall/group-cells'
import { ATTEMPT_SORTS } from './sort-attempts'

/** How a table about attempts is sorted; without a direction, as its column is at first. */
export const sortParsers = {
  sort: parseAsStringLiteral(ATTEMPT_SORTS).withDefault('worst'),
  direction: parseAsStringLiteral(SORT_DIRECTIONS),
}

/** What the Providers page keeps in the URL beside the window. */
export const providersParsers = {
  ...sortParsers,
  q: parseAsString.withDefault(''),
  /** Statuses the wall shows; none = all. */
  status: parseAsArrayOf(parseAsStringLiteral(STATUS_ORDER)).withDefault([]),
  order: parseAsStringLiteral(WALL_ORDERS).withDefault('worst'),
}
