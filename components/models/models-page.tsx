'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { FirstRecordPanel } from '@/components/first-record/first-record-panel'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { useWindowChoice } from '@/components/time-window/use-window-choice'
import { WindowPicker } from '@/components/time-window/window-picker'
import { Segmented } from '@/components/ui/segmented'
import { CataloguePanel } from './catalogue-panel'
import { LaunchesPanel } from './launches-panel'
import { ModelFilters } from './model-filters'
import { modelsQueryOptions } from './models-query'
import { modelsParsers } from './models-url-state'

const VIEW_OPTIONS = [
  { value: 'catalogue' as const, label: 'Catalogue' },
  { value: 'timeline' as const, label: 'Timeline of launches' },
]

/** Every model: searched, compared by what it costs and how it does, or by when it came out. */
export function ModelsPage() {
  const [choice, setChoice] = useWindowChoice()
  const [state, setState] = useQueryStates(modelsParsers)
  const query = useQuery(modelsQueryOptions(choice))
  const authors = useMemo(
    () => [...new Set(query.data?.rows.map(({ author }) => author))].sort(),
    [query.data],
  )
  const isTimeline = state.view === 'timeline'
  return (
    <PageFrame>
      <PageHeader title="Models">
        Every model used or configured here: its price, how it does, and when it came out.
      </PageHeader>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Segmented
          label="Show models as"
          options={VIEW_OPTIONS}
          value={state.view}
          onChange={(view) => void setState({ view }, { history: 'push' })}
          className="max-sm:w-full"
        />
        {isTimeline ? null : <WindowPicker choice={choice} onChange={setChoice} />}
      </div>
      {query.data?.rows.length === 0 ? (
        <FirstRecordPanel />
      ) : (
        <>
          <ModelFilters
            filter={state}
            authors={authors}
            isTimeline={isTimeline}
            onChange={(change) => void setState(change)}
          />
          <PanelBoundary>
            {isTimeline ? (
              <LaunchesPanel
                q={state.q}
                author={state.author}
                by={state.by}
                onByChange={(by) => void setState({ by })}
                onClear={() => void setState({ q: null, author: null })}
              />
            ) : (
              <CataloguePanel
                query={query}
                choice={choice}
                state={state}
                onStateChange={(change) => void setState(change)}
              />
            )}
          </PanelBoundary>
        </>
      )}
    </PageFrame>
  )
}
