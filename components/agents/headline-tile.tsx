import clsx from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Definition } from '@/components/definitions/definition'
import type { DefinitionName } from '@/components/definitions/definitions'
import { FigureSkeleton } from '@/components/ui/figure-skeleton'
import type { FigureParts } from '@/lib/platform/format'
import { UNKNOWN } from '@/lib/platform/format'

/**
 * One number of the headline: its name and definition, its figure, and words that put it in proportion. Screens too
 * narrow for these words in one line keep room for two.
 */
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
      <dd className={clsx('min-h-18.5 transition-opacity xl:min-h-14', isDimmed && 'opacity-50')}>
        {isLoading ? (
          <FigureSkeleton />
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
