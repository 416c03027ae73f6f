import clsx from 'clsx'
import { type ReactNode, useId } from 'react'
import { inputClass } from './text-field'

/** A labelled choice of a few, as the browser's own select. */
export function SelectField<Value extends string>({
  label,
  hint,
  options,
  value,
  onChange,
  className,
}: {
  label: ReactNode
  hint?: string
  options: readonly { value: Value; label: string }[]
  value: Value
  onChange: (value: Value) => void
  className?: string
}) {
  const id = useId()
  const hintId = `${id}-hint`
  const choose = (chosen: string) => {
    const option = options.find((one) => one.value === chosen)
    if (option) onChange(option.value)
  }
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => choose(event.target.value)}
        aria-describedby={hint ? hintId : undefined}
        className={inputClass}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {hint ? (
        <p id={hintId} className="text-sm text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  )
}
