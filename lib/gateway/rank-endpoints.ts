import type { EndpointHealth } from '../health/endpoint-health'
import type { ProviderPreferences, ProviderSort } from '../presets/schema'
import type { EndpointCandidate } from './candidate'
import { blendedPrice, describePrice } from './endpoint-price'
import { formatShare } from './format-share'
import type { PlanInput, RankedEndpoint } from './plan-input'
import type { PlanReason } from './plan-schema'
import type { Draw } from './weighted-draw'
import { placeAmong } from './with-known-providers'

/**
 * The endpoints in the order that preferences and price give them, each with its reason, before anybody's health counts:
 * those that `order` names, then the rest sorted, or drawn by the inverse square of their price.
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
  return [
    ...named.map((endpoint) => placed(endpoint, [orderReason(wanted, endpoint)])),
    ...(by === null ? drawByPrice(rest, draw, wanted.length > 0) : sortBy(by, rest, input)),
  ]
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

/** The first is drawn by price, the others stay as fallbacks in the order they would have been drawn. */
function drawByPrice(
  endpoints: readonly EndpointCandidate[],
  draw: Draw,
  isAfterOrder: boolean,
): RankedEndpoint[] {
  if (endpoints.length === 1 && !isAfterOrder) {
    return endpoints.map((endpoint) =>
      placed(endpoint, [{ rule: 'only_endpoint', text: 'the only endpoint' }]),
    )
  }
  const drawn = draw(endpoints, (endpoint) => 1 / priceForWeight(endpoint, endpoints) ** 2)
  return drawn.map(({ item, share }, position) => {
    const isFirst = position === 0 && !isAfterOrder
    const reason: PlanReason = isFirst
      ? {
          rule: 'weighted_by_price',
          text: `drawn by price: ${describePrice(item)}, ${formatShare(share)} of draws`,
        }
      : { rule: 'fallback', text: `fallback, ${describePrice(item)}` }
    return placed(item, [reason])
  })
}

/** Free endpoints would win every draw, and unpriced ones none: they count as the cheapest and the dearest known. */
function priceForWeight(endpoint: EndpointCandidate, all: readonly EndpointCandidate[]): number {
  const known = all.flatMap((one) => blendedPrice(one) ?? []).filter((price) => price > 0)
  const own = blendedPrice(endpoint)
  if (known.length === 0) return 1
  if (own === null) return Math.max(...known)
  return own > 0 ? own : Math.min(...known)
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
