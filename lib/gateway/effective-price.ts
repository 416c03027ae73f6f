import type { EndpointHealth } from '../health/endpoint-health'
import type { EndpointCandidate } from './candidate'

type PricedEndpoint = Pick<
  EndpointCandidate,
  'endpointId' | 'promptMicroUsdPerMTok' | 'cachedMicroUsdPerMTok' | 'completionMicroUsdPerMTok'
>

/** What an answer really costs at an endpoint, with the measured figures that decided; null = not known of it. */
export type EffectivePrice = {
  /** Micro-USD per million tokens at three prompt tokens to one completion token; null without list prices. */
  microUsdPerMTok: number | null
  /** Share of prompt tokens that it had kept, 0–1. */
  cacheHitRate: number | null
  /** Share of tries that brought nothing, rate limits included, 0–1. */
  failureShare: number | null
  tokensPerSecond: number | null
  latencyMs: number | null
  /** What endpoints are drawn by: 1 ÷ (price × tries an answer takes)² ÷ how long it takes. Above 0. */
  weight: number
}

/** Prompts are longer than completions; this is the mix that price lists are usually compared at. */
const PROMPT_SHARE = 0.75
/** The answer whose time is compared, in tokens. */
const USUAL_COMPLETION_TOKENS = 500
/** An endpoint of which nothing worked lately is still drawn now and then, or it would never be seen to recover. */
const MOST_FAILURES = 0.95
/** However slow or quick, time counts no more than price does at half or twice as much. */
const MOST_TIME_RATIO = 4

/**
 * What endpoints of one model are drawn by, in their order. The price is the list price at the measured share of
 * cached prompt tokens, times the tries that an answer takes; the time is that to the first token and for 500 more.
 * Twice as dear is drawn a quarter as often, twice as slow half as often. What is not known of an endpoint counts as
 * the median of those of which it is, so that a new one begins as an average one. Free endpoints would win every draw,
 * and unpriced ones none: they count as the cheapest and the dearest known. Pure; sources: design.md §6 and OpenRouter's
 * traffic routing (adjusted price, end-to-end speed).
 */
export function effectivePrices(
  endpoints: readonly PricedEndpoint[],
  healthOf: (endpointId: number) => EndpointHealth,
): EffectivePrice[] {
  const health = endpoints.map(({ endpointId }) => healthOf(endpointId))
  const usualHits = median(health.map((one) => one.cacheHitRate)) ?? 0
  const usualFailures = median(health.map((one) => one.failureShare)) ?? 0
  const usualSpeed = median(health.map((one) => one.tokensPerSecond?.p50 ?? null))
  const usualLatency = median(health.map((one) => one.latencyMs?.p50 ?? null))
  const prices = endpoints.map((endpoint, index) =>
    cachedPrice(endpoint, health[index]?.cacheHitRate ?? usualHits),
  )
  const times = health.map(({ latencyMs, tokensPerSecond }) =>
    answerMs(latencyMs?.p50 ?? usualLatency, tokensPerSecond?.p50 ?? usualSpeed),
  )
  const usualMs = median(times)
  const known = prices.filter((price) => price !== null && price > 0).map(Number)
  const range = known.length === 0 ? null : { low: Math.min(...known), high: Math.max(...known) }
  return health.map(({ cacheHitRate, failureShare, tokensPerSecond, latencyMs }, index) => {
    const own = prices[index] ?? null
    const tries = 1 / (1 - Math.min(failureShare ?? usualFailures, MOST_FAILURES))
    const price = priceForWeight(own, range) * tries
    return {
      microUsdPerMTok: own,
      cacheHitRate,
      failureShare,
      tokensPerSecond: tokensPerSecond?.p50 ?? null,
      latencyMs: latencyMs?.p50 ?? null,
      weight: 1 / (price ** 2 * timeRatio(times[index] ?? null, usualMs)),
    }
  })
}

/** What three prompt tokens and one completion token cost when that share of the prompt is read from the cache. */
function cachedPrice(endpoint: PricedEndpoint, cacheHitRate: number): number | null {
  const { promptMicroUsdPerMTok: prompt, completionMicroUsdPerMTok: completion } = endpoint
  if (prompt === null || completion === null) return null
  const cached = endpoint.cachedMicroUsdPerMTok ?? prompt
  return (
    (prompt * (1 - cacheHitRate) + cached * cacheHitRate) * PROMPT_SHARE + completion * (1 - PROMPT_SHARE)
  )
}

function priceForWeight(own: number | null, range: { low: number; high: number } | null): number {
  if (range === null) return 1
  if (own === null) return range.high
  return own > 0 ? own : range.low
}

/** How long the usual answer takes; null when neither part is known of any endpoint. */
function answerMs(latencyMs: number | null, tokensPerSecond: number | null): number | null {
  if (latencyMs === null && tokensPerSecond === null) return null
  const generationMs = tokensPerSecond ? (USUAL_COMPLETION_TOKENS / tokensPerSecond) * 1000 : 0
  return (latencyMs ?? 0) + generationMs
}

function timeRatio(ownMs: number | null, usualMs: number | null): number {
  if (ownMs === null || usualMs === null || usualMs <= 0) return 1
  return Math.min(Math.max(ownMs / usualMs, 1 / MOST_TIME_RATIO), MOST_TIME_RATIO)
}

/** The middle one of those that are known, the mean of two; null when none is. */
function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  if (known.length > 1) known.sort((a, b) => a - b)
  const [low, high] = [known[(known.length - 1) >> 1], known[known.length >> 1]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}
