import { statusOf } from '../health/derive-health'
import type { EndpointCandidate } from './candidate'
import type { LastServed } from './conversation-affinity'
import { demoteEndpoint } from './demote-endpoint'
import type { PlanInput, RankedEndpoint } from './plan-input'

/**
 * The endpoint that served the request's conversation last and so holds its prompt, with the reason why it comes first.
 * Null when the conversation is new, when the endpoint is none of these, when reading its cache costs no less than the
 * prompt (unknown counts as less), or when it is in no state to be preferred: down, failing, sent back or waited for.
 * Source of the rule: openrouter.ai/docs, Prompt Caching.
 */
export function keepConversation(
  endpoints: readonly EndpointCandidate[],
  input: PlanInput,
): RankedEndpoint | null {
  const model = endpoints[0]?.model
  const last = model === undefined ? null : input.lastServed(model)
  const endpoint = endpoints.find(({ endpointId }) => endpointId === last?.endpointId)
  if (last === null || endpoint === undefined || !isCacheCheaper(endpoint)) return null
  const kept: RankedEndpoint = {
    endpoint,
    reasons: [{ rule: 'same_conversation', text: textOf(last) }],
    tier: 0,
  }
  return isHealthy(endpoint, input) ? kept : null
}

function isCacheCheaper({ promptMicroUsdPerMTok, cachedMicroUsdPerMTok }: EndpointCandidate): boolean {
  if (promptMicroUsdPerMTok === null || cachedMicroUsdPerMTok === null) return true
  return cachedMicroUsdPerMTok < promptMicroUsdPerMTok
}

function isHealthy(endpoint: EndpointCandidate, input: PlanInput): boolean {
  const { blockedUntilMs, uptime } = input.healthOf(endpoint.endpointId)
  if (blockedUntilMs !== null && blockedUntilMs > input.nowMs) return false
  if (statusOf(uptime) === 'down') return false
  const judged: RankedEndpoint = { endpoint, reasons: [], tier: 0 }
  demoteEndpoint(judged, input)
  return judged.tier === 0
}

function textOf({ cachedShare }: LastServed): string {
  if (cachedShare === null) return 'same conversation, served there last'
  if (cachedShare === 0) return 'same conversation, none of its prompt was cached there yet'
  return `same conversation, ${Math.max(1, Math.round(cachedShare * 100))}% of its prompt was cached there`
}
