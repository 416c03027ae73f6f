import { estimateCostMicroUsd } from '../catalog/price'
import { usdToMicroUsd } from '../records/cost'
import type { RequestRecord } from '../records/request-record'
import type { CostSource } from '../records/vocabulary'
import type { AnswerFacts } from '../shapes/answer-facts'
import type { EndpointCandidate } from './candidate'
import { endpointCostMicroUsd } from './endpoint-price'

type Billed = { candidate: EndpointCandidate; facts: AnswerFacts | null }

/**
 * What a try cost in micro-USD and who says so: the provider, else the endpoint's own price, else the price table.
 * Null when nobody knows.
 */
export function costOf(
  { candidate, facts }: Billed,
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

/**
 * What all attempts of a request cost, those of no use to the client included; from the price table as soon as one of
 * them is. Source of the definition: design.md §5, "Cost".
 */
export function costOfRequest(
  attempts: readonly Billed[],
  startedAtMs: number,
): Pick<RequestRecord, 'costMicroUsd' | 'costSource'> {
  const costs = attempts.flatMap((attempt) => costOf(attempt, startedAtMs) ?? [])
  if (costs.length === 0) return { costMicroUsd: null, costSource: null }
  return {
    costMicroUsd: costs.reduce((sum, { microUsd }) => sum + microUsd, 0),
    costSource: costs.some(({ source }) => source === 'price_table') ? 'price_table' : 'reported',
  }
}
