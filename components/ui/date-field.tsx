import { useId } from 'react'
import { inputClass } from './text-field'

export function DateField({
  name,
  label,
  defaultValue,
  describedBy,
}: {
  name: string
  label: string
  defaultValue: string
  describedBy: string
}) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        type="date"
        name={name}
        key={defaultValue}
        defaultValue={defaultValue}
        aria-describedby={describedBy}
        className={inputClass}
      />
    </div>
  )
}
