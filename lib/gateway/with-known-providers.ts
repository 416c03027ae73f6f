import { namesEndpoint, resolveProviderNames } from '../catalog/provider-names'
import type { ProviderPreferences } from '../presets/schema'
import type { EndpointCandidate } from './candidate'
import type { PlanInput } from './plan-input'

/**
 * A plan's input with the providers that people named, in whatever spelling, as slugs of those who serve its models;
 * the same object when nobody is named.
 */
export function withKnownProviders(input: PlanInput): PlanInput {
  const { order, only, ignore } = input.preferences
  if (!order && !only && !ignore) return input
  const known = input.endpoints.map(({ provider, providerName }) => ({ slug: provider, name: providerName }))
  const preferences: ProviderPreferences = { ...input.preferences }
  for (const [list, asked] of [
    ['order', order],
    ['only', only],
    ['ignore', ignore],
  ] as const) {
    if (asked) preferences[list] = resolveProviderNames({ known, asked })
  }
  return { ...input, preferences }
}

/** The first of the named providers that means this endpoint, counted from 0; -1 when none does. */
export function placeAmong(
  names: readonly string[],
  endpoint: Pick<EndpointCandidate, 'provider' | 'quantization'>,
): number {
  return names.findIndex((name) => namesEndpoint(name, endpoint))
}
