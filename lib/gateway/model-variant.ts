/** What a suffix of a model's name asks for. Source: openrouter.ai/docs, Model Variants. */
export const MODEL_VARIANTS = ['nitro', 'floor', 'free', 'exacto'] as const
export type ModelVariant = (typeof MODEL_VARIANTS)[number]

/** A model to be tried, and which variant of it; null = as it comes. */
export type WantedModel = { model: string; variant: ModelVariant | null }

/**
 * What a name asks for: `:nitro` the fastest endpoints first, `:floor` the cheapest, `:exacto` those with the best
 * tool-call record, `:free` only those that cost nothing. A model whose own name ends like that comes first
 * (`isModel`), and any other suffix belongs to the name. Of several suffixes the last one counts.
 */
export function wantedModel(name: string, isModel: (name: string) => boolean): WantedModel {
  const { base, variant } = splitSuffix(name)
  if (variant === null || isModel(name)) return { model: name, variant: null }
  return { model: wantedModel(base, isModel).model, variant }
}

/**
 * The models that names ask for, each once, in their order; the first naming of a model decides its variant. `suffix` is
 * one that holds for all that have none of their own, as in `@preset/slug:nitro`.
 */
export function wantedModels(
  names: readonly string[],
  isModel: (name: string) => boolean,
  suffix: ModelVariant | null = null,
): WantedModel[] {
  const wanted = new Map<string, WantedModel>()
  for (const name of names) {
    const { model, variant } = wantedModel(name, isModel)
    if (!wanted.has(model)) wanted.set(model, { model, variant: variant ?? suffix })
  }
  return [...wanted.values()]
}

/** A name without the suffix that asks for a variant; the variant is null when it has none. */
export function splitSuffix(name: string): { base: string; variant: ModelVariant | null } {
  const at = name.lastIndexOf(':')
  const variant = at > 0 ? MODEL_VARIANTS.find((known) => known === name.slice(at + 1)) : undefined
  return variant === undefined ? { base: name, variant: null } : { base: name.slice(0, at), variant }
}
