import type { ProviderPreferences } from '../presets/schema'
import type { EndpointCandidate } from './candidate'
import { describePrice } from './endpoint-price'
import type { RequestNeeds } from './plan-input'
import type { ExclusionRule, PlanReason } from './plan-schema'
import { isMissing } from './supported-parameters'
import { placeAmong } from './with-known-providers'

/**
 * The first rule that keeps a request away from an endpoint, in words; null when none does. Hard rules only: what
 * merely sends an endpoint back in the order is `plan`'s. Source of the rules: design.md §6 and OpenRouter's provider
 * preferences; unknown price fails no `max_price`, since a limit on nothing known would exclude half a catalog. A prompt
 * is too long only when even its lowest estimate is: tokenizers differ, a wrong guess would lose the request, and a
 * provider that refuses it costs one quick attempt.
 */
export function excludeEndpoint({
  endpoint,
  preferences,
  needs,
  isFreeWanted,
}: {
  endpoint: EndpointCandidate
  preferences: ProviderPreferences
  needs: RequestNeeds
  /** Whether the model was asked for as `:free`. */
  isFreeWanted: boolean
}): PlanReason | null {
  if (!endpoint.isConnected) return because('not_connected', `${endpoint.providerName} is not connected`)
  if (!endpoint.isEnabled) return because('disabled', 'switched off in Settings')
  if (preferences.only && placeAmong(preferences.only, endpoint) < 0) {
    const allowed = preferences.only.length > 0 ? `only ${preferences.only.join(', ')}` : 'nobody'
    return because('only', `${allowed} may be asked, by provider.only`)
  }
  if (preferences.ignore && placeAmong(preferences.ignore, endpoint) >= 0) {
    return because('ignore', 'must not be asked, by provider.ignore')
  }
  return (
    excludeByAbilities(endpoint, preferences, needs) ??
    (isFreeWanted ? excludeByCost(endpoint) : null) ??
    excludeByPrice(endpoint, preferences) ??
    excludeByKind(endpoint, preferences) ??
    excludeByLength(endpoint, needs)
  )
}

function excludeByAbilities(
  endpoint: EndpointCandidate,
  preferences: ProviderPreferences,
  needs: RequestNeeds,
): PlanReason | null {
  if (endpoint.supportsTools === false && needs.hasTools) return because('tools', 'does not support tool use')
  if (!preferences.require_parameters) return null
  const missing = needs.parameters.find((name) => isMissing(name, endpoint))
  return missing === undefined
    ? null
    : because('require_parameters', `does not support ${missing}, needed by provider.require_parameters`)
}

/** A price that is not known is none that is known to be zero. */
function excludeByCost(endpoint: EndpointCandidate): PlanReason | null {
  const isFree = endpoint.promptMicroUsdPerMTok === 0 && endpoint.completionMicroUsdPerMTok === 0
  return isFree ? null : because('free', `is not free (${describePrice(endpoint)}), asked for by :free`)
}

function excludeByPrice(
  endpoint: EndpointCandidate,
  { max_price: limit }: ProviderPreferences,
): PlanReason | null {
  if (!limit) return null
  const prices = [
    ['prompt', endpoint.promptMicroUsdPerMTok, limit.prompt],
    ['completion', endpoint.completionMicroUsdPerMTok, limit.completion],
  ] as const
  for (const [name, microUsd, maximum] of prices) {
    if (microUsd !== null && maximum !== undefined && microUsd > maximum * 1e6) {
      const text = `${name} price $${microUsd / 1e6} per M tokens is above $${maximum}, the limit of provider.max_price`
      return because('max_price', text)
    }
  }
  return null
}

function excludeByKind(endpoint: EndpointCandidate, preferences: ProviderPreferences): PlanReason | null {
  const quantization = endpoint.quantization ?? 'unknown'
  if (preferences.quantizations && !preferences.quantizations.includes(quantization)) {
    return because(
      'quantizations',
      `quantization ${quantization} is not among ${preferences.quantizations.join(', ')}, those of provider.quantizations`,
    )
  }
  const mustNotCollect = preferences.data_collection === 'deny' || preferences.zdr === true
  if (mustNotCollect && endpoint.collectsData !== false) {
    const rule = preferences.data_collection === 'deny' ? 'provider.data_collection' : 'provider.zdr'
    return because('data_collection', `has not promised to keep no prompts, asked for by ${rule}`)
  }
  return null
}

function excludeByLength({ contextLength }: EndpointCandidate, needs: RequestNeeds): PlanReason | null {
  if (contextLength === null) return null
  if (needs.leastPromptTokens > contextLength) {
    return because(
      'context_length',
      `a prompt of at least ${needs.leastPromptTokens} tokens does not fit its context of ${contextLength}`,
    )
  }
  if (needs.maxTokens !== null && needs.maxTokens > contextLength) {
    return because(
      'context_length',
      `max_tokens ${needs.maxTokens} does not fit its context of ${contextLength}`,
    )
  }
  return null
}

function because(rule: ExclusionRule, text: string): PlanReason {
  return { rule, text }
}
