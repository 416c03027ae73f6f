import type { ReactNode } from 'react'

/** A page's name, one sentence about it, and the controls that govern all of it. */
export function PageHeader({
  title,
  children,
  actions,
}: {
  title: string
  children: ReactNode
  actions?: ReactNode
}) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div className="min-w-0">
        <h1 className="text-xl font-semibold tracking-[-0.02em]">{title}</h1>
        <p className="mt-0.5 max-w-[44rem] text-pretty text-muted">{children}</p>
      </div>
      {actions}
    </header>
  )
}
