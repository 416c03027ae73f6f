import { parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { CHART_SCALES } from '@/lib/charts/prepare-scale'

export const USE_CASES_TABS = ['traffic', 'rules'] as const

/** What the page keeps in the URL beside the window. */
export const useCasesParsers = {
  tab: parseAsStringLiteral(USE_CASES_TABS).withDefault('traffic'),
  /** The use case that is looked into; `unknown` = the requests without one. */
  useCase: parseAsString,
  scale: parseAsStringLiteral(CHART_SCALES).withDefault('linear'),
  view: parseAsStringLiteral(['chart', 'table']).withDefault('chart'),
  all: parseAsBoolean.withDefault(false),
}
