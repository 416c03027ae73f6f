import { useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { useWindowChoice } from '@/components/time-window/use-window-choice'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { FILTER_FIELDS, type FilterField, type FilterValues } from './filter-fields'
import { givenWindowParsers, type LogView, logsParsers } from './logs-url-state'

export type LogsState = {
  view: LogView
  filter: FilterValues
  choice: WindowChoice
  /** Null while one session is shown from its first to its last request. */
  windowChoice: WindowChoice | null
  setView: (view: LogView) => void
  setChoice: (choice: WindowChoice) => void
  /** Sets one field; null takes it away. */
  setField: (field: FilterField, value: string | null) => void
  clear: () => void
}

/** What the Logs page shows, from its URL, and the ways to change it. */
export function useLogsState(): LogsState {
  const [choice, setChoice] = useWindowChoice()
  const [{ view, ...fields }, setFields] = useQueryStates(logsParsers, { history: 'push' })
  const [{ period, from }] = useQueryStates(givenWindowParsers)
  const parts = FILTER_FIELDS.map(({ field }) => fields[field])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parts are all there is of `fields`
  const filter = useMemo(() => toFilter(fields), parts)
  const isWholeSession = filter.session !== undefined && period === null && from === null
  return {
    view,
    filter,
    choice,
    windowChoice: isWholeSession ? null : choice,
    setView: (next) => void setFields({ view: next }),
    setChoice,
    setField: (field, value) => void setFields({ [field]: value }),
    clear: () => void setFields(NO_FILTER),
  }
}

const NO_FILTER = Object.fromEntries(FILTER_FIELDS.map(({ field }) => [field, null]))

function toFilter(fields: Record<FilterField, string | null>): FilterValues {
  const given = Object.entries(fields).filter(([, value]) => value !== null && value !== '')
  // The values were parsed field by field; taking the empty ones away changes no type.
  return Object.fromEntries(given) as FilterValues
}
