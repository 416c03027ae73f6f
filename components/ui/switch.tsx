'use client'

import clsx from 'clsx'

/** On or off, taking effect at once. */
export function Switch({
  isOn,
  onChange,
  labelledBy,
  describedBy,
  isDisabled,
}: {
  isOn: boolean
  onChange: (isOn: boolean) => void
  labelledBy: string
  describedBy: string
  isDisabled: boolean
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      disabled={isDisabled}
      onClick={() => onChange(!isOn)}
      className={clsx(
        'relative h-6 w-10 shrink-0 rounded-full border transition-colors disabled:opacity-60',
        isOn ? 'border-transparent bg-accent' : 'border-border-strong bg-hover',
      )}
    >
      <span
        aria-hidden="true"
        className={clsx(
          'absolute top-0.5 left-0.5 size-4.5 rounded-full shadow-xs transition-transform',
          isOn ? 'translate-x-4 bg-on-accent' : 'bg-muted',
        )}
      />
    </button>
  )
}
