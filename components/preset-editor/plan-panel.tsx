'use client'

import { useQuery } from '@tanstack/react-query'
import { Dices } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import { QueryBody } from '@/components/api/query-body'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Info } from '@/components/ui/info'
import { Panel } from '@/components/ui/panel'
import { useDebounced } from '@/components/ui/use-debounced'
import type { Endpoint } from '@/lib/catalog/schema'
import { modelChoices } from '@/lib/presets/endpoint-choices'
import { modelsOf } from '@/lib/presets/merge-preset'
import type { PresetConfig } from '@/lib/presets/schema'
import { PlanList } from './plan-list'
import { planQueryOptions } from './plan-query'

const TYPING_MS = 300

/** Whom the gateway would ask with the form as it stands, in which order, and why. */
export function PlanPanel({
  config,
  endpoints,
}: {
  /** Null while a field is wrong. */
  config: PresetConfig | null
  endpoints: readonly Endpoint[]
}) {
  const [valid, setValid] = useState<PresetConfig>({})
  // While a field is wrong, the plan of the last form without errors stays.
  if (config && config !== valid) setValid(config)
  return (
    <Panel
      title="What would happen"
      note={config ? 'A request right now; nothing is called' : 'Before the change that needs a look'}
      info={
        <Info about="What would happen">
          The gateway’s own plan for a request with this preset, from live health and prices, whether saved or
          not. Endpoints are tried from the top until one answers.
        </Info>
      }
    >
      <PlanPreview config={valid} endpoints={endpoints} />
    </Panel>
  )
}

function PlanPreview({ config, endpoints }: { config: PresetConfig; endpoints: readonly Endpoint[] }) {
  const [bringsTools, setBringsTools] = useState(true)
  const [seed, setSeed] = useState(1)
  const [chosen, setChosen] = useState('')
  const settled = useDebounced(config, TYPING_MS)
  const choices = modelChoices(endpoints)
  const hasModels = modelsOf(settled).length > 0
  const model = hasModels ? undefined : chosen || choices[0]?.model
  const body = useMemo(
    () => ({ config: settled, hasTools: bringsTools, seed, ...(model ? { model } : {}) }),
    [settled, bringsTools, seed, model],
  )
  const query = useQuery({ ...planQueryOptions(body), enabled: hasModels || model !== undefined })
  const isDrawn = query.data?.steps.some(({ reasons }) =>
    reasons.some(({ rule }) => rule === 'weighted_by_price'),
  )
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 pb-3 sm:px-5">
        <label className="flex h-8 items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={bringsTools}
            onChange={(event) => setBringsTools(event.target.checked)}
            className="size-4 accent-accent"
          />
          Request brings tools
        </label>
        {isDrawn ? (
          <Button size="small" onClick={() => setSeed(seed + 1)}>
            <Dices aria-hidden="true" />
            Draw again
          </Button>
        ) : null}
        {hasModels || choices.length === 0 ? null : (
          <RequestedModel
            models={choices.map((choice) => choice.model)}
            value={model ?? ''}
            onChange={setChosen}
          />
        )}
      </div>
      {hasModels || model !== undefined ? (
        <QueryBody query={query} skeleton={<PlanSkeleton />} errorClassName="border-t">
          {(plan) => <PlanList plan={plan} endpoints={endpoints} />}
        </QueryBody>
      ) : (
        <div className="border-t">
          <EmptyState title="No endpoint to ask yet">
            Connect a provider in Settings and enable its models; the plan appears here.
          </EmptyState>
        </div>
      )}
    </>
  )
}

function RequestedModel({
  models,
  value,
  onChange,
}: {
  models: readonly string[]
  value: string
  onChange: (model: string) => void
}) {
  const id = useId()
  return (
    <div className="flex w-full items-center gap-2 text-sm">
      <label htmlFor={id} className="shrink-0">
        Request asks for
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-8 min-w-0 flex-1 rounded-lg border border-border-strong bg-surface px-2"
      >
        {models.map((model) => (
          <option key={model} value={model}>
            {model}
          </option>
        ))}
      </select>
    </div>
  )
}

function PlanSkeleton() {
  return (
    <div className="flex flex-col gap-4 border-t px-4 py-4 sm:px-5" aria-hidden="true">
      {[0, 1, 2].map((row) => (
        <div key={row} className="flex flex-col gap-2">
          <span className="skeleton h-4 w-32" />
          <span className="skeleton h-3 w-56" />
        </div>
      ))}
    </div>
  )
}
