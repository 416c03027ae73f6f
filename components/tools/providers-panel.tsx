'use client'

import { useQuery } from '@tanstack/react-query'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { closePopover } from '@/components/ui/close-popover'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { SearchPicker } from '@/components/ui/search-picker'
import type { ToolModelsAnswer } from '@/lib/analytics/tools/models/schema'
import { BadCallsLegend } from './bad-calls-bar'
import { NotNarrowed } from './not-narrowed'
import { ProvidersTable } from './providers-table'
import { toolUseSpread } from './tool-use-spread'
import type { ToolsFilter } from './tools-filter'
import { toolModelsQueryOptions, toolProvidersQueryOptions, toolsUrl } from './tools-query'

/** The providers of one model: who breaks its tool calls, and who calls tools less than the others. */
export function ProvidersPanel({
  choice,
  filter,
  model: wanted,
  onModelChange,
}: {
  choice: WindowChoice
  filter: ToolsFilter
  /** Null = the model that calls most. */
  model: string | null
  onModelChange: (model: string) => void
}) {
  const models = useQuery(toolModelsQueryOptions(choice))
  const model = wanted ?? models.data?.rows[0]?.key ?? null
  const query = useQuery({
    ...toolProvidersQueryOptions({ choice, model: model ?? '' }),
    enabled: model !== null,
  })
  const spread = query.data ? toolUseSpread(query.data) : null
  const skeleton = <RowsSkeleton rows={4} rowHeight="h-13" hasHead />
  const hasNoCalls = model === null && models.data !== undefined
  return (
    <Panel
      title={
        <>
          Which provider breaks the tool calls of{' '}
          <span className="text-accent">{query.data?.model ?? model ?? 'a model'}</span>?
        </>
      }
      info={<Definition of="toolCallErrorRate" />}
      note={
        <>
          {hasNoCalls ? 'No model called a tool' : <WindowNote query={model === null ? models : query} />}
          {spread ? <span>; {spread}</span> : null}
          {filter?.by === 'model' ? null : <NotNarrowed filter={filter} />}
          <Freshness query={query} />
        </>
      }
      actions={
        <>
          {model === null ? null : (
            <ExportLinks
              subject="the providers"
              urlOf={(format) => toolsUrl({ path: 'providers', choice, parameters: { model } }, format)}
            />
          )}
          <ModelPicker models={models.data} model={model} onModelChange={onModelChange} />
        </>
      }
    >
      {hasNoCalls ? (
        <EmptyState title="No tool calls in this window">
          As soon as a model calls tools here, its providers are compared.
        </EmptyState>
      ) : model === null ? (
        // Which model is compared is not known until the ranking is here.
        <QueryBody query={models} skeleton={skeleton} className="min-h-40">
          {() => null}
        </QueryBody>
      ) : (
        <QueryBody query={query} skeleton={skeleton} className="min-h-40">
          {(answer) =>
            answer.rows.length === 0 ? (
              <EmptyState title="Nobody offered this model tools in this window" />
            ) : (
              <>
                <ProvidersTable answer={answer} choice={choice} />
                <BadCallsLegend className="border-t px-4 py-3 sm:px-5" />
              </>
            )
          }
        </QueryBody>
      )}
    </Panel>
  )
}

function ModelPicker({
  models,
  model,
  onModelChange,
}: {
  models: ToolModelsAnswer | undefined
  model: string | null
  onModelChange: (model: string) => void
}) {
  const options = (models?.rows ?? []).map(({ key }) => ({ value: key, content: key }))
  return (
    <SearchPicker
      label="Another model"
      placeholder="Find a model that calls tools"
      groups={[{ heading: 'By tool calls in this window', options }]}
      selected={model === null ? [] : [model]}
      emptyText={models === undefined ? 'Loading' : 'No model of that name called a tool in this window'}
      onToggle={(next) => {
        onModelChange(next)
        closePopover()
      }}
    />
  )
}
