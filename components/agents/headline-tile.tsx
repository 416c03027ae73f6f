import clsx from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Definition } from '@/components/definitions/definition'
import type { DefinitionName } from '@/components/definitions/definitions'
import type { FigureParts } from '@/lib/platform/format'
import { UNKNOWN } from '@/lib/platform/format'

/** One number of the headline: its name and definition, its figure, and a line that puts it in proportion. */
export function HeadlineTile({
  label,
  definition,
  figure,
  exact,
  note,
  href,
  isLoading,
  isDimmed,
}: {
  label: string
  definition: DefinitionName
  /** Null = not known. */
  figure: FigureParts | null
  /** Every digit, shown on hover. */
  exact?: string
  note: ReactNode
  /** The requests behind the number. */
  href?: `/${string}`
  isLoading: boolean
  isDimmed: boolean
}) {
  const text = (
    <>
      {figure?.figure ?? UNKNOWN}
      {figure?.suffix ? <span className="ml-0.5 text-lg font-medium text-muted">{figure.suffix}</span> : null}
    </>
  )
  return (
    <div className="flex min-w-0 flex-col bg-surface px-4 pt-3 pb-3.5 sm:px-5">
      <dt className="flex items-center gap-1.5 text-sm text-muted">
        {label}
        <Definition of={definition} />
      </dt>
      <dd className={clsx('transition-opacity', isDimmed && 'opacity-50')}>
        {isLoading ? (
          <span className="mt-2 mb-1.5 flex h-11 flex-col justify-between">
            <span className="skeleton h-6 w-24" />
            <span className="skeleton h-3 w-28" />
          </span>
        ) : (
          <>
            <span
              className="mt-0.5 block text-2xl leading-9 font-semibold tracking-[-0.03em] tabular-nums"
              title={figure === null ? 'Not known' : exact}
            >
              {href && figure !== null ? (
                <Link
                  href={href}
                  prefetch={false}
                  className="decoration-border-strong underline-offset-4 hover:underline"
                >
                  {text}
                </Link>
              ) : (
                text
              )}
            </span>
            <span className="block text-xs text-balance text-muted tabular-nums">{note}</span>
          </>
        )}
      </dd>
    </div>
  )
}
