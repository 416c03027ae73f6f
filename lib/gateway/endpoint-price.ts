import type { EndpointCandidate } from './candidate'

/** Prompts are longer than completions; this is the mix that price lists are usually compared at. */
const PROMPT_SHARE = 0.75

type Prices = Pick<EndpointCandidate, 'promptMicroUsdPerMTok' | 'completionMicroUsdPerMTok'>

/** An endpoint's price for three prompt tokens and one completion token, micro-USD per million; null when unknown. */
export function blendedPrice({ promptMicroUsdPerMTok, completionMicroUsdPerMTok }: Prices): number | null {
  if (promptMicroUsdPerMTok === null || completionMicroUsdPerMTok === null) return null
  return promptMicroUsdPerMTok * PROMPT_SHARE + completionMicroUsdPerMTok * (1 - PROMPT_SHARE)
}

/** "$0.15 in, $0.60 out per M tokens", or that the price is not known. */
export function describePrice({ promptMicroUsdPerMTok, completionMicroUsdPerMTok }: Prices): string {
  if (promptMicroUsdPerMTok === null || completionMicroUsdPerMTok === null) return 'price not known'
  return `${usd(promptMicroUsdPerMTok)} in, ${usd(completionMicroUsdPerMTok)} out per M tokens`
}

/**
 * What tokens cost at an endpoint's own prices, integer micro-USD. `promptTokens` includes the cached ones, which cost
 * the prompt price where no cache price is known. Null when a price or a count that matters is not known.
 */
export function endpointCostMicroUsd(
  endpoint: Prices & Pick<EndpointCandidate, 'cachedMicroUsdPerMTok'>,
  tokens: { promptTokens: number | null; cachedTokens: number | null; completionTokens: number | null },
): number | null {
  const { promptMicroUsdPerMTok, completionMicroUsdPerMTok, cachedMicroUsdPerMTok } = endpoint
  if (promptMicroUsdPerMTok === null || completionMicroUsdPerMTok === null) return null
  if (tokens.promptTokens === null || tokens.completionTokens === null) return null
  const cached = Math.min(tokens.cachedTokens ?? 0, tokens.promptTokens)
  return Math.round(
    ((tokens.promptTokens - cached) * promptMicroUsdPerMTok +
      cached * (cachedMicroUsdPerMTok ?? promptMicroUsdPerMTok) +
      tokens.completionTokens * completionMicroUsdPerMTok) /
      1e6,
  )
}

function usd(microUsd: number): string {
  const amount = microUsd / 1e6
  return `$${amount >= 0.1 || amount === 0 ? amount.toFixed(2) : String(Number(amount.toPrecision(3)))}`
}
