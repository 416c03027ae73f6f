import { LEAST_ATTEMPTS, statusOf } from '../../health/derive-health'
import { compareText } from '../../platform/compare-text'
import { histogramQuantiles } from '../../recorder/histogram'
import type { Quantization } from '../../records/vocabulary'
import { wilsonInterval } from '../../records/wilson-interval'
import { type AttemptSums, addAttemptSums, attemptFigures } from '../attempt-figures'
import type { ModelProvider } from './schema'

/** One endpoint of the model, or of one of its other names; null = not known or not said. */
export type ModelEndpoint = {
  provider: string
  name: string
  /** Named by the model itself, not by one of its other names. */
  isOwn: boolean
  /** Somebody configured it; else it is only known from logs. */
  isConfigured: boolean
  enabled: boolean
  promptUsdPerMTok: number | null
  cachedUsdPerMTok: number | null
  completionUsdPerMTok: number | null
  contextLength: number | null
  quantization: Quantization | null
  supportsTools: boolean | null
  /** Its attempts in the window. */
  sums: AttemptSums
}

const QUANTILES = [0.5, 0.75, 0.9, 0.99] as const

/**
 * The providers of a model, one row each: endpoints of its other names add their attempts, and what is configured is
 * that of the enabled endpoint, the model's own before another name's. Providers that are neither configured nor had an
 * attempt are left out. Most tokens first, then most attempts, then by name.
 */
export function modelProviders(endpoints: readonly ModelEndpoint[]): ModelProvider[] {
  const byProvider = new Map<string, ModelEndpoint[]>()
  for (const endpoint of endpoints) {
    if (!endpoint.isConfigured && endpoint.sums.attempts === 0) continue
    byProvider.set(endpoint.provider, [...(byProvider.get(endpoint.provider) ?? []), endpoint])
  }
  const rows = [...byProvider.values()].map(providerRow)
  const allTokens = rows.reduce((sum, { totalTokens }) => sum + totalTokens, 0)
  return rows
    .map((row) => ({ ...row, tokenShare: ratio(row.totalTokens, allTokens) }))
    .sort(
      (a, b) =>
        b.totalTokens - a.totalTokens || b.attempts - a.attempts || compareText(a.provider, b.provider),
    )
}

function providerRow(endpoints: readonly ModelEndpoint[]): Omit<ModelProvider, 'tokenShare'> {
  const [shown] = [...endpoints].sort((a, b) => preference(b) - preference(a))
  if (!shown) throw new Error('a provider without an endpoint has no row')
  const sums = addAttemptSums(endpoints.map((endpoint) => endpoint.sums))
  const figures = attemptFigures(sums)
  const interval =
    figures.toolCallErrorRate === null
      ? null
      : wilsonInterval({ hits: figures.badToolCallAttempts, sample: figures.toolCallAttempts })
  return {
    provider: shown.provider,
    name: shown.name,
    promptUsdPerMTok: shown.promptUsdPerMTok,
    cachedUsdPerMTok: shown.cachedUsdPerMTok,
    completionUsdPerMTok: shown.completionUsdPerMTok,
    contextLength: shown.contextLength,
    quantization: shown.quantization,
    supportsTools: shown.supportsTools,
    enabled: shown.enabled,
    attempts: figures.attempts,
    ok: figures.ok,
    errorsByClass: figures.errorsByClass,
    rateLimitedShare: figures.rateLimitedShare,
    uptime: figures.uptime,
    status: statusOf(figures.uptime),
    ...percentilesOf(sums),
    toolCallAttempts: figures.toolCallAttempts,
    badToolCallAttempts: figures.badToolCallAttempts,
    toolCallErrorRate: figures.toolCallErrorRate,
    toolCallErrorRateLow: interval?.low ?? null,
    toolCallErrorRateHigh: interval?.high ?? null,
    toolUseRate:
      sums.tools_offered < LEAST_ATTEMPTS ? null : ratio(sums.tool_call_attempts, sums.tools_offered),
    toolsOfferedAttempts: sums.tools_offered,
    cacheHitRate: ratio(sums.cached_tokens, sums.cache_known_prompt_tokens),
    effectiveUsdPerMTok: ratio(sums.cost_micro_usd, sums.costed_tokens),
    requests: figures.requests,
    totalTokens: figures.totalTokens,
    costUsd: figures.costUsd,
  }
}

function preference({ enabled, isConfigured, isOwn }: ModelEndpoint): number {
  return Number(enabled) * 4 + Number(isConfigured) * 2 + Number(isOwn)
}

function percentilesOf(sums: AttemptSums) {
  const latency = histogramQuantiles(sums.timeToFirstTokenMs, QUANTILES)
  const throughput = histogramQuantiles(sums.tokensPerSecond, QUANTILES)
  return {
    latencyMsP50: latency[0] ?? null,
    latencyMsP75: latency[1] ?? null,
    latencyMsP90: latency[2] ?? null,
    latencyMsP99: latency[3] ?? null,
    tokensPerSecondP50: throughput[0] ?? null,
    tokensPerSecondP75: throughput[1] ?? null,
    tokensPerSecondP90: throughput[2] ?? null,
    tokensPerSecondP99: throughput[3] ?? null,
  }
}

/** Micro-dollars per token are dollars per million tokens. */
function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null
}
