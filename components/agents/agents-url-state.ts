import { parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { CALLER_SUBJECTS } from '@/lib/analytics/agents/callers/subjects'
import { CALLER_CLASSES } from '@/lib/records/caller-class'

export const SHARE_MEASURES = ['tokens', 'requests'] as const
export type ShareMeasure = (typeof SHARE_MEASURES)[number]

export const SHARE_SCALES = ['percent', 'linear'] as const

/** What the Agents page keeps in the URL beside the window. */
export const agentsParsers = {
  measure: parseAsStringLiteral(SHARE_MEASURES).withDefault('tokens'),
  scale: parseAsStringLiteral(SHARE_SCALES).withDefault('percent'),
  view: parseAsStringLiteral(['chart', 'table'] as const).withDefault('chart'),
  by: parseAsStringLiteral(CALLER_SUBJECTS).withDefault('app'),
  /** Null = callers of every class. */
  class: parseAsStringLiteral(CALLER_CLASSES),
  q: parseAsString.withDefault(''),
  all: parseAsBoolean.withDefault(false),
}
