'use client'

import clsx from 'clsx'

/** One filter as the browser's own select; what is chosen but no longer offered stays visible. */
export function FilterSelect({
  label,
  all,
  options,
  value,
  onChange,
}: {
  label: string
  /** What stands there while it filters nothing. */
  all: string
  options: readonly { value: string; label: string }[]
  value: string | null
  onChange: (value: string | null) => void
}) {
  const isOffered = value === null || options.some((option) => option.value === value)
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      className={clsx(
        'h-8 min-w-0 rounded-lg border px-2 text-sm max-sm:flex-1 max-sm:text-[16px] sm:max-w-48',
        value === null
          ? 'bg-surface text-muted'
          : 'border-accent/50 bg-accent-soft font-medium text-accent-strong',
      )}
    >
      <option value="">{all}</option>
      {isOffered ? null : <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
