import type { ReactNode } from 'react'
import type { DefinitionName } from '@/components/definitions/definitions'
import type { ModelProvider } from '@/lib/analytics/models/schema'
import {
  formatCompact,
  formatDuration,
  formatExact,
  formatPercent,
  formatUsd,
  UNKNOWN,
} from '@/lib/platform/format'
import { Sampled } from './sampled'
import type { ProviderSort } from './sort-providers'

export type ProviderColumn = {
  sort: Exclude<ProviderSort, 'name' | 'uptime'>
  label: string
  longLabel?: string
  definition?: DefinitionName
  cell: (row: ModelProvider) => ReactNode
}

/** The columns of a model's providers beside name and uptime; also the facts on the cards of a phone. */
export const PROVIDER_COLUMNS: readonly ProviderColumn[] = [
  {
    sort: 'totalTokens',
    label: 'Tokens',
    definition: 'decidedRequests',
    cell: ({ totalTokens, tokenShare }) => (
      <>
        <span className="font-medium" title={`${formatExact(totalTokens)} tokens`}>
          {formatCompact(totalTokens)}
        </span>
        <span className="block text-2xs text-muted">{formatPercent(tokenShare)}</span>
      </>
    ),
  },
  {
    sort: 'promptUsdPerMTok',
    label: 'Prompt',
    longLabel: 'Prompt price',
    definition: 'listPrice',
    cell: ({ promptUsdPerMTok, cachedUsdPerMTok }) => (
      <>
        {formatUsd(promptUsdPerMTok)}
        {cachedUsdPerMTok === null ? null : (
          <span className="block text-2xs text-muted">{formatUsd(cachedUsdPerMTok)} cached</span>
        )}
      </>
    ),
  },
  {
    sort: 'completionUsdPerMTok',
    label: 'Completion',
    longLabel: 'Completion price',
    cell: ({ completionUsdPerMTok }) => formatUsd(completionUsdPerMTok),
  },
  {
    sort: 'effectiveUsdPerMTok',
    label: 'Effective',
    longLabel: 'Effective price',
    definition: 'effectivePrice',
    cell: ({ effectiveUsdPerMTok }) => formatUsd(effectiveUsdPerMTok),
  },
  {
    sort: 'contextLength',
    label: 'Context',
    cell: ({ contextLength, quantization }) => (
      <>
        {contextLength === null ? UNKNOWN : formatCompact(contextLength)}
        {quantization === null ? null : <span className="block text-2xs text-muted">{quantization}</span>}
      </>
    ),
  },
  {
    sort: 'latencyMsP50',
    label: 'Latency',
    longLabel: 'Latency, p50',
    definition: 'latency',
    cell: ({ latencyMsP50, latencyMsP90 }) => (
      <>
        {formatDuration(latencyMsP50)}
        {latencyMsP90 === null ? null : (
          <span className="block text-2xs text-muted">{formatDuration(latencyMsP90)} p90</span>
        )}
      </>
    ),
  },
  {
    sort: 'tokensPerSecondP50',
    label: 'Tokens/s',
    longLabel: 'Throughput, p50',
    definition: 'throughput',
    cell: ({ tokensPerSecondP50 }) =>
      tokensPerSecondP50 === null ? UNKNOWN : formatCompact(Math.round(tokensPerSecondP50)),
  },
  {
    sort: 'toolCallErrorRate',
    label: 'Bad tool calls',
    definition: 'toolCallErrorRate',
    cell: ({ toolCallErrorRate, toolCallErrorRateLow, toolCallErrorRateHigh, toolCallAttempts }) => (
      <Sampled
        rate={toolCallErrorRate}
        sample={toolCallAttempts}
        sampleName="checked"
        interval={
          toolCallErrorRateLow === null || toolCallErrorRateHigh === null
            ? null
            : { low: toolCallErrorRateLow, high: toolCallErrorRateHigh }
        }
      />
    ),
  },
  {
    sort: 'toolUseRate',
    label: 'Tool use',
    definition: 'toolUseRate',
    cell: ({ toolUseRate, toolsOfferedAttempts }) => (
      <Sampled rate={toolUseRate} sample={toolsOfferedAttempts} sampleName="offered" interval={null} />
    ),
  },
  {
    sort: 'cacheHitRate',
    label: 'Cache hits',
    definition: 'cacheHitRate',
    cell: ({ cacheHitRate }) => formatPercent(cacheHitRate),
  },
]

export const PROVIDER_SORT_OPTIONS: readonly { sort: ProviderSort; label: string }[] = [
  { sort: 'name', label: 'Name' },
  { sort: 'uptime', label: 'Uptime' },
  ...PROVIDER_COLUMNS.map(({ sort, label, longLabel }) => ({ sort, label: longLabel ?? label })),
]
