import { LOG_ERROR_FILTERS, LOG_STATUSES, LOG_VERDICT_FILTERS } from '@/lib/analytics/logs/filter-words'
import { CALLER_KINDS, OPERATIONS } from '@/lib/records/vocabulary'
import { CALLER_WORDS, errorFilterWords, OPERATION_WORDS, STATUS_WORDS, VERDICT_WORDS } from './log-words'
import type { LogsFilter } from './logs-path'

/** What of a filter narrows requests down, the window aside. */
export type FilterValues = Omit<LogsFilter, 'from' | 'to' | 'period'>
export type FilterField = keyof FilterValues

/** Every field in the order of the picker and of the chips, with its name on screen. */
export const FILTER_FIELDS = [
  { field: 'status', label: 'Status' },
  { field: 'errorClass', label: 'Attempt failed' },
  { field: 'verdict', label: 'Tool call' },
  { field: 'callerKind', label: 'Caller' },
  { field: 'operation', label: 'Operation' },
  { field: 'provider', label: 'Provider' },
  { field: 'model', label: 'Model' },
  { field: 'app', label: 'App' },
  { field: 'key', label: 'API key' },
  { field: 'preset', label: 'Preset' },
  { field: 'useCase', label: 'Use case' },
  { field: 'tool', label: 'Tool' },
  { field: 'session', label: 'Session' },
] as const satisfies readonly { field: FilterField; label: string }[]

/** What sessions can be narrowed to: the app and model of their newest request. */
export const SESSION_FIELDS: ReadonlySet<FilterField> = new Set(['app', 'model'])

/** One thing to filter by. */
export type FilterChoice = { field: FilterField; value: string; words: string }

/** What can be chosen without asking the server. */
export const WORD_CHOICES: readonly FilterChoice[] = [
  ...LOG_STATUSES.map((value) => ({ field: 'status' as const, value, words: STATUS_WORDS[value] })),
  ...LOG_ERROR_FILTERS.map((value) => ({
    field: 'errorClass' as const,
    value,
    words: errorFilterWords(value),
  })),
  ...LOG_VERDICT_FILTERS.map((value) => ({ field: 'verdict' as const, value, words: VERDICT_WORDS[value] })),
  ...CALLER_KINDS.map((value) => ({ field: 'callerKind' as const, value, words: CALLER_WORDS[value] })),
  ...OPERATIONS.map((value) => ({ field: 'operation' as const, value, words: OPERATION_WORDS[value] })),
]

/** The filter as what was chosen, in the order of the fields; `names` are further choices whose words are known. */
export function activeChoices(
  values: FilterValues,
  names: readonly FilterChoice[] = [],
): (FilterChoice & { label: string })[] {
  return FILTER_FIELDS.flatMap(({ field, label }) => {
    const value = values[field]
    if (value === undefined) return []
    const known = [...WORD_CHOICES, ...names].find(
      (choice) => choice.field === field && choice.value === value,
    )
    return [{ field, label, value, words: known?.words ?? value }]
  })
}
