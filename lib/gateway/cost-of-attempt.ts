import { estimateCostMicroUsd } from '../catalog/price'
import { usdToMicroUsd } from '../records/cost'
import type { CostSource } from '../records/vocabulary'
import type { AnswerFacts } from '../shapes/answer-facts'
import type { EndpointCandidate } from './candidate'
import { endpointCostMicroUsd } from './endpoint-price'

/**
 * What a try cost in micro-USD and who says so: the provider, else the endpoint's own price, else the price table.
 * Null when nobody knows.
 */
export function costOf(
  { candidate, facts }: { candidate: EndpointCandidate; facts: AnswerFacts | null },
  startedAtMs: number,
): { microUsd: number; source: CostSource } | null {
  const usage = facts?.usage
  if (!usage) return null
  if (usage.reportedCostUsd !== null)
    return { microUsd: usdToMicroUsd(usage.reportedCostUsd), source: 'reported' }
  const { model, provider } = candidate
  const microUsd =
    endpointCostMicroUsd(candidate, usage) ?? estimateCostMicroUsd({ ...usage, model, provider, startedAtMs })
  return microUsd === null ? null : { microUsd, source: 'price_table' }
}
