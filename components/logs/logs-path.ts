import type { LogErrorFilter, LogStatus, LogVerdictFilter } from '@/lib/analytics/logs/filter-words'
import type { CallerKind, Operation } from '@/lib/records/vocabulary'

/** What the Logs page can be narrowed to; the same words are the parameters of its URL and of `GET /api/logs`. */
export type LogsFilter = {
  /** Both ISO, half-open, or a named period. */
  from?: string
  to?: string
  period?: string
  /** The request's; with provider, errorClass, verdict or tool, that of the attempt they are true of. */
  model?: string
  provider?: string
  app?: string
  /** Name of an API key. */
  key?: string
  preset?: string
  useCase?: string
  session?: string
  /** Of the request; `error` = its last attempt failed. */
  status?: LogStatus
  /** Of any of its attempts, also of those that failover hid; `any` = whatever went wrong. */
  errorClass?: LogErrorFilter
  callerKind?: CallerKind
  operation?: Operation
  /** `bad` = any verdict that counts as an error. */
  verdict?: LogVerdictFilter
  tool?: string
}

/** Where the requests that a number counts are listed: every chart and row links down to it. */
export function logsPath(filter: LogsFilter): `/logs${string}` {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) parameters.set(name, value)
  return parameters.size === 0 ? '/logs' : `/logs?${parameters}`
}

/** The page of one request; `search` is that of the list it is opened from, as `listSearch` gives it. */
export function requestPath(ref: string, search = ''): `/logs/${string}` {
  return `/logs/${encodeURIComponent(ref)}${search === '' ? '' : `?${search}`}`
}
