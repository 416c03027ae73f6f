import { parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { BAD_CALL_CLASSES } from '@/lib/analytics/tools/bad-calls'
import { TOOL_SORTS } from '@/lib/analytics/tools/tool-sorts'
import { TOOL_SUBJECTS } from '@/lib/analytics/tools/tool-subjects'

export const FUNNEL_MEASURES = ['shares', 'requests'] as const
export type FunnelMeasure = (typeof FUNNEL_MEASURES)[number]

/** What the Tools page keeps in the URL beside the window. */
export const toolsParsers = {
  /** Whose requests: at most one of these four. */
  model: parseAsString,
  author: parseAsString,
  provider: parseAsString,
  app: parseAsString,
  measure: parseAsStringLiteral(FUNNEL_MEASURES).withDefault('shares'),
  view: parseAsStringLiteral(['chart', 'table'] as const).withDefault('chart'),
  by: parseAsStringLiteral(TOOL_SUBJECTS).withDefault('model'),
  /** The model whose providers are compared; without it the one of the filter, else the one that calls most. */
  compare: parseAsString,
  sort: parseAsStringLiteral(TOOL_SORTS).withDefault('calls'),
  /** What the failing calls are narrowed to. */
  verdict: parseAsStringLiteral(BAD_CALL_CLASSES),
  tool: parseAsString,
}
