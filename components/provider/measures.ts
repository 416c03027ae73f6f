import { ERROR_PARTS } from '@/lib/charts/error-parts'
import { formatCompact, formatDuration, formatPercent } from '@/lib/platform/format'
import type { Measure } from './measure-panel'

/** Slower is redder: the percentiles of one measure are shades, not entities. */
const P50 = 'var(--chart-1)'
const P90 = 'var(--chart-3)'
const P99 = 'var(--chart-4)'

export const ERRORS: Measure = {
  title: 'Which errors over time?',
  parts: ERROR_PARTS,
  isAdditive: true,
  layout: 'linear',
  format: formatCompact,
  empty: { title: 'No error in this window', text: 'Every attempt was answered.' },
}

export const UPTIME: Measure = {
  title: 'Is it up?',
  definition: 'uptime',
  parts: [{ key: 'uptime', label: 'Uptime', color: 'var(--chart-5)', read: ({ uptime }) => uptime }],
  isAdditive: false,
  layout: 'cropped',
  format: formatPercent,
  empty: {
    title: 'Not enough data',
    text: 'No bucket of this window has the 20 attempts an uptime needs.',
  },
}

export const RATE_LIMITED: Measure = {
  title: 'How often is it rate-limited?',
  definition: 'rateLimitedShare',
  parts: [
    {
      key: 'rate_limited',
      label: 'Rate-limited share',
      color: 'var(--chart-3)',
      read: ({ rateLimitedShare }) => rateLimitedShare,
    },
  ],
  isAdditive: false,
  layout: 'lines',
  format: formatPercent,
}

export const LATENCY: Measure = {
  title: 'How long until the first token?',
  definition: 'latency',
  parts: [
    { key: 'p50', label: 'p50', color: P50, read: ({ latencyMsP50 }) => latencyMsP50 },
    { key: 'p90', label: 'p90', color: P90, read: ({ latencyMsP90 }) => latencyMsP90 },
    { key: 'p99', label: 'p99', color: P99, read: ({ latencyMsP99 }) => latencyMsP99 },
  ],
  isAdditive: false,
  layout: 'lines',
  format: formatDuration,
  empty: { title: 'No latency known', text: 'The log of this window has no time to first token.' },
}

export const THROUGHPUT: Measure = {
  title: 'How many tokens a second?',
  definition: 'throughput',
  parts: [
    { key: 'p50', label: 'p50', color: P50, read: ({ tokensPerSecondP50 }) => tokensPerSecondP50 },
    { key: 'p90', label: 'p90', color: P90, read: ({ tokensPerSecondP90 }) => tokensPerSecondP90 },
    { key: 'p99', label: 'p99', color: P99, read: ({ tokensPerSecondP99 }) => tokensPerSecondP99 },
  ],
  isAdditive: false,
  layout: 'lines',
  format: (value) => `${formatCompact(Math.round(value))}/s`,
  empty: { title: 'No throughput known', text: 'The log of this window has no durations with tokens.' },
}

export const TOOL_CALL_ERRORS: Measure = {
  title: 'How often are its tool calls bad?',
  definition: 'toolCallErrorRate',
  parts: [
    {
      key: 'tool_call_error_rate',
      label: 'Tool-call error rate',
      color: 'var(--chart-6)',
      read: ({ toolCallErrorRate }) => toolCallErrorRate,
    },
  ],
  isAdditive: false,
  layout: 'lines',
  format: formatPercent,
  empty: {
    title: 'Not enough data',
    text: 'No bucket of this window has 20 attempts whose tool calls could be checked.',
  },
}

export const REQUESTS: Measure = {
  title: 'How much does it serve?',
  definition: 'decidedRequests',
  parts: [{ key: 'requests', label: 'Requests', color: 'var(--chart-1)', read: ({ requests }) => requests }],
  isAdditive: true,
  layout: 'linear',
  format: formatCompact,
}

export const TOKENS: Measure = {
  ...REQUESTS,
  parts: [
    { key: 'totalTokens', label: 'Tokens', color: 'var(--chart-11)', read: ({ totalTokens }) => totalTokens },
  ],
}
