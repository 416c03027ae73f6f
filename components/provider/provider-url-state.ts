import { parseAsStringLiteral } from 'nuqs/server'
import { sortParsers } from '@/components/providers/providers-url-state'
import { CHART_SCALES } from '@/lib/charts/prepare-scale'

/** What a provider's page keeps in the URL beside the window. */
export const providerParsers = {
  ...sortParsers,
  /** Of the chart of errors over the window. */
  scale: parseAsStringLiteral(CHART_SCALES).withDefault('linear'),
}
