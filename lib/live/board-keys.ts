/** An endpoint and its provider's slug and name, as the board is told of them. */
export type NamedEndpoint = { endpointId: number; provider: string; providerName: string }

/** Endpoints and providers as small whole numbers: the places of their counts in flat arrays, from 0 on without a gap. */
export type BoardKeys = {
  /**
   * Gives keys to an endpoint and to its provider where they have none; tells which of the two are new, and the key of a
   * provider that has another name now.
   */
  add: (named: NamedEndpoint) => {
    isNewEndpoint: boolean
    isNewProvider: boolean
    renamedProvider: number | null
  }
  /** The key of an endpoint; undefined when it has not been named. */
  ofEndpoint: (endpointId: number) => number | undefined
  /** The key of a provider; undefined when no endpoint of it has been named. */
  ofProvider: (slug: string) => number | undefined
  /** By endpoint key: its id, and the key of its provider. */
  endpointIds: readonly number[]
  providerOf: readonly number[]
  /** By provider key: its slug, and what people call it. */
  providerSlugs: readonly string[]
  providerNames: readonly string[]
}

/** No keys yet. They stay for good, because endpoints do. */
export function createBoardKeys(): BoardKeys {
  const ofEndpoint = new Map<number, number>()
  const ofProvider = new Map<string, number>()
  const endpointIds: number[] = []
  const providerOf: number[] = []
  const providerSlugs: string[] = []
  const providerNames: string[] = []
  return {
    add: ({ endpointId, provider, providerName }) => {
      const providerKey = ofProvider.get(provider) ?? providerSlugs.length
      const isNewProvider = providerKey === providerSlugs.length
      if (isNewProvider) {
        ofProvider.set(provider, providerKey)
        providerSlugs.push(provider)
      }
      const isRenamed = !isNewProvider && providerNames[providerKey] !== providerName
      providerNames[providerKey] = providerName
      const isNewEndpoint = !ofEndpoint.has(endpointId)
      if (isNewEndpoint) {
        ofEndpoint.set(endpointId, endpointIds.length)
        endpointIds.push(endpointId)
        providerOf.push(providerKey)
      }
      return { isNewEndpoint, isNewProvider, renamedProvider: isRenamed ? providerKey : null }
    },
    ofEndpoint: (endpointId) => ofEndpoint.get(endpointId),
    ofProvider: (slug) => ofProvider.get(slug),
    endpointIds,
    providerOf,
    providerSlugs,
    providerNames,
  }
}
