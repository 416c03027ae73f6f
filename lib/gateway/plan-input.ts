import type { EndpointHealth } from '../health/endpoint-health'
import type { ProviderPreferences } from '../presets/schema'
import type { EndpointCandidate } from './candidate'
import type { PlanReason } from './plan-schema'

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

/** An endpoint on its way to its place in the plan; later tiers are tried after all earlier ones. */
export type RankedEndpoint = { endpoint: EndpointCandidate; reasons: PlanReason[]; tier: number }
