import clsx from 'clsx'
import { type ReactNode, useId } from 'react'

/** A titled surface. `info` explains the title, `note` says what window or state it shows, `actions` sit on the right. */
export function Panel({
  title,
  info,
  note,
  actions,
  children,
  className,
}: {
  title: ReactNode
  info?: ReactNode
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
  className?: string
}) {
  const titleId = useId()
  return (
    <section
      aria-labelledby={titleId}
      className={clsx('flex min-w-0 flex-col rounded-xl border bg-surface', className)}
    >
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2.5 px-4 pt-3.5 pb-3 sm:px-5">
        <div className="min-w-0 flex-1 basis-48">
          <div className="text-pretty">
            <h2 id={titleId} className="inline text-base font-semibold tracking-[-0.01em]">
              {title}
            </h2>
            {info ? <span className="ml-1.5 inline-flex h-5.5 items-center align-bottom">{info}</span> : null}
          </div>
          {note ? <div className="text-xs text-pretty text-muted">{note}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </header>
      {children}
    </section>
  )
}
