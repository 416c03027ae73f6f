'use client'

import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { type PickerGroup, SearchPicker } from '@/components/ui/search-picker'
import { useDebounced } from '@/components/ui/use-debounced'
import type { LogValuesAnswer } from '@/lib/analytics/logs/schema'
import {
  activeChoices,
  FILTER_FIELDS,
  type FilterChoice,
  type FilterField,
  SESSION_FIELDS,
  WORD_CHOICES,
} from './filter-fields'
import { logValuesQueryOptions } from './logs-query'
import type { LogsState } from './use-logs-state'

const TYPING_MS = 150

/** One search over everything requests can be filtered by, and what is filtered by now. */
export function LogsFilterBar({ state }: { state: LogsState }) {
  const { filter, view, setField, clear } = state
  const [search, setSearch] = useState('')
  const { data: names = [] } = useQuery(logValuesQueryOptions({ search: useDebounced(search, TYPING_MS) }))
  const { data: chosenProviders = [] } = useQuery({
    ...logValuesQueryOptions({ field: 'provider', search: filter.provider ?? '' }),
    enabled: filter.provider !== undefined,
  })
  const isOffered = ({ field }: { field: FilterField }) => view === 'requests' || SESSION_FIELDS.has(field)
  const choices: FilterChoice[] = [...WORD_CHOICES, ...names.map(toChoice)].filter(isOffered)
  const active = activeChoices(filter, chosenProviders.map(toChoice))
  const toggle = (key: string) => {
    const chosen = choices.find((choice) => keyOf(choice) === key)
    if (!chosen) return
    setField(chosen.field, filter[chosen.field] === chosen.value ? null : chosen.value)
  }
  return (
    <search className="flex flex-wrap items-center gap-2" aria-label="Filter">
      <SearchPicker
        label="Filter"
        placeholder="Provider, model, app, error, tool…"
        align="start"
        groups={toGroups(choices)}
        selected={active.map(keyOf)}
        emptyText="Nothing is called that"
        onToggle={toggle}
        onSearch={setSearch}
      />
      {active.length === 0 ? (
        <span className="text-sm text-muted">All {view}</span>
      ) : (
        <ul aria-label="Filtered by" className="contents">
          {active.map((choice) => (
            <li key={choice.field} className="min-w-0">
              <button
                type="button"
                onClick={() => setField(choice.field, null)}
                aria-label={`Remove the filter ${choice.label}: ${choice.words}`}
                className={`inline-flex h-7 max-w-full items-center gap-1.5 rounded-lg border px-2 text-sm transition-colors ${
                  isOffered(choice)
                    ? 'border-accent/40 bg-accent-soft text-accent-strong hover:border-accent'
                    : 'text-muted line-through'
                }`}
              >
                <span className="truncate">
                  {choice.label}: <span className="font-medium">{choice.words}</span>
                </span>
                <X className="size-3.5 shrink-0" aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {active.length > 1 ? (
        <Button variant="quiet" size="small" onClick={clear}>
          Clear all
        </Button>
      ) : null}
    </search>
  )
}

function toChoice({ field, value, label }: LogValuesAnswer['values'][number]): FilterChoice {
  return { field, value, words: label }
}

function keyOf({ field, value }: { field: string; value: string }): string {
  return `${field}: ${value}`
}

function toGroups(choices: readonly FilterChoice[]): PickerGroup[] {
  return FILTER_FIELDS.map(({ field, label }) => ({
    heading: label,
    options: choices
      .filter((choice) => choice.field === field)
      .map((choice) => ({
        value: keyOf(choice),
        keywords: [label, choice.words, choice.value],
        content: <span className="block truncate">{choice.words}</span>,
      })),
  }))
}
