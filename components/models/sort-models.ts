import { compareKnown, type FirstDirections, type SortDirection } from '@/components/ui/sorting'
import type { ModelRow } from '@/lib/analytics/models/schema'
import { compareNames } from '@/lib/platform/compare-text'

/** What the catalogue can be sorted by. */
export const MODEL_SORTS = [
  'name',
  'totalTokens',
  'providers',
  'promptUsdPerMTok',
  'completionUsdPerMTok',
  'contextLength',
  'toolCallErrorRate',
  'uptime',
  'latencyMsP50',
  'launchedOn',
] as const
export type ModelSort = (typeof MODEL_SORTS)[number]

/** The direction a column is sorted in at first: what somebody who chooses a model wants on top. */
export const FIRST_DIRECTION = {
  name: 'asc',
  totalTokens: 'desc',
  providers: 'desc',
  promptUsdPerMTok: 'asc',
  completionUsdPerMTok: 'asc',
  contextLength: 'desc',
  toolCallErrorRate: 'asc',
  uptime: 'desc',
  latencyMsP50: 'asc',
  launchedOn: 'desc',
} as const satisfies FirstDirections<ModelSort>

/** Rows in a new order; what is not known stands last in either direction, equal rows go by tokens, then by name. */
export function sortModels({
  rows,
  sort,
  direction,
}: {
  rows: readonly ModelRow[]
  sort: ModelSort
  direction: SortDirection
}): ModelRow[] {
  return [...rows].sort(
    (a, b) =>
      compareKnown(a[sort], b[sort], direction) ||
      b.totalTokens - a.totalTokens ||
      compareNames(a.name, b.name),
  )
}
