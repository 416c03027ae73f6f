import type { EndpointHealth } from '../health/endpoint-health'
import type { ProviderPreferences, ProviderSort } from '../presets/schema'
import type { EndpointCandidate } from './candidate'
import { type EffectivePrice, effectivePrices } from './effective-price'
import { blendedPrice, describePrice } from './endpoint-price'
import { formatShare } from './format-share'
import { keepConversation } from './keep-conversation'
import type { PlanInput, RankedEndpoint } from './plan-input'
import type { PlanReason } from './plan-schema'
import type { Draw } from './weighted-draw'
import { placeAmong } from './with-known-providers'

/**
 * The endpoints in the order that preferences and price give them, each with its reason, before anybody's health counts:
 * those that `order` names, then the rest sorted, or drawn by what an answer really costs there and how long it takes.
 * Where nothing is drawn up by the caller, the endpoint that holds the conversation's prompt comes first.
 */
export function rankEndpoints(
  endpoints: readonly EndpointCandidate[],
  input: PlanInput,
  draw: Draw,
): RankedEndpoint[] {
  const wanted = input.preferences.order ?? []
  const { by } = sortOf(input.preferences)
  const placeOf = new Map(endpoints.map((endpoint) => [endpoint, placeAmong(wanted, endpoint)]))
  const named = wanted.flatMap((_, place) => endpoints.filter((endpoint) => placeOf.get(endpoint) === place))
  const rest = endpoints.filter((endpoint) => placeOf.get(endpoint) === -1)
  const first = named.map((endpoint) => placed(endpoint, [orderReason(wanted, endpoint)]))
  if (by !== null) return [...first, ...sortBy(by, rest, input)]
  const kept = wanted.length > 0 ? null : keepConversation(rest, input)
  if (kept === null) return [...first, ...drawByPrice(rest, input, draw, wanted.length > 0)]
  const others = rest.filter((endpoint) => endpoint !== kept.endpoint)
  return [kept, ...drawByPrice(others, input, draw, true)]
}

/** What a request is sorted by, null = nothing, and whether its models compete with each other. */
export function sortOf({ sort }: ProviderPreferences): {
  by: ProviderSort | null
  partition: 'model' | 'none'
} {
  if (!sort) return { by: null, partition: 'model' }
  if (typeof sort === 'string') return { by: sort, partition: 'model' }
  return { by: sort.by, partition: sort.partition ?? 'model' }
}

function orderReason(wanted: readonly string[], endpoint: EndpointCandidate): PlanReason {
  return {
    rule: 'order',
    text: `named ${placeAmong(wanted, endpoint) + 1} of ${wanted.length} to be tried first, by provider.order`,
  }
}

/** The first is drawn, the others stay as fallbacks in the order they would have been drawn. */
function drawByPrice(
  endpoints: readonly EndpointCandidate[],
  { healthOf }: PlanInput,
  draw: Draw,
  isFirstTaken: boolean,
): RankedEndpoint[] {
  if (endpoints.length === 1 && !isFirstTaken) {
    return endpoints.map((endpoint) =>
      placed(endpoint, [{ rule: 'only_endpoint', text: 'the only endpoint' }]),
    )
  }
  const prices = effectivePrices(endpoints, healthOf)
  const drawn = draw(
    prices.map((price, index) => {
      const endpoint = endpoints[index] as EndpointCandidate
      return { item: { endpoint, price }, id: endpoint.endpointId, weight: price.weight }
    }),
  )
  return drawn.map(({ item: { endpoint, price }, share }, position) =>
    placed(endpoint, [
      position === 0 && !isFirstTaken
        ? { rule: 'weighted_by_price', text: drawText(endpoint, price, share) }
        : { rule: 'fallback', text: `fallback, ${describePrice(endpoint)}` },
    ]),
  )
}

/** The numbers that decided a draw: what is not known of the endpoint is left out. */
function drawText(endpoint: EndpointCandidate, price: EffectivePrice, share: number): string {
  const { cacheHitRate, failureShare, tokensPerSecond, latencyMs } = price
  const isFast = tokensPerSecond !== null || latencyMs !== null
  return [
    `drawn by price${isFast ? ' and speed' : ''}: ${describePrice(endpoint)}`,
    ...(cacheHitRate === null ? [] : [`${formatShare(cacheHitRate)} of prompts cached`]),
    ...(failureShare === null ? [] : [`${formatShare(failureShare)} of tries failed`]),
    ...(tokensPerSecond === null ? [] : [`${tokensPerSecond.toFixed(0)} tokens/s`]),
    ...(latencyMs === null ? [] : [`${(latencyMs / 1000).toFixed(2)} s to the first token`]),
    `${formatShare(share)} of draws`,
  ].join(', ')
}

const SORT_VALUES = {
  price: (endpoint: EndpointCandidate) => blendedPrice(endpoint),
  throughput: (_: EndpointCandidate, health: EndpointHealth) => negated(health.tokensPerSecond?.p50 ?? null),
  latency: (_: EndpointCandidate, health: EndpointHealth) => health.latencyMs?.p50 ?? null,
  exacto: (_: EndpointCandidate, health: EndpointHealth) => health.toolCallErrorRate,
} as const satisfies Record<
  ProviderSort,
  (endpoint: EndpointCandidate, health: EndpointHealth) => number | null
>

function sortBy(
  by: ProviderSort,
  endpoints: readonly EndpointCandidate[],
  input: PlanInput,
): RankedEndpoint[] {
  const valued = endpoints.map((endpoint) => {
    const health = input.healthOf(endpoint.endpointId)
    return { endpoint, health, value: SORT_VALUES[by](endpoint, health) }
  })
  // What is not known goes last; ties are settled by name so that a plan does not flicker.
  valued.sort(
    (a, b) =>
      (a.value ?? Number.POSITIVE_INFINITY) - (b.value ?? Number.POSITIVE_INFINITY) ||
      a.endpoint.provider.localeCompare(b.endpoint.provider),
  )
  return valued.map(({ endpoint, health }) =>
    placed(endpoint, [{ rule: `sort_${by}`, text: sortText(by, endpoint, health) }]),
  )
}

function sortText(by: ProviderSort, endpoint: EndpointCandidate, health: EndpointHealth): string {
  switch (by) {
    case 'price':
      return `sorted by price: ${describePrice(endpoint)}`
    case 'throughput':
      return health.tokensPerSecond
        ? `sorted by throughput: ${health.tokensPerSecond.p50.toFixed(0)} tokens/s`
        : 'sorted by throughput: not known yet'
    case 'latency':
      return health.latencyMs
        ? `sorted by latency: ${health.latencyMs.p50.toFixed(0)} ms to the first token`
        : 'sorted by latency: not known yet'
    case 'exacto':
      return health.toolCallErrorRate === null
        ? 'sorted by tool-call record: not known yet'
        : `sorted by tool-call record: ${formatShare(health.toolCallErrorRate)} errors`
  }
}

function placed(endpoint: EndpointCandidate, reasons: PlanReason[]): RankedEndpoint {
  return { endpoint, reasons, tier: 0 }
}

function negated(value: number | null): number | null {
  return value === null ? null : -value
}
