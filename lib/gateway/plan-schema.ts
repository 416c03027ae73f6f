import { z } from 'zod'
import { presetConfig } from '../presets/schema'

/** Why an endpoint is not tried at all. */
export const EXCLUSION_RULES = [
  'disabled',
  'not_connected',
  'only',
  'ignore',
  'max_price',
  'quantizations',
  'data_collection',
  'require_parameters',
  'context_length',
  'tools',
  'free',
  'allow_fallbacks',
  'attempt_budget',
] as const
export type ExclusionRule = (typeof EXCLUSION_RULES)[number]

/** Why an endpoint stands where it stands. */
export const PLACEMENT_RULES = [
  'order',
  'sort_price',
  'sort_throughput',
  'sort_latency',
  'sort_exacto',
  'same_conversation',
  'weighted_by_price',
  'fallback',
  'only_endpoint',
  'model_fallback',
  'outage',
  'circuit_open',
  'retry_after',
  'poor_tool_calls',
  'slow_throughput',
  'slow_latency',
] as const
export type PlacementRule = (typeof PLACEMENT_RULES)[number]

export const planReason = z.object({
  rule: z.enum([...PLACEMENT_RULES, ...EXCLUSION_RULES]),
  /** The rule in words with the numbers that decided: "tool-call error rate 4.1 %". */
  text: z.string(),
})
export type PlanReason = z.infer<typeof planReason>

export const planStep = z.object({
  endpointId: z.number(),
  model: z.string(),
  provider: z.string(),
  reasons: z.array(planReason),
  /** How requests are changed for it since it refused something, in words; left out = not at all. */
  amendments: z.array(z.string()).optional(),
})
export type PlanStep = z.infer<typeof planStep>

/** In which order endpoints are tried, which are left out, and why. */
export const plan = z.object({ steps: z.array(planStep), excluded: z.array(planStep) })
export type Plan = z.infer<typeof plan>

/** `POST /api/v1/plan`: what the gateway would do with a request right now; nothing is called. */
export const planPreviewBody = z.strictObject({
  config: presetConfig,
  /** What the request would ask for; without it the first of `config.models`. */
  model: z.string().optional(),
  /** Whether the request brings tools; a preset with tools has them anyway. */
  hasTools: z.boolean().optional(),
  promptTokens: z.int().min(0).optional(),
  /** The same seed gives the same draw among weighted endpoints. */
  seed: z.int().min(0).optional(),
})
export type PlanPreviewBody = z.infer<typeof planPreviewBody>
export const planPreviewAnswer = z.object({ data: plan })
export type PlanPreviewAnswer = z.infer<typeof planPreviewAnswer>
