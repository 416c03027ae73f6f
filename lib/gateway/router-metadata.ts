import type { JsonObject } from '../platform/json-value'
import type { Plan } from './plan-schema'

/** One try, as the metadata tells it. */
export type MetadataAttempt = {
  provider: string
  model: string
  status: number | null
  errorClass: string | null
  /** How the request was changed for this endpoint, in words. */
  amendments: readonly string[]
}

/**
 * `openrouter_metadata`, sent when the client asks with `X-OpenRouter-Metadata: enabled`. Fields and meaning are
 * OpenRouter's (openrouter.ai/docs, Router Metadata); the reasons of the plan, the changes for a provider and the preset
 * are ours on top. A try that
 * got no status counts as 502, or as 504 when it took too long.
 */
export function routerMetadata({
  requestedModel,
  preset,
  plan,
  attempts,
  selected,
}: {
  requestedModel: string
  preset: { slug: string; version: number } | null
  plan: Plan
  attempts: readonly MetadataAttempt[]
  /** Slug of the provider that answered; null when none did. */
  selected: string | null
}): JsonObject {
  const total = plan.steps.length + plan.excluded.length
  return {
    requested: requestedModel,
    // OpenRouter's own clients insist on it; we have no regions.
    region: null,
    strategy: attempts.length > 1 ? 'fallback' : 'direct',
    summary: `available=${plan.steps.length}, selected=${selected ?? 'none'}`,
    attempt: attempts.length,
    is_byok: true,
    endpoints: {
      total,
      available: plan.steps.map(({ provider, model, reasons, amendments }) => ({
        provider,
        model,
        selected: provider === selected,
        reasons: reasons.map(({ text }) => text),
        ...(amendments === undefined ? {} : { amendments }),
      })),
    },
    attempts: attempts.map(({ provider, model, status, errorClass, amendments }) => ({
      provider,
      model,
      status: status ?? (errorClass === 'timeout' ? 504 : 502),
      ...(errorClass === null ? {} : { error_class: errorClass }),
      ...(amendments.length === 0 ? {} : { amendments }),
    })),
    ...(preset ? { preset: { slug: preset.slug, version: preset.version } } : {}),
  }
}
