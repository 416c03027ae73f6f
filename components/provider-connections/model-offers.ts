import type { ConnectModelsBody, ModelOffer } from '@/lib/catalog/model-list-schema'

/** The offers whose names hold all the words, in any case. */
export function searchOffers(offers: readonly ModelOffer[], sought: string): ModelOffer[] {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean)
  return offers.filter(({ model, upstreamModel }) => {
    const names = `${model} ${upstreamModel}`.toLowerCase()
    return words.every((word) => names.includes(word))
  })
}

/** What connects the chosen offers: what the list does not say is left out, so that the server fills it in. */
export function toConnectBody(offers: readonly ModelOffer[]): ConnectModelsBody {
  return {
    endpoints: offers.map(({ isConnected: _, ...offer }) => {
      const said = Object.entries(offer).filter(([, value]) => value !== null && !isEmptyList(value))
      return { model: offer.model, ...Object.fromEntries(said) }
    }),
  }
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
