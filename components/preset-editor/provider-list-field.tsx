'use client'

import { type ReactNode, useId } from 'react'
import { SearchPicker } from '@/components/ui/search-picker'
import { SortableList } from '@/components/ui/sortable-list'
import { type ProviderChoice, providerChoices } from '@/lib/presets/endpoint-choices'
import type { EditorForm } from './editor-form'
import { EndpointRecord, HealthDot } from './endpoint-record'
import { FieldMessage } from './models-section'
import { RowRemove } from './row-remove'

/** One list of providers of the routing: tried first, only these, or never these. */
export function ProviderListField({
  form,
  field,
  title,
  note,
  action,
  isOrdered,
}: {
  form: EditorForm
  field: 'order' | 'only' | 'ignore'
  title: string
  note: string
  action: string
  isOrdered: boolean
}) {
  const titleId = useId()
  const { draft, change, errorAt, isReadOnly, endpoints, noEndpoints } = form
  const choices = providerChoices({ endpoints, models: draft.models })
  const slugs = draft.provider[field]
  const set = (next: string[]) => change({ provider: { ...draft.provider, [field]: next } })
  const toggle = (slug: string) =>
    set(slugs.includes(slug) ? slugs.filter((one) => one !== slug) : [...slugs, slug])
  const emptyText =
    endpoints.length === 0
      ? noEndpoints
      : choices.length === 0
        ? 'No provider serves these models yet.'
        : 'No provider matches.'
  const rowOf = (slug: string, index: number | null) => (
    <ProviderRow
      slug={slug}
      index={index}
      choice={choices.find(({ provider }) => provider === slug)}
      isKnown={endpoints.length > 0}
      onRemove={isReadOnly ? null : () => toggle(slug)}
    />
  )
  return (
    <section aria-labelledby={titleId} className="flex flex-col gap-2">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <div className="min-w-0">
          <h3 id={titleId} className="text-sm font-medium">
            {title}
          </h3>
          <p className="text-xs text-muted">{note}</p>
        </div>
        {isReadOnly ? null : (
          <SearchPicker
            label={action}
            placeholder="Search providers"
            groups={[{ heading: headingOf(draft.models), options: choices.map(optionOf) }]}
            selected={slugs}
            emptyText={emptyText}
            onToggle={toggle}
          />
        )}
      </header>
      {slugs.length === 0 ? null : isOrdered ? (
        <SortableList label={title} keys={slugs} isReadOnly={isReadOnly} onMove={set}>
          {rowOf}
        </SortableList>
      ) : (
        <ul aria-label={title} className="flex flex-col gap-1.5">
          {slugs.map((slug) => (
            <li key={slug} className="rounded-lg border bg-surface py-1.5 pr-1.5 pl-3">
              {rowOf(slug, null)}
            </li>
          ))}
        </ul>
      )}
      <FieldMessage message={errorAt(`config.provider.${field}`)} />
    </section>
  )
}

function ProviderRow({
  slug,
  index,
  choice,
  isKnown,
  onRemove,
}: {
  slug: string
  index: number | null
  choice: ProviderChoice | undefined
  isKnown: boolean
  onRemove: (() => void) | null
}): ReactNode {
  return (
    <div className="flex items-center gap-2.5">
      {index === null ? null : (
        <span className="w-4 text-right text-xs text-muted tabular-nums">{index + 1}</span>
      )}
      <div className="min-w-0 flex-1">
        <ProviderName slug={slug} choice={choice} />
        {choice ? (
          <ProviderRecord choice={choice} />
        ) : isKnown ? (
          <span className="text-xs text-warning">Serves none of these models here.</span>
        ) : null}
      </div>
      {onRemove ? <RowRemove label={`Remove ${choice?.name ?? slug}`} onRemove={onRemove} /> : null}
    </div>
  )
}

function ProviderName({ slug, choice }: { slug: string; choice: ProviderChoice | undefined }) {
  return (
    <span className="flex items-center gap-2">
      {choice ? <HealthDot status={choice.status} /> : null}
      <span className="truncate font-medium">{choice?.name ?? slug}</span>
      {choice && choice.name.toLowerCase() !== slug ? (
        <span className="truncate font-mono text-xs text-muted">{slug}</span>
      ) : null}
    </span>
  )
}

/** As many endpoints as can be told apart at a glance. */
const SHOWN_ENDPOINTS = 3

function ProviderRecord({ choice: { endpoints } }: { choice: ProviderChoice }) {
  const hidden = endpoints.length - SHOWN_ENDPOINTS
  return (
    <>
      {endpoints.slice(0, SHOWN_ENDPOINTS).map((endpoint) => (
        <EndpointRecord key={endpoint.model} endpoint={endpoint} withModel={endpoints.length > 1} />
      ))}
      {hidden > 0 ? <span className="text-xs text-muted">and {hidden} more models</span> : null}
    </>
  )
}

function headingOf(models: readonly string[]): string {
  if (models.length === 0) return 'Providers of any model'
  return models.length === 1 ? `Providers of ${models[0]}` : 'Providers of the chosen models'
}

function optionOf(choice: ProviderChoice) {
  return {
    value: choice.provider,
    keywords: [choice.name],
    content: (
      <>
        <ProviderName slug={choice.provider} choice={choice} />
        <ProviderRecord choice={choice} />
      </>
    ),
  }
}
