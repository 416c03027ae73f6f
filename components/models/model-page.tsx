'use client'

import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { useWindowChoice } from '@/components/time-window/use-window-choice'
import { useWindowSearch } from '@/components/time-window/use-window-search'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowPicker } from '@/components/time-window/window-picker'
import { FunnelPanel } from '@/components/tools/funnel-panel'
import { EmptyState } from '@/components/ui/empty-state'
import { entityPath } from '@/components/usage/entity-path'
import type { ModelPageAnswer } from '@/lib/analytics/models/schema'
import { AppError } from '@/lib/platform/errors'
import { AppsPanel } from './apps-panel'
import { AvailabilityPanel } from './availability-panel'
import { type EditableModel, EditModelDialog } from './edit-model-dialog'
import { ModelFacts } from './model-facts'
import { ModelNote } from './model-note'
import { modelQueryOptions, modelSeriesQueryOptions } from './model-query'
import { PerformancePanel } from './performance-panel'
import { ProvidersPanel } from './providers-panel'
import { TokensPanel } from './tokens-panel'

/** One model: what it is, who serves it and how well, and who uses it. */
export function ModelPage({ model, canEdit }: { model: string; canEdit: boolean }) {
  const [choice, setChoice] = useWindowChoice()
  const windowSearch = useWindowSearch()
  const query = useQuery(modelQueryOptions({ model, choice }))
  const router = useRouter()
  const [edited, setEdited] = useState<EditableModel | null>(null)
  const askedAs = query.isPlaceholderData ? null : (query.data?.askedAs ?? null)
  const canonical = query.data?.model
  // The address of another name leads to the model's own.
  useEffect(() => {
    if (askedAs === null || canonical === undefined) return
    const path = entityPath({ by: 'model', key: canonical, windowSearch })
    if (path) router.replace(`${path}${path.includes('?') ? '&' : '?'}alias=${encodeURIComponent(askedAs)}`)
  }, [askedAs, canonical, windowSearch, router])
  const isUnheardOf =
    query.data === undefined && query.error instanceof AppError && query.error.code === 'not_found'
  return (
    <PageFrame>
      <Link
        href={windowSearch ? `/models?${windowSearch}` : '/models'}
        className="-mb-2 inline-flex items-center gap-1 self-start text-sm text-muted hover:text-foreground"
      >
        <ChevronLeft className="size-4" aria-hidden="true" />
        All models
      </Link>
      <PageHeader
        title={query.data?.name ?? model.slice(model.indexOf('/') + 1)}
        actions={<WindowPicker choice={choice} onChange={setChoice} />}
      >
        <ModelNote model={model} data={query.data} canEdit={canEdit} onEdit={setEdited} />
      </PageHeader>
      {isUnheardOf ? (
        <div className="rounded-xl border bg-surface">
          <EmptyState title={`There is no model ${model}`}>
            A model gets its page with its first request, or when an endpoint is configured in Settings.
          </EmptyState>
        </div>
      ) : (
        <ModelPanels model={model} choice={choice} />
      )}
      {edited ? (
        <EditModelDialog
          key={edited.model}
          model={edited}
          isOpen
          onClose={() => setEdited(null)}
          onSaved={(saved) => {
            setEdited(null)
            const path = saved.alias_of && entityPath({ by: 'model', key: saved.alias_of, windowSearch })
            if (path && saved.alias_of !== canonical) router.push(path)
          }}
        />
      ) : null}
    </PageFrame>
  )
}

function ModelPanels({ model, choice }: { model: string; choice: WindowChoice }) {
  const query = useQuery(modelQueryOptions({ model, choice }))
  // Asked for beside the first, though shown below it.
  useQuery(modelSeriesQueryOptions({ model, choice }))
  return (
    <>
      <PanelBoundary>
        <ModelFacts query={query} />
      </PanelBoundary>
      <PanelBoundary>
        <ProvidersPanel query={query} model={model} choice={choice} />
      </PanelBoundary>
      {query.isPending ? null : <PanelsBelow model={model} choice={choice} query={query} />}
    </>
  )
}

/** What stands below the providers comes once their number is known, so that nothing is pushed down. */
function PanelsBelow({
  model,
  choice,
  query,
}: {
  model: string
  choice: WindowChoice
  query: UseQueryResult<ModelPageAnswer>
}) {
  const series = useQuery(modelSeriesQueryOptions({ model, choice }))
  return (
    <>
      <PanelBoundary>
        <PerformancePanel query={series} model={model} choice={choice} />
      </PanelBoundary>
      <PanelBoundary>
        <AvailabilityPanel query={series} totals={query.data?.availability} />
      </PanelBoundary>
      <PanelBoundary>
        <TokensPanel query={series} />
      </PanelBoundary>
      <div className="grid gap-4 sm:gap-5 lg:grid-cols-2">
        <PanelBoundary>
          <FunnelPanel choice={choice} filter={{ by: 'model', name: query.data?.model ?? model }} />
        </PanelBoundary>
        <PanelBoundary>
          <AppsPanel query={query} />
        </PanelBoundary>
      </div>
    </>
  )
}
