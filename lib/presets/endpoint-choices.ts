import type { Endpoint } from '../catalog/schema'

type Status = Endpoint['health']['status']

/** US dollars per million tokens, lowest and highest among some endpoints; null when none has a price. */
export type PriceRange = { low: number; high: number } | null

/** A model to choose, with what its providers offer. */
export type ModelChoice = {
  model: string
  providers: number
  promptUsdPerMTok: PriceRange
  completionUsdPerMTok: PriceRange
  contextLength: number | null
  /** Of its healthiest endpoint. */
  status: Status
}

/** A provider to choose, with its endpoints of the models in question. */
export type ProviderChoice = {
  provider: string
  name: string
  endpoints: Endpoint[]
  promptUsdPerMTok: PriceRange
  completionUsdPerMTok: PriceRange
  /** Of its worst endpoint that has traffic to judge by. */
  status: Status
}

const FROM_BEST: readonly Status[] = ['healthy', 'degraded', 'unknown', 'down']

/** Every model of the endpoints, by name. */
export function modelChoices(endpoints: readonly Endpoint[]): ModelChoice[] {
  return groupBy(endpoints, ({ model }) => model).map(([model, group]) => ({
    model,
    providers: group.length,
    ...prices(group),
    contextLength: highest(group.map(({ contextLength }) => contextLength)),
    status: byStatus(group).at(0) ?? 'unknown',
  }))
}

/** Every provider of the models, or of any model when none is given; by name. */
export function providerChoices({
  endpoints,
  models,
}: {
  endpoints: readonly Endpoint[]
  models: readonly string[]
}): ProviderChoice[] {
  const asked = endpoints.filter(({ model }) => models.length === 0 || models.includes(model))
  const choices = groupBy(asked, ({ provider }) => provider).map(([provider, group]) => ({
    provider,
    name: group[0]?.providerName ?? provider,
    endpoints: group,
    ...prices(group),
    status: worstKnown(group),
  }))
  return choices.sort((left, right) => compare(left.name, right.name))
}

function prices(group: readonly Endpoint[]) {
  return {
    promptUsdPerMTok: rangeOf(group.map(({ promptUsdPerMTok }) => promptUsdPerMTok)),
    completionUsdPerMTok: rangeOf(group.map(({ completionUsdPerMTok }) => completionUsdPerMTok)),
  }
}

function rangeOf(values: readonly (number | null)[]): PriceRange {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : { low: Math.min(...known), high: Math.max(...known) }
}

function highest(values: readonly (number | null)[]): number | null {
  return rangeOf(values)?.high ?? null
}

function worstKnown(group: readonly Endpoint[]): Status {
  const known = byStatus(group).filter((status) => status !== 'unknown')
  return known.at(-1) ?? 'unknown'
}

function byStatus(group: readonly Endpoint[]): Status[] {
  const statuses = group.map(({ health }) => health.status)
  return statuses.sort((left, right) => FROM_BEST.indexOf(left) - FROM_BEST.indexOf(right))
}

function groupBy(
  endpoints: readonly Endpoint[],
  keyOf: (endpoint: Endpoint) => string,
): [string, Endpoint[]][] {
  const groups = new Map<string, Endpoint[]>()
  for (const endpoint of endpoints) {
    const key = keyOf(endpoint)
    groups.set(key, [...(groups.get(key) ?? []), endpoint])
  }
  return [...groups].sort(([left], [right]) => compare(left, right))
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
