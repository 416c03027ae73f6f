import type { EndpointHealth, Percentiles } from '../health/endpoint-health'
import type { ProviderPreferences } from '../presets/schema'
import { formatShare } from './format-share'
import type { PlanInput, RankedEndpoint } from './plan-input'
import type { PlanReason } from './plan-schema'
import { placeAmong } from './with-known-providers'

/** A tool-call error rate from which an endpoint goes last for requests with tools. */
export const POOR_TOOL_CALL_ERROR_RATE = 0.02

/** Later tiers are tried after all earlier ones. */
const TIER = { preferred_missed: 1, poor_tool_calls: 2, outage: 3, circuit_open: 4 } as const
type Demotion = { tier: number; reason: PlanReason }

/** Sends an endpoint behind the others for what is known of its health, with the reasons. */
export function demoteEndpoint(item: RankedEndpoint, input: PlanInput): void {
  const health = input.healthOf(item.endpoint.endpointId)
  const isNamed = placeAmong(input.preferences.order ?? [], item.endpoint) >= 0
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
    const text = `tool-call error rate ${formatShare(errorRate)}`
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
      text: `throughput ${slow.value.toFixed(0)} tokens/s, wanted ${slow.bound}`,
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
