import type { ReactNode } from 'react'
import type { DefinitionName } from '@/components/definitions/definitions'
import type { ProviderRow } from '@/lib/analytics/providers/schema'
import { formatCompact, formatDuration, formatExact, formatPercent, UNKNOWN } from '@/lib/platform/format'
import { ToolCallErrorFigure, UptimeFigure } from './attempt-figures'
import { ErrorClasses } from './error-classes'
import { ATTEMPT_SORTS, type AttemptRow, type AttemptSort, errorCount } from './sort-attempts'

type Row = AttemptRow & Pick<ProviderRow, 'toolCallAttempts'>

export type AttemptColumn = {
  sort: AttemptSort
  label: string
  definition?: DefinitionName
  /** Screens too narrow for all columns leave this one out. */
  isExtra?: boolean
  cell: (row: Row, name: string) => ReactNode
}

/** The columns that every table about attempts has, for providers and for endpoints alike. */
export const ATTEMPT_COLUMNS: readonly AttemptColumn[] = [
  {
    sort: 'attempts',
    label: 'Attempts',
    definition: 'attempts',
    cell: ({ attempts }) => <span title={formatExact(attempts)}>{formatCompact(attempts)}</span>,
  },
  {
    sort: 'errors',
    label: 'Errors',
    cell: (row, name) => <ErrorClasses errorsByClass={row.errorsByClass} attempts={row.attempts} of={name} />,
  },
  {
    sort: 'uptime',
    label: 'Uptime',
    definition: 'uptime',
    cell: ({ uptime, attempts }) => <UptimeFigure uptime={uptime} attempts={attempts} />,
  },
  {
    sort: 'rateLimitedShare',
    label: 'Limited',
    definition: 'rateLimitedShare',
    cell: ({ rateLimitedShare }) => formatPercent(rateLimitedShare),
  },
  {
    sort: 'latencyMsP50',
    label: 'p50',
    definition: 'latency',
    cell: ({ latencyMsP50 }) => formatDuration(latencyMsP50),
  },
  {
    sort: 'latencyMsP95',
    label: 'p95',
    cell: ({ latencyMsP95 }) => formatDuration(latencyMsP95),
  },
  {
    sort: 'tokensPerSecondP50',
    label: 'Tokens/s',
    definition: 'throughput',
    cell: ({ tokensPerSecondP50 }) =>
      tokensPerSecondP50 === null ? UNKNOWN : formatCompact(Math.round(tokensPerSecondP50)),
  },
  {
    sort: 'toolCallErrorRate',
    label: 'Bad tool calls',
    definition: 'toolCallErrorRate',
    cell: (row) => <ToolCallErrorFigure {...row} />,
  },
  {
    sort: 'requests',
    label: 'Requests',
    definition: 'decidedRequests',
    isExtra: true,
    cell: ({ requests }) => <span title={formatExact(requests)}>{formatCompact(requests)}</span>,
  },
  {
    sort: 'totalTokens',
    label: 'Tokens',
    isExtra: true,
    cell: ({ totalTokens }) => <span title={formatExact(totalTokens)}>{formatCompact(totalTokens)}</span>,
  },
]

/** What a phone shows of a row below its name, its errors and its uptime, fact by fact. */
export function summaryOf(row: Row): string[] {
  const facts = [
    `${formatCompact(row.attempts)} attempts`,
    errorCount(row) === 0 ? 'no errors' : null,
    row.rateLimitedShare ? `${formatPercent(row.rateLimitedShare)} limited` : null,
    row.latencyMsP50 === null ? null : `first token ${formatDuration(row.latencyMsP50)}`,
    row.latencyMsP95 === null ? null : `p95 ${formatDuration(row.latencyMsP95)}`,
    row.tokensPerSecondP50 === null ? null : `${Math.round(row.tokensPerSecondP50)} tokens/s`,
    row.toolCallErrorRate === null ? null : `${formatPercent(row.toolCallErrorRate)} bad tool calls`,
    `${formatCompact(row.totalTokens)} tokens`,
  ]
  return facts.filter((fact) => fact !== null)
}

const SORT_LABELS = {
  worst: 'Worst first',
  name: 'Name',
  attempts: 'Attempts',
  errors: 'Errors',
  uptime: 'Uptime',
  rateLimitedShare: 'Rate-limited share',
  latencyMsP50: 'Latency p50',
  latencyMsP95: 'Latency p95',
  tokensPerSecondP50: 'Throughput',
  toolCallErrorRate: 'Bad tool calls',
  requests: 'Requests',
  totalTokens: 'Tokens',
} as const satisfies Record<AttemptSort, string>

export const ATTEMPT_SORT_OPTIONS = ATTEMPT_SORTS.map((sort) => ({ sort, label: SORT_LABELS[sort] }))
