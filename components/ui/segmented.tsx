'use client'

import clsx from 'clsx'
import { type ReactNode, useId } from 'react'

export type SegmentedOption<Value extends string> = {
  value: Value
  label: ReactNode
  /** Spoken instead of `label` when that is an icon or an abbreviation. */
  accessibleLabel?: string
}

/** One choice of a few, as native radio buttons: arrow keys move, one tab stop. */
export function Segmented<Value extends string>({
  label,
  options,
  value,
  onChange,
  className,
}: {
  label: string
  options: readonly SegmentedOption<Value>[]
  value: Value
  onChange: (value: Value) => void
  className?: string
}) {
  const name = useId()
  return (
    <fieldset className={clsx('min-w-0', className)}>
      <legend className="sr-only">{label}</legend>
      <div className="flex h-8 items-stretch rounded-lg border bg-sunken p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            className={clsx(
              'relative flex flex-1 items-center justify-center gap-1.5 rounded-md px-2.5 text-sm whitespace-nowrap transition-colors',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
              option.value === value
                ? 'bg-surface font-medium text-foreground shadow-xs ring-1 ring-border'
                : 'text-muted hover:text-foreground',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              aria-label={option.accessibleLabel}
              className="absolute inset-0 cursor-pointer appearance-none outline-none"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
