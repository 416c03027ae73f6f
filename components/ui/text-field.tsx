import clsx from 'clsx'
import { type ComponentProps, useId } from 'react'

export const inputClass =
  'h-9 w-full rounded-lg border border-border-strong bg-surface px-2.5 text-base placeholder:text-muted focus-visible:outline-offset-0 aria-invalid:border-negative max-sm:text-[16px]'

/** A labelled input; `error` stands right below it and is read with it. */
export function TextField({
  label,
  hint,
  error,
  className,
  ...rest
}: Omit<ComponentProps<'input'>, 'id'> & { label: string; hint?: string; error?: string | undefined }) {
  const id = useId()
  const noteId = `${id}-note`
  const note = error ?? hint
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        className={inputClass}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? noteId : undefined}
        {...rest}
      />
      {note ? (
        <p
          id={noteId}
          className={clsx('text-sm first-letter:uppercase', error ? 'text-negative' : 'text-muted')}
        >
          {note}
        </p>
      ) : null}
    </div>
  )
}
