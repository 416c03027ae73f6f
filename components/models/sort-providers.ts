import { compareKnown, type FirstDirections, type SortDirection } from '@/components/ui/sorting'
import type { ModelProvider } from '@/lib/analytics/models/schema'
import { compareNames } from '@/lib/platform/compare-text'

/** What the providers of a model can be sorted by. */
export const PROVIDER_SORTS = [
  'name',
  'uptime',
  'promptUsdPerMTok',
  'completionUsdPerMTok',
  'effectiveUsdPerMTok',
  'contextLength',
  'latencyMsP50',
  'tokensPerSecondP50',
  'toolCallErrorRate',
  'toolUseRate',
  'cacheHitRate',
  'totalTokens',
] as const
export type ProviderSort = (typeof PROVIDER_SORTS)[number]

/** The direction a column is sorted in at first: the better on top. */
export const FIRST_PROVIDER_DIRECTION = {
  name: 'asc',
  uptime: 'desc',
  promptUsdPerMTok: 'asc',
  completionUsdPerMTok: 'asc',
  effectiveUsdPerMTok: 'asc',
  contextLength: 'desc',
  latencyMsP50: 'asc',
  tokensPerSecondP50: 'desc',
  toolCallErrorRate: 'asc',
  toolUseRate: 'desc',
  cacheHitRate: 'desc',
  totalTokens: 'desc',
} as const satisfies FirstDirections<ProviderSort>

/** Rows in a new order; what is not known stands last in either direction, equal rows go by name. */
export function sortProviders({
  rows,
  sort,
  direction,
}: {
  rows: readonly ModelProvider[]
  sort: ProviderSort
  direction: SortDirection
}): ModelProvider[] {
  return [...rows].sort((a, b) => compareKnown(a[sort], b[sort], direction) || compareNames(a.name, b.name))
}
