import clsx from 'clsx'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { inputClass } from './text-field'

/** A labelled text area; `error` stands right below it and is read with it. */
export function TextAreaField({
  label,
  hint,
  error,
  isCode = false,
  className,
  ...rest
}: Omit<ComponentProps<'textarea'>, 'id'> & {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  isCode?: boolean
}) {
  const id = useId()
  const noteId = `${id}-note`
  const note = error ?? hint
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <textarea
        id={id}
        spellCheck={!isCode}
        className={clsx(
          inputClass,
          'h-auto field-sizing-content max-h-[60dvh] min-h-24 resize-y py-2 leading-5',
          isCode && 'font-mono text-xs leading-5',
        )}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? noteId : undefined}
        {...rest}
      />
      {note ? (
        <div
          id={noteId}
          className={clsx('text-sm first-letter:uppercase', error ? 'text-negative' : 'text-muted')}
        >
          {note}
        </div>
      ) : null}
    </div>
  )
}
