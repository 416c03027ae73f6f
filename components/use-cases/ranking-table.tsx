import clsx from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Definition } from '@/components/definitions/definition'
import { logsPath } from '@/components/logs/logs-path'
import { ShareBar } from '@/components/rankings/share-bar'
import { type WindowChoice, windowSearchParams } from '@/components/time-window/window-choice'
import { EntityName } from '@/components/usage/entity-name'
import type { UseCaseRow, UseCasesAnswer } from '@/lib/analytics/use-cases/schema'
import { formatChange, formatCompact, formatExact, formatPercent, formatUsd } from '@/lib/platform/format'

/** Use cases by tokens; a name leads into its use case. */
export function RankingTable({
  answer,
  rows,
  choice,
  selected,
}: {
  answer: UseCasesAnswer
  choice: WindowChoice
  rows: readonly UseCaseRow[]
  selected: string | null
}) {
  const widestShare = answer.rows.reduce((widest, row) => Math.max(widest, row.share ?? 0), 0)
  const hasPrevious = answer.rows.some((row) => row.previousTotalTokens > 0)
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">Use cases ranked by total tokens</caption>
      <thead className="text-xs text-muted [&_th]:h-9 [&_th]:font-medium [&_th]:whitespace-nowrap">
        <tr className="border-b">
          <th scope="col" className="w-11 pl-4 text-left sm:w-14 sm:pl-5">
            Rank
          </th>
          <th scope="col" className="text-left">
            Use case
          </th>
          <th scope="col" className="w-36 text-right max-sm:pr-4 sm:w-22">
            Tokens
          </th>
          <Head className="w-34 pl-6 text-left max-md:hidden lg:w-44" definition="share">
            Share
          </Head>
          <Head className="w-22 text-right max-sm:hidden" definition="change">
            Change
          </Head>
          <Head className="w-24 text-right max-sm:hidden" definition="agenticShare">
            Agentic
          </Head>
          <th scope="col" className="w-24 text-right max-lg:hidden">
            Requests
          </th>
          <Head className="w-26 pr-5 text-right max-md:hidden" definition="spend">
            Spend
          </Head>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={row.key}
            row={row}
            choice={choice}
            isSelected={row.key === selected}
            widestShare={widestShare}
            hasPrevious={hasPrevious}
          />
        ))}
      </tbody>
    </table>
  )
}

function Head({
  className,
  definition,
  children,
}: {
  className: string
  definition: 'share' | 'change' | 'agenticShare' | 'spend'
  children: ReactNode
}) {
  return (
    <th scope="col" className={className}>
      <span className="inline-flex items-center gap-1">
        {children} <Definition of={definition} />
      </span>
    </th>
  )
}

function Row({
  row,
  choice,
  isSelected,
  widestShare,
  hasPrevious,
}: {
  row: UseCaseRow
  choice: WindowChoice
  isSelected: boolean
  widestShare: number
  hasPrevious: boolean
}) {
  const change = hasPrevious && row.previousTotalTokens === 0 ? 'new' : formatChange(row.change)
  return (
    <tr
      aria-current={isSelected ? 'true' : undefined}
      className={clsx(
        'h-13 border-b transition-colors hover:bg-sunken',
        isSelected && 'bg-sunken shadow-[inset_3px_0_0_var(--accent)]',
      )}
    >
      <td className="pl-4 font-medium tabular-nums sm:pl-5">{row.rank}</td>
      <td className="py-1.5 pr-2">
        <EntityName by="useCase" entityKey={row.key} label={row.label} color={null} />
      </td>
      <td className="text-right tabular-nums max-sm:pr-4" title={`${formatExact(row.totalTokens)} tokens`}>
        <span className="font-medium">{formatCompact(row.totalTokens)}</span>
        <span className="block text-2xs text-muted md:hidden">
          {formatPercent(row.share)}
          <span className="sm:hidden"> · {formatPercent(row.agenticShare)} agentic</span>
        </span>
      </td>
      <td className="pl-6 max-md:hidden">
        <ShareBar share={row.share} widestShare={widestShare} />
      </td>
      <td className={clsx('text-right tabular-nums max-sm:hidden', toneOf(row.change))}>{change}</td>
      <td className="text-right tabular-nums max-sm:hidden">{formatPercent(row.agenticShare)}</td>
      <td className="text-right text-muted tabular-nums max-lg:hidden" title={formatExact(row.requests)}>
        <Link
          href={logsPath({ useCase: row.key, ...windowSearchParams(choice) })}
          prefetch={false}
          aria-label={`${formatExact(row.requests)} requests of ${row.label}`}
          className="hover:underline hover:underline-offset-2"
        >
          {formatCompact(row.requests)}
        </Link>
      </td>
      <td className="pr-5 text-right text-muted tabular-nums max-md:hidden">{formatUsd(row.costUsd)}</td>
    </tr>
  )
}

function toneOf(change: number | null): string {
  if (change === null || Math.abs(change) < 0.0005) return 'text-muted'
  return change > 0 ? 'text-positive' : 'text-negative'
}
