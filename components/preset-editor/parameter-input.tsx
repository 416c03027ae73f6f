'use client'

import clsx from 'clsx'
import type { ChangeEvent } from 'react'
import { inputClass } from '@/components/ui/text-field'
import { PARAMETER_CONTROLS, type ParameterControl } from '@/lib/presets/draft/parameter-controls'
import type { PresetParameter } from '@/lib/presets/schema'
import { TextsInput } from './texts-input'

/** The control of an included parameter: what it looks like follows from its kind. */
export function ParameterInput({
  name,
  text,
  isInvalid,
  describedBy,
  onChange,
}: {
  name: PresetParameter
  text: string
  isInvalid: boolean
  describedBy: string
  onChange: (text: string) => void
}) {
  const control: ParameterControl = PARAMETER_CONTROLS[name]
  const shared = {
    'aria-label': control.label,
    'aria-invalid': isInvalid || undefined,
    'aria-describedby': describedBy,
    value: text,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>) =>
      onChange(event.target.value),
  }
  switch (control.kind) {
    case 'number':
      return (
        <span className="flex items-center gap-3">
          {control.low !== null && control.high !== null ? (
            <input
              type="range"
              min={control.low}
              max={control.high}
              step={control.step}
              value={Number(text)}
              onChange={shared.onChange}
              aria-label={`${control.label}, slider`}
              className="w-24 accent-accent max-sm:w-20"
            />
          ) : null}
          <input
            {...shared}
            inputMode="decimal"
            className={clsx(inputClass, 'h-8 w-20! text-right tabular-nums')}
          />
        </span>
      )
    case 'choice':
      return (
        <select {...shared} className={clsx(inputClass, 'h-8 w-36!')}>
          {optionsWith(control.options, text).map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      )
    case 'boolean':
      return (
        <select {...shared} className={clsx(inputClass, 'h-8 w-24!')}>
          <option value="true">yes</option>
          <option value="false">no</option>
        </select>
      )
    case 'texts':
      return <TextsInput label={control.label} text={text} describedBy={describedBy} onChange={onChange} />
    case 'json':
      return (
        <textarea
          {...shared}
          spellCheck={false}
          rows={4}
          className={clsx(inputClass, 'h-auto! resize-y py-2 font-mono text-xs! leading-5')}
        />
      )
  }
}

/** A value that came by the API and is none of the choices, such as one certain tool, stays choosable. */
function optionsWith(options: readonly string[], text: string): readonly string[] {
  return options.includes(text) ? options : [...options, text]
}
