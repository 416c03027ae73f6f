'use client'

import clsx from 'clsx'
import { SelectField } from '@/components/ui/select-field'
import { TextField } from '@/components/ui/text-field'
import {
  type BoundDraft,
  PERCENTILES,
  type Percentile,
  type ProviderDraft,
} from '@/lib/presets/draft/preset-draft'
import { QUANTIZATIONS } from '@/lib/records/vocabulary'
import type { EditorForm } from './editor-form'

const SORTS = [
  { value: '', label: 'By price, speed and health' },
  { value: 'price', label: 'Cheapest first' },
  { value: 'throughput', label: 'Fastest output first' },
  { value: 'latency', label: 'Quickest first token first' },
  { value: 'exacto', label: 'Best tool calls first' },
] as const

const DATA_COLLECTION = [
  { value: '', label: 'Not said (allowed)' },
  { value: 'allow', label: 'Allowed' },
  { value: 'deny', label: 'Only providers that keep nothing' },
] as const

/** Sorting, prices, speed, precision and data policy. */
export function ProviderLimits({ form }: { form: EditorForm }) {
  const { draft, change, errorAt } = form
  const { provider } = draft
  const set = (part: Partial<ProviderDraft>) => change({ provider: { ...provider, ...part } })
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField label="Sort" options={SORTS} value={provider.sort} onChange={(sort) => set({ sort })} />
      <SelectField
        label="Data collection"
        options={DATA_COLLECTION}
        value={provider.dataCollection}
        onChange={(dataCollection) => set({ dataCollection })}
      />
      <NumberField
        label="Highest prompt price"
        unit="$ per M tokens"
        value={provider.maxPromptPrice}
        error={errorAt('config.provider.max_price.prompt')}
        onChange={(maxPromptPrice) => set({ maxPromptPrice })}
      />
      <NumberField
        label="Highest completion price"
        unit="$ per M tokens"
        value={provider.maxCompletionPrice}
        error={errorAt('config.provider.max_price.completion')}
        onChange={(maxCompletionPrice) => set({ maxCompletionPrice })}
      />
      <BoundField
        label="Prefer at least"
        unit="tokens/s"
        bound={provider.minThroughput}
        error={errorAt('config.provider.preferred_min_throughput')}
        onChange={(minThroughput) => set({ minThroughput })}
      />
      <BoundField
        label="Prefer at most"
        unit="seconds"
        bound={provider.maxLatency}
        error={errorAt('config.provider.preferred_max_latency')}
        onChange={(maxLatency) => set({ maxLatency })}
      />
      <fieldset className="sm:col-span-2">
        <legend className="mb-1.5 text-sm font-medium">Quantizations</legend>
        <div className="flex flex-wrap gap-1.5">
          {QUANTIZATIONS.map((level) => (
            <QuantizationBox key={level} level={level} provider={provider} onChange={set} />
          ))}
        </div>
        <p className="mt-1.5 text-xs text-muted">None ticked: any.</p>
      </fieldset>
    </div>
  )
}

function NumberField({
  label,
  unit,
  value,
  error,
  onChange,
}: {
  label: string
  unit: string
  value: string
  error: string | undefined
  onChange: (value: string) => void
}) {
  return (
    <TextField
      label={`${label} (${unit})`}
      inputMode="decimal"
      value={value}
      placeholder="any"
      error={error}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

const OF_PERCENTILE = {
  p50: 'half of requests',
  p75: '75% of requests',
  p90: '90% of requests',
  p99: '99% of requests',
} as const satisfies Record<Percentile, string>

function BoundField({
  label,
  unit,
  bound,
  error,
  onChange,
}: {
  label: string
  unit: string
  bound: BoundDraft
  error: string | undefined
  onChange: (bound: BoundDraft) => void
}) {
  const others = Object.entries(bound.others)
  return (
    <div className="grid grid-cols-[1fr_auto] items-start gap-2">
      <TextField
        label={`${label} (${unit})`}
        inputMode="decimal"
        value={bound.text}
        placeholder="any"
        error={error}
        hint={others.length > 0 ? `and ${others.map(([name, value]) => `${name} ${value}`).join(', ')}` : ''}
        onChange={(event) => onChange({ ...bound, text: event.target.value })}
      />
      <SelectField
        label={<span className="text-muted">for</span>}
        options={PERCENTILES.filter((percentile) => bound.others[percentile] === undefined).map((value) => ({
          value,
          label: OF_PERCENTILE[value],
        }))}
        value={bound.percentile}
        onChange={(percentile) => onChange({ ...bound, percentile })}
      />
    </div>
  )
}

function QuantizationBox({
  level,
  provider,
  onChange,
}: {
  level: string
  provider: ProviderDraft
  onChange: (part: Partial<ProviderDraft>) => void
}) {
  const { quantizations } = provider
  const isOn = quantizations.includes(level)
  const toggle = () =>
    onChange({
      quantizations: isOn ? quantizations.filter((one) => one !== level) : [...quantizations, level],
    })
  return (
    <label
      className={clsx(
        'flex h-7 items-center rounded-md border px-2 font-mono text-xs has-focus-visible:outline-2 has-focus-visible:outline-accent max-sm:h-9',
        isOn ? 'border-accent bg-accent-soft text-accent-strong' : 'text-muted hover:bg-hover',
      )}
    >
      <input type="checkbox" checked={isOn} onChange={toggle} className="sr-only" />
      {level}
    </label>
  )
}
