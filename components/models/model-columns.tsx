import type { ReactNode } from 'react'
import type { DefinitionName } from '@/components/definitions/definitions'
import { uptimeTone } from '@/components/providers/attempt-figures'
import type { ModelRow } from '@/lib/analytics/models/schema'
import {
  formatCompact,
  formatDay,
  formatDuration,
  formatExact,
  formatPercent,
  formatUsd,
  UNKNOWN,
} from '@/lib/platform/format'
import type { ModelSort } from './sort-models'

export type ModelColumn = {
  sort: Exclude<ModelSort, 'name'>
  label: string
  /** Where the label alone would be too short to be understood. */
  longLabel?: string
  definition?: DefinitionName
  cell: (row: ModelRow) => ReactNode
}

/** The columns of the catalogue beside the name; their words are also those of the cards and of the sort menu. */
export const MODEL_COLUMNS: readonly ModelColumn[] = [
  {
    sort: 'totalTokens',
    label: 'Tokens',
    definition: 'totalTokens',
    cell: ({ totalTokens, share }) => (
      <>
        <span className="font-medium" title={`${formatExact(totalTokens)} tokens`}>
          {formatCompact(totalTokens)}
        </span>
        <span className="block text-2xs text-muted">{totalTokens > 0 ? formatPercent(share) : ' '}</span>
      </>
    ),
  },
  {
    sort: 'providers',
    label: 'Providers',
    definition: 'modelProviders',
    cell: ({ providers }) => (providers > 0 ? formatExact(providers) : UNKNOWN),
  },
  {
    sort: 'promptUsdPerMTok',
    label: 'Prompt',
    longLabel: 'Prompt price',
    definition: 'cheapestPrice',
    cell: ({ promptUsdPerMTok }) => formatUsd(promptUsdPerMTok),
  },
  {
    sort: 'completionUsdPerMTok',
    label: 'Completion',
    longLabel: 'Completion price',
    cell: ({ completionUsdPerMTok }) => formatUsd(completionUsdPerMTok),
  },
  {
    sort: 'contextLength',
    label: 'Context',
    definition: 'modelContext',
    cell: ({ contextLength }) => (
      <span title={contextLength === null ? undefined : `${formatExact(contextLength)} tokens`}>
        {contextLength === null ? UNKNOWN : formatCompact(contextLength)}
      </span>
    ),
  },
  {
    sort: 'toolCallErrorRate',
    label: 'Bad tool calls',
    definition: 'toolCallErrorRate',
    cell: ({ toolCallErrorRate, supportsTools }) =>
      supportsTools === false ? (
        <span className="text-xs text-muted">no tools</span>
      ) : (
        formatPercent(toolCallErrorRate)
      ),
  },
  {
    sort: 'uptime',
    label: 'Uptime',
    definition: 'uptime',
    cell: ({ uptime }) => <span className={uptimeTone(uptime)}>{formatPercent(uptime)}</span>,
  },
  {
    sort: 'latencyMsP50',
    label: 'Latency',
    longLabel: 'Latency, p50',
    definition: 'latency',
    cell: ({ latencyMsP50 }) => formatDuration(latencyMsP50),
  },
  {
    sort: 'launchedOn',
    label: 'Launched',
    definition: 'launch',
    cell: ({ launchedOn, launchSource }) =>
      launchedOn === null ? (
        UNKNOWN
      ) : (
        <>
          {formatDay(Date.parse(launchedOn), { withYear: true })}
          <span className="block text-2xs text-muted">
            {launchSource === 'catalog' ? 'released' : 'first seen'}
          </span>
        </>
      ),
  },
]

export const MODEL_SORT_OPTIONS: readonly { sort: ModelSort; label: string }[] = [
  { sort: 'name', label: 'Name' },
  ...MODEL_COLUMNS.map(({ sort, label, longLabel }) => ({ sort, label: longLabel ?? label })),
]
