import { parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { LOG_ERROR_FILTERS, LOG_STATUSES, LOG_VERDICT_FILTERS } from '@/lib/analytics/logs/filter-words'
import { CALLER_KINDS, OPERATIONS } from '@/lib/records/vocabulary'
import { PERIOD_NAMES } from '@/lib/time/period'

export const LOG_VIEWS = ['requests', 'sessions'] as const
export type LogView = (typeof LOG_VIEWS)[number]

/** What the Logs page keeps in the URL beside the window; a word that is none of a list is taken as not given. */
export const logsParsers = {
  view: parseAsStringLiteral(LOG_VIEWS).withDefault('requests'),
  model: parseAsString,
  provider: parseAsString,
  app: parseAsString,
  key: parseAsString,
  preset: parseAsString,
  useCase: parseAsString,
  session: parseAsString,
  status: parseAsStringLiteral(LOG_STATUSES),
  errorClass: parseAsStringLiteral(LOG_ERROR_FILTERS),
  callerKind: parseAsStringLiteral(CALLER_KINDS),
  operation: parseAsStringLiteral(OPERATIONS),
  verdict: parseAsStringLiteral(LOG_VERDICT_FILTERS),
  tool: parseAsString,
}

/** Whether the URL says which window; a session without one is shown whole. */
export const givenWindowParsers = {
  period: parseAsStringLiteral(PERIOD_NAMES),
  from: parseAsString,
  to: parseAsString,
}
