import { canonicalModel } from '../records/model-name'

/**
 * What we call the models of a provider's list, as `author/slug`, in their order and no two alike: as an endpoint there
 * has it already, as the catalog spells it in any case, otherwise by the rules for names in logs.
 */
export function nameListedModels({
  upstreamModels,
  provider,
  connected,
  catalog,
}: {
  upstreamModels: readonly string[]
  provider: string
  /** Of the endpoints that the provider has: what it calls a model to what we do. */
  connected: ReadonlyMap<string, string>
  /** Names that the catalog has. */
  catalog: readonly string[]
}): string[] {
  const spelled = new Map(catalog.map((model) => [model.toLowerCase(), model]))
  const taken = new Set(upstreamModels.flatMap((upstreamModel) => connected.get(upstreamModel) ?? []))
  return upstreamModels.map((upstreamModel) => {
    const own = connected.get(upstreamModel)
    if (own !== undefined) return own
    const canonical = typeable(canonicalModel({ model: upstreamModel, provider }))
    const author = canonical.slice(0, canonical.indexOf('/'))
    const wishes = [
      spelled.get(canonical.toLowerCase()) ?? canonical,
      `${author}/${part(upstreamModel)}`,
      ...Array.from(
        { length: upstreamModels.length },
        (_, index) => `${canonical.slice(0, 90)}-${index + 2}`,
      ),
    ]
    const model = wishes.find((wish) => !taken.has(wish)) ?? canonical
    taken.add(model)
    return model
  })
}

/** Both halves as the API takes them from people. */
function typeable(model: string): string {
  const slash = model.indexOf('/')
  return `${part(model.slice(0, slash))}/${part(model.slice(slash + 1))}`
}

function part(text: string): string {
  const clean = text.replaceAll(/[\s/@\p{Cc}]+/gu, '-').replaceAll(/^-+|-+$/g, '')
  return clean.slice(0, 99) || 'model'
}
