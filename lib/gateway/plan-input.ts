import type { EndpointHealth } from '../health/endpoint-health'
import type { ProviderPreferences } from '../presets/schema'
import type { EndpointCandidate } from './candidate'
import type { LastServed } from './conversation-affinity'
import type { WantedModel } from './model-variant'
import type { PlanReason } from './plan-schema'

/** What a request needs of an endpoint. */
export type RequestNeeds = {
  /** It brings tools, itself or by its preset. */
  hasTools: boolean
  /** Names of the parameters it sets. */
  parameters: readonly string[]
  /** Tokens of its prompt at the provider that counts fewest: only what is too long even so is left out. */
  leastPromptTokens: number
  /** Most completion tokens it may take; null = the endpoint's own limit. */
  maxTokens: number | null
}

export type PlanInput = {
  /** In order of preference; never empty. */
  models: readonly WantedModel[]
  preferences: ProviderPreferences
  needs: RequestNeeds
  endpoints: readonly EndpointCandidate[]
  healthOf: (endpointId: number) => EndpointHealth
  nowMs: number
  /** The same seed gives the same draw. */
  seed: number
  /** Where the request's conversation was last served with a model; null = it has none, or not lately. */
  lastServed: (model: string) => LastServed | null
  /** Endpoints that one request may try. */
  maxAttempts: number
}

/** An endpoint on its way to its place in the plan; later tiers are tried after all earlier ones. */
export type RankedEndpoint = { endpoint: EndpointCandidate; reasons: PlanReason[]; tier: number }
