import clsx from 'clsx'
import type { ReactNode } from 'react'

const TONES = {
  neutral: 'text-muted',
  warning: 'bg-warning-soft text-warning',
  negative: 'bg-negative-soft text-negative',
} as const

/** One line of text that says how things stand. */
export function Notice({
  tone,
  icon,
  children,
  className,
  role,
}: {
  tone: keyof typeof TONES
  icon?: ReactNode
  children: ReactNode
  className?: string
  role?: 'alert' | 'status'
}) {
  return (
    <div
      role={role}
      className={clsx('flex items-start gap-2 rounded-lg px-3 py-2 text-sm', TONES[tone], className)}
    >
      {icon ? <span className="mt-0.5 shrink-0 [&_svg]:size-4">{icon}</span> : null}
      <div className="min-w-0">{children}</div>
    </div>
  )
}
