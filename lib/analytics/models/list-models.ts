import { compareText } from '../../platform/compare-text'
import { launchOf } from './launch'
import type { ModelRow } from './schema'

export type ModelUsage = { totalTokens: number; requests: number; toolsUsed: number }
export type ModelOffer = Pick<
  ModelRow,
  'providers' | 'promptUsdPerMTok' | 'completionUsdPerMTok' | 'contextLength'
> & {
  /** What the endpoints say; null = none does. */
  supportsTools: boolean | null
}
export type ModelHealth = Pick<ModelRow, 'uptime' | 'latencyMsP50' | 'toolCallErrorRate'>

/** Everything known of the models, by id. */
export type KnownModels = {
  names: readonly {
    id: number
    model: string
    name: string | null
    author: string
    releasedOnMs: number | null
    aliases: string[]
  }[]
  /** UTC day of the first request, epoch ms. */
  firstRequests: ReadonlyMap<number, number>
  usage: ReadonlyMap<number, ModelUsage>
  offers: ReadonlyMap<number, ModelOffer>
  health: ReadonlyMap<number, ModelHealth>
}

const NO_USAGE: ModelUsage = { totalTokens: 0, requests: 0, toolsUsed: 0 }
const NO_OFFER: ModelOffer = {
  providers: 0,
  promptUsdPerMTok: null,
  completionUsdPerMTok: null,
  contextLength: null,
  supportsTools: null,
}
const NO_HEALTH: ModelHealth = { uptime: null, latencyMsP50: null, toolCallErrorRate: null }

/**
 * The catalog's rows: most tokens first, ties by name; models without traffic come last. A model supports tools when an
 * endpoint says so or when it called one in the window.
 */
export function listModels({ names, firstRequests, usage, offers, health }: KnownModels): ModelRow[] {
  const allTokens = [...usage.values()].reduce((sum, { totalTokens }) => sum + totalTokens, 0)
  return names
    .map(({ id, model, name, author, releasedOnMs, aliases }): ModelRow => {
      const { totalTokens, requests, toolsUsed } = usage.get(id) ?? NO_USAGE
      const offer = offers.get(id) ?? NO_OFFER
      return {
        model,
        name: modelName({ model, name }),
        author,
        ...launchOf({ releasedOnMs, firstRequestMs: firstRequests.get(id) ?? null }),
        aliases,
        totalTokens,
        requests,
        share: allTokens > 0 ? totalTokens / allTokens : null,
        ...offer,
        supportsTools: toolsUsed > 0 ? true : offer.supportsTools,
        ...(health.get(id) ?? NO_HEALTH),
      }
    })
    .sort((a, b) => b.totalTokens - a.totalTokens || compareText(a.model, b.model))
}

/** What people call a model: its name, else what stands after the author's slash. */
export function modelName({ model, name }: { model: string; name: string | null }): string {
  return name ?? model.slice(model.indexOf('/') + 1)
}
