'use client'

import clsx from 'clsx'
import { useId } from 'react'
import { Info } from '@/components/ui/info'
import { PARAMETER_CONTROLS } from '@/lib/presets/draft/parameter-controls'
import type { PresetParameter } from '@/lib/presets/schema'
import type { EditorForm } from './editor-form'
import { ParameterInput } from './parameter-input'

/** One parameter with its include switch; its control is there only while it is included. */
export function ParameterRow({ form, name }: { form: EditorForm; name: PresetParameter }) {
  const id = useId()
  const errorId = `${id}-error`
  const { draft, change, errorAt } = form
  const { isIncluded, text } = draft.parameters[name]
  const { label, note, kind } = PARAMETER_CONTROLS[name]
  const error = isIncluded ? errorAt(`config.${name}`) : undefined
  const set = (part: { isIncluded?: boolean; text?: string }) =>
    change({ parameters: { ...draft.parameters, [name]: { isIncluded, text, ...part } } })
  const isWide = kind === 'json' || kind === 'texts'
  return (
    <li className={clsx('border-b py-2 max-sm:last:border-b-0', isWide && isIncluded && 'sm:col-span-2')}>
      <div className="flex min-h-8 items-center gap-2">
        <label className="flex min-w-0 items-center gap-2 text-sm max-sm:py-1.5">
          <input
            type="checkbox"
            checked={isIncluded}
            onChange={(event) => set({ isIncluded: event.target.checked })}
            className="size-4 shrink-0 accent-accent"
          />
          <span className={clsx('truncate', isIncluded ? 'font-medium' : 'text-muted')}>{label}</span>
        </label>
        <Info about={label}>{note}</Info>
        {isIncluded && !isWide ? (
          <div className="ml-auto">
            <ParameterInput
              name={name}
              text={text}
              isInvalid={error !== undefined}
              describedBy={errorId}
              onChange={(next) => set({ text: next })}
            />
          </div>
        ) : null}
      </div>
      {isIncluded && isWide ? (
        <ParameterInput
          name={name}
          text={text}
          isInvalid={error !== undefined}
          describedBy={errorId}
          onChange={(next) => set({ text: next })}
        />
      ) : null}
      <p id={errorId} className="text-sm text-negative first-letter:uppercase empty:hidden">
        {error}
      </p>
    </li>
  )
}
