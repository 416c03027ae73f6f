'use client'

import { Panel } from '@/components/ui/panel'
import { SearchPicker } from '@/components/ui/search-picker'
import { SortableList } from '@/components/ui/sortable-list'
import { formatCompact } from '@/lib/platform/format'
import { type ModelChoice, modelChoices } from '@/lib/presets/endpoint-choices'
import type { EditorForm } from './editor-form'
import { HealthDot, rangeWords } from './endpoint-record'
import { RowRemove } from './row-remove'

/** Which models answer, in the order in which they are tried. */
export function ModelsSection({ form }: { form: EditorForm }) {
  const { draft, change, errorAt, isReadOnly, endpoints, noEndpoints } = form
  const choices = modelChoices(endpoints)
  const { models } = draft
  const toggle = (model: string) =>
    change({ models: models.includes(model) ? models.filter((one) => one !== model) : [...models, model] })
  return (
    <Panel
      title="Models"
      note={
        models.length === 0
          ? 'None chosen: the request names its model.'
          : 'The first answers; the others stand in when it cannot.'
      }
      actions={
        isReadOnly ? null : (
          <SearchPicker
            label="Add a model"
            placeholder="Search models"
            groups={byAuthor(choices)}
            selected={models}
            emptyText={choices.length === 0 ? noEndpoints : 'No model matches.'}
            onToggle={toggle}
          />
        )
      }
    >
      <div className="px-4 pb-4 sm:px-5 sm:pb-5 empty:hidden">
        {models.length > 0 ? (
          <SortableList
            label="Models in the order in which they are tried"
            keys={models}
            isReadOnly={isReadOnly}
            onMove={(next) => change({ models: next })}
          >
            {(model, index) => (
              <ModelRow
                model={model}
                index={index}
                choice={choices.find((choice) => choice.model === model)}
                isKnown={endpoints.length > 0}
                onRemove={isReadOnly ? null : () => toggle(model)}
              />
            )}
          </SortableList>
        ) : null}
        <FieldMessage message={errorAt('config.models')} />
      </div>
    </Panel>
  )
}

/** An error that belongs to a list rather than to one input. */
export function FieldMessage({ message }: { message: string | undefined }) {
  return message ? (
    <p role="alert" className="mt-2 text-sm text-negative first-letter:uppercase">
      {message}
    </p>
  ) : null
}

function ModelRow({
  model,
  index,
  choice,
  isKnown,
  onRemove,
}: {
  model: string
  index: number
  choice: ModelChoice | undefined
  isKnown: boolean
  onRemove: (() => void) | null
}) {
  return (
    <div className="flex items-center gap-2.5">
      <span className="w-4 text-right text-xs text-muted tabular-nums">{index + 1}</span>
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          {choice ? <HealthDot status={choice.status} /> : null}
          <span className="truncate font-medium">{model}</span>
        </div>
        {choice ? (
          <ModelFacts choice={choice} />
        ) : isKnown ? (
          <span className="text-xs text-warning">No provider of the gateway serves this model.</span>
        ) : null}
      </div>
      {onRemove ? <RowRemove label={`Remove ${model}`} onRemove={onRemove} /> : null}
    </div>
  )
}

function ModelFacts({ choice }: { choice: ModelChoice }) {
  const { providers, promptUsdPerMTok, completionUsdPerMTok, contextLength } = choice
  return (
    <span className="flex flex-wrap gap-x-2.5 text-xs text-muted tabular-nums">
      <span>{providers === 1 ? '1 provider' : `${providers} providers`}</span>
      <span>
        {rangeWords(promptUsdPerMTok)} in, {rangeWords(completionUsdPerMTok)} out
      </span>
      {contextLength === null ? null : <span>{formatCompact(contextLength)} context</span>}
    </span>
  )
}

function byAuthor(choices: readonly ModelChoice[]) {
  const groups = new Map<string, ModelChoice[]>()
  for (const choice of choices) {
    const author = choice.model.split('/')[0] ?? ''
    groups.set(author, [...(groups.get(author) ?? []), choice])
  }
  return [...groups].map(([heading, group]) => ({
    heading,
    options: group.map((choice) => ({
      value: choice.model,
      content: (
        <>
          <span className="flex items-center gap-2">
            <HealthDot status={choice.status} />
            <span className="truncate font-medium">{choice.model}</span>
          </span>
          <ModelFacts choice={choice} />
        </>
      ),
    })),
  }))
}
