'use client'

import clsx from 'clsx'
import { SelectField } from '@/components/ui/select-field'
import { INPUT_MODALITIES, OUTPUT_MODALITIES, QUANTIZATIONS } from '@/lib/records/vocabulary'
import type { EndpointInput, YesNo } from './endpoint-input'

const QUANTIZATION_OPTIONS = [
  { value: '', label: 'Not said' },
  ...QUANTIZATIONS.map((value) => ({ value, label: value })),
] as const

const YES_NO: readonly { value: YesNo; label: string }[] = [
  { value: '', label: 'Not said, so yes' },
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
]

/** How the model runs and what it can do here, as `/api/v1/models` tells agents and `require_parameters` goes by. */
export function AbilityFields({
  input,
  onChange,
}: {
  input: EndpointInput
  onChange: (change: Partial<EndpointInput>) => void
}) {
  return (
    <>
      <div className="grid grid-cols-2 gap-x-3 gap-y-4">
        <SelectField
          label="Quantization"
          options={QUANTIZATION_OPTIONS}
          value={input.quantization}
          onChange={(quantization) => onChange({ quantization })}
        />
        <SelectField
          label="Takes tools"
          options={YES_NO}
          value={input.supportsTools}
          onChange={(supportsTools) => onChange({ supportsTools })}
        />
        <SelectField
          label="Reasons"
          options={YES_NO}
          value={input.supportsReasoning}
          onChange={(supportsReasoning) => onChange({ supportsReasoning })}
        />
        <SelectField
          label="Keeps to a schema"
          options={YES_NO}
          value={input.supportsStructuredOutput}
          onChange={(supportsStructuredOutput) => onChange({ supportsStructuredOutput })}
        />
      </div>
      <Modalities
        legend="Takes in"
        options={INPUT_MODALITIES}
        chosen={input.inputModalities}
        onChange={(inputModalities) => onChange({ inputModalities })}
      />
      <Modalities
        legend="Gives out"
        options={OUTPUT_MODALITIES}
        chosen={input.outputModalities}
        onChange={(outputModalities) => onChange({ outputModalities })}
      />
    </>
  )
}

function Modalities<T extends string>({
  legend,
  options,
  chosen,
  onChange,
}: {
  legend: string
  options: readonly T[]
  chosen: readonly T[]
  onChange: (chosen: T[]) => void
}) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">
        {legend}
        {chosen.length === 0 ? <span className="ml-2 font-normal text-muted">not said</span> : null}
      </legend>
      <div className="flex flex-wrap gap-1.5">
        {options.map((option) => {
          const isChosen = chosen.includes(option)
          return (
            <label
              key={option}
              className={clsx(
                'relative rounded-lg border px-2.5 py-1 text-sm transition-colors',
                'has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
                isChosen
                  ? 'border-accent bg-accent-soft font-medium text-accent-strong'
                  : 'bg-surface text-muted hover:bg-hover',
              )}
            >
              <input
                type="checkbox"
                checked={isChosen}
                onChange={() => onChange(options.filter((one) => (one === option) !== chosen.includes(one)))}
                className="absolute inset-0 cursor-pointer appearance-none outline-none"
              />
              {option}
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
