import clsx from 'clsx'
import { Search } from 'lucide-react'
import { inputClass } from './text-field'

/** A field that narrows a list while one types. */
export function SearchField({
  label,
  placeholder,
  value,
  onChange,
  className,
}: {
  /** Spoken; the placeholder is what is seen. */
  label: string
  placeholder: string
  value: string
  onChange: (value: string) => void
  className?: string
}) {
  return (
    <div className={clsx('relative max-sm:w-full', className ?? 'sm:w-60')}>
      <Search
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
        aria-hidden="true"
      />
      <input
        type="search"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder={placeholder}
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        className={clsx(inputClass, 'h-8 border-border pl-8 text-sm')}
      />
    </div>
  )
}
