import { parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { RANKED_ENTITIES, RANKING_SORTS } from '@/lib/analytics/subjects'
import { CHART_SCALES } from '@/lib/charts/prepare-scale'

export const CHART_VIEWS = ['chart', 'table'] as const

/** What the Rankings page keeps in the URL beside the window. */
export const rankingsParsers = {
  by: parseAsStringLiteral(RANKED_ENTITIES).withDefault('model'),
  sort: parseAsStringLiteral(RANKING_SORTS).withDefault('tokens'),
  scale: parseAsStringLiteral(CHART_SCALES).withDefault('linear'),
  view: parseAsStringLiteral(CHART_VIEWS).withDefault('chart'),
  q: parseAsString.withDefault(''),
  all: parseAsBoolean.withDefault(false),
}
