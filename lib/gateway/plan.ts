import type { ProviderPreferences, ProviderSort } from '../presets/schema'
import type { EndpointCandidate, EndpointHealth, Percentiles } from './candidate'
import { blendedPrice, describePrice } from './endpoint-price'
import { excludeEndpoint } from './exclude-endpoint'
import type { Plan, PlanReason, PlanStep } from './plan-schema'
import { createDraw, type Draw } from './weighted-draw'

/** What a request needs of an endpoint. */
export type RequestNeeds = {
  /** It brings tools, itself or by its preset. */
  hasTools: boolean
  /** Names of the parameters it sets. */
  parameters: readonly string[]
  /** An estimate. */
  promptTokens: number
  /** Most completion tokens it may take; null = the endpoint's own limit. */
  maxTokens: number | null
}

export type PlanInput = {
  /** In order of preference; never empty. */
  models: readonly string[]
  preferences: ProviderPreferences
  needs: RequestNeeds
  endpoints: readonly EndpointCandidate[]
  healthOf: (endpointId: number) => EndpointHealth
  nowMs: number
  /** The same seed gives the same draw. */
  seed: number
  /** Endpoints that one request may try. */
  maxAttempts: number
}

/** A tool-call error rate from which an endpoint goes last for requests with tools. */
export const POOR_TOOL_CALL_ERROR_RATE = 0.02

/**
 * In which order the endpoints of a request's models are tried, which are left out, and why. Pure: the gateway runs
 * it, the preset editor shows it, the log keeps its reasons. Never throws; a plan without steps says by its
 * exclusions why.
 *
 * Models come in the order asked for; with `sort.partition: none` all their endpoints are sorted together. Within a
 * model: without `order` and `sort`, endpoints are drawn at random, weighted by the inverse square of their price, and
 * the rest follow as fallbacks in drawn order; `order` and `sort` switch the draw off. Then some go behind the others,
 * keeping their order: those with an open circuit, those in an outage of the last 30 seconds, those with a poor
 * tool-call record when the request has tools, those that miss a preferred throughput or latency. Endpoints that
 * `order` names are sent back by an open circuit alone, and a `sort` is the caller's word on tool-call records too.
 * An endpoint that asked us to wait is not tried before its time.
 * Source of the rules: design.md §6 and OpenRouter's provider routing.
 */
export function plan(input: PlanInput): Plan {
  const excluded: PlanStep[] = []
  const draw = createDraw(input.seed)
  const groups = groupByModel(input, excluded)
  const { partition } = sortOf(input.preferences)
  const ordered =
    partition === 'none'
      ? arrange(groups.flat(), input, draw, 0)
      : groups.flatMap((group, index) => arrange(group, input, draw, index))
  return limit(ordered, excluded, input)
}

function groupByModel(input: PlanInput, excluded: PlanStep[]): EndpointCandidate[][] {
  const rankedModels = [...new Set(input.models)]
  return rankedModels.map((model) => {
    const ofModel = input.endpoints.filter((endpoint) => endpoint.model === model)
    return ofModel.filter((endpoint) => {
      const reason = excludeEndpoint({ endpoint, preferences: input.preferences, needs: input.needs })
      if (reason !== null) excluded.push(stepOf(endpoint, [reason]))
      return reason === null
    })
  })
}

type Ranked = { endpoint: EndpointCandidate; reasons: PlanReason[]; tier: number }

function arrange(
  endpoints: readonly EndpointCandidate[],
  input: PlanInput,
  draw: Draw,
  modelIndex: number,
): PlanStep[] {
  const { preferences } = input
  const wanted = preferences.order ?? []
  const { by } = sortOf(preferences)
  const named = wanted.flatMap((slug) => endpoints.filter((endpoint) => endpoint.provider === slug))
  const rest = endpoints.filter((endpoint) => !wanted.includes(endpoint.provider))
  const sorted = by === null ? drawByPrice(rest, draw, wanted.length > 0) : sortBy(by, rest, input)
  const ranked: Ranked[] = [
    ...named.map((endpoint) => placed(endpoint, [orderReason(wanted, endpoint)])),
    ...sorted,
  ]
  for (const item of ranked) demote(item, input, wanted.includes(item.endpoint.provider))
  // Array.sort is stable, so that a tier keeps the order its endpoints had.
  ranked.sort((a, b) => a.tier - b.tier)
  if (modelIndex > 0) {
    const reason = { rule: 'model_fallback', text: `fallback model ${modelIndex + 1}` } as const
    for (const item of ranked) item.reasons.unshift(reason)
  }
  return ranked.map(({ endpoint, reasons }) => stepOf(endpoint, reasons))
}

function sortOf({ sort }: ProviderPreferences): { by: ProviderSort | null; partition: 'model' | 'none' } {
  if (!sort) return { by: null, partition: 'model' }
  if (typeof sort === 'string') return { by: sort, partition: 'model' }
  return { by: sort.by, partition: sort.partition ?? 'model' }
}

function orderReason(wanted: readonly string[], endpoint: EndpointCandidate): PlanReason {
  return { rule: 'order', text: `order: ${wanted.indexOf(endpoint.provider) + 1} of ${wanted.length}` }
}

/** The first is drawn by price, the others stay as fallbacks in the order they would have been drawn. */
function drawByPrice(endpoints: readonly EndpointCandidate[], draw: Draw, isAfterOrder: boolean): Ranked[] {
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
          text: `drawn by price: ${describePrice(item)}, ${percent(share)} of draws`,
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

function sortBy(by: ProviderSort, endpoints: readonly EndpointCandidate[], input: PlanInput): Ranked[] {
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
        ? `sorted by throughput: ${health.tokensPerSecond.p50.toFixed(0)} tok/s`
        : 'sorted by throughput: not known yet'
    case 'latency':
      return health.latencyMs
        ? `sorted by latency: ${health.latencyMs.p50.toFixed(0)} ms to the first token`
        : 'sorted by latency: not known yet'
    case 'exacto':
      return health.toolCallErrorRate === null
        ? 'sorted by tool-call record: not known yet'
        : `sorted by tool-call record: ${percent(health.toolCallErrorRate)} errors`
  }
}

/** Later tiers are tried after all earlier ones. */
const TIER = { normal: 0, preferred_missed: 1, poor_tool_calls: 2, outage: 3, circuit_open: 4 } as const
type Demotion = { tier: number; reason: PlanReason }

function demote(item: Ranked, input: PlanInput, isNamed: boolean): void {
  const health = input.healthOf(item.endpoint.endpointId)
  const demotions = [...(isNamed ? [] : softDemotions(health, input)), ...circuitDemotion(health, input)]
  for (const { tier, reason } of demotions) {
    item.tier = Math.max(item.tier, tier)
    item.reasons.push(reason)
  }
}

function softDemotions(health: EndpointHealth, { preferences, needs }: PlanInput): Demotion[] {
  const demotions: Demotion[] = missedPreferences(preferences, health).map((reason) => ({
    tier: TIER.preferred_missed,
    reason,
  }))
  const errorRate = health.toolCallErrorRate
  if (needs.hasTools && !preferences.sort && errorRate !== null && errorRate >= POOR_TOOL_CALL_ERROR_RATE) {
    const text = `tool-call error rate ${percent(errorRate)}`
    demotions.push({ tier: TIER.poor_tool_calls, reason: { rule: 'poor_tool_calls', text } })
  }
  if (health.hasOutage) {
    const reason = { rule: 'outage', text: 'failing in the last 30 seconds' } as const
    demotions.push({ tier: TIER.outage, reason })
  }
  return demotions
}

function circuitDemotion(health: EndpointHealth, { nowMs }: PlanInput): Demotion[] {
  if (health.blockedBy !== 'circuit_open' || health.blockedUntilMs === null || health.blockedUntilMs <= nowMs)
    return []
  const text = `circuit open for ${Math.ceil((health.blockedUntilMs - nowMs) / 1000)} s`
  return [{ tier: TIER.circuit_open, reason: { rule: 'circuit_open', text } }]
}

function missedPreferences(preferences: ProviderPreferences, health: EndpointHealth): PlanReason[] {
  const missed: PlanReason[] = []
  const slow = missedBound(
    preferences.preferred_min_throughput,
    health.tokensPerSecond,
    (value, bound) => value < bound,
  )
  if (slow)
    missed.push({
      rule: 'slow_throughput',
      text: `throughput ${slow.value.toFixed(0)} tok/s, wanted ${slow.bound}`,
    })
  const late = missedBound(
    preferences.preferred_max_latency,
    health.latencyMs,
    (value, bound) => value / 1000 > bound,
  )
  if (late)
    missed.push({
      rule: 'slow_latency',
      text: `latency ${(late.value / 1000).toFixed(2)} s, wanted ${late.bound}`,
    })
  return missed
}

type Bound = ProviderPreferences['preferred_max_latency']

/** The first percentile that misses its bound; all given bounds must hold. Null when they do or nothing is known. */
function missedBound(
  bound: Bound,
  actual: Percentiles | null,
  isMissed: (value: number, bound: number) => boolean,
): { value: number; bound: number } | null {
  if (bound === null || bound === undefined || actual === null) return null
  const bounds = typeof bound === 'number' ? { p50: bound } : bound
  for (const name of ['p50', 'p75', 'p90', 'p99'] as const) {
    const wanted = bounds[name]
    if (wanted !== undefined && isMissed(actual[name], wanted)) return { value: actual[name], bound: wanted }
  }
  return null
}

function limit(ordered: readonly PlanStep[], excluded: readonly PlanStep[], input: PlanInput): Plan {
  // Without fallbacks the first endpoint is the only one, even while it has to be waited for.
  const allowed = input.preferences.allow_fallbacks === false ? ordered.slice(0, 1) : ordered
  const waiting = allowed.filter((step) => waitMs(step, input) > 0)
  const ready = allowed.filter((step) => waitMs(step, input) <= 0)
  const because = (rule: PlanReason['rule'], text: string) => (step: PlanStep) => ({
    ...step,
    reasons: [...step.reasons, { rule, text }],
  })
  return {
    steps: ready.slice(0, input.maxAttempts),
    excluded: [
      ...excluded,
      ...waiting.map((step) =>
        because('retry_after', `asked us to wait ${Math.ceil(waitMs(step, input) / 1000)} s`)(step),
      ),
      ...ready
        .slice(input.maxAttempts)
        .map(because('attempt_budget', `beyond the budget of ${input.maxAttempts} attempts`)),
      ...ordered.slice(allowed.length).map(because('allow_fallbacks', 'fallbacks are switched off')),
    ],
  }
}

/** How long an endpoint's Retry-After still runs; zero or less = it may be called. */
function waitMs(step: PlanStep, { healthOf, nowMs }: PlanInput): number {
  const { blockedBy, blockedUntilMs } = healthOf(step.endpointId)
  return blockedBy === 'retry_after' && blockedUntilMs !== null ? blockedUntilMs - nowMs : 0
}

function placed(endpoint: EndpointCandidate, reasons: PlanReason[]): Ranked {
  return { endpoint, reasons, tier: TIER.normal }
}

function stepOf(endpoint: EndpointCandidate, reasons: PlanReason[]): PlanStep {
  return { endpointId: endpoint.endpointId, model: endpoint.model, provider: endpoint.provider, reasons }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

function negated(value: number | null): number | null {
  return value === null ? null : -value
}
