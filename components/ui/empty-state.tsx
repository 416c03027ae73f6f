import type { ReactNode } from 'react'

/** What stands where there is nothing to show: why, and what to do about it. */
export function EmptyState({
  title,
  children,
  actions,
}: {
  title: string
  children?: ReactNode
  actions?: ReactNode
}) {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-1 px-4 py-10 text-center">
      <p className="font-medium">{title}</p>
      {children ? <div className="max-w-prose text-sm text-balance text-muted">{children}</div> : null}
      {actions ? <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  )
}
