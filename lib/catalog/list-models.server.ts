import { findProvider } from '@pydantic/genai-prices'
import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import { parseJson } from '../platform/parse-json'
import { toApiShape } from '../records/vocabulary'
import { askProvider } from './ask-provider.server'
import { judgeConnection, type TestCall } from './connection-outcome'
import type { ModelListAnswer } from './model-list-schema'
import { nameListedModels } from './name-listed-models'
import { openSignIn } from './open-sign-in.server'
import { isPrivateNetworkAllowed } from './private-network.server'
import { type ListedModel, readModelList } from './read-model-list'
import { suggestEndpoint } from './suggest-endpoint'
import { fillTemplate, type ProviderTemplate, partsOf } from './template'
import { templateOfBaseUrl } from './templates'
import { modelListUrl, shapeHeaders } from './upstream-url'

const MAX_PAGES = 20
const MAX_MODELS = 3000

type Listing = { models: ListedModel[]; message: string | null }

/**
 * What a connected provider says it serves, with the name each model would have here and what is known of its prices
 * and abilities: by the price table first, then by the provider's own list. A provider without a list that says what
 * may be asked for gets the price table's. Throws `not_found` when the provider is not connected; what goes wrong with
 * the call is said in `message`.
 */
export async function listModels({ slug, nowMs }: { slug: string; nowMs: number }): Promise<ModelListAnswer> {
  const provider = await db().provider.findUnique({
    where: { slug },
    include: {
      endpoints: { where: { upstreamModel: { not: null } }, include: { model: { select: { slug: true } } } },
    },
  })
  const apiShape = toApiShape(provider?.apiShape)
  if (!provider?.baseUrl || !apiShape)
    throw new AppError('not_found', `There is no connected provider ${slug}.`)
  const { baseUrl } = provider
  const template = templateOfBaseUrl(baseUrl)
  const isAsked = template?.listsModels ?? !baseUrl.includes('{model}')
  const listing = isAsked
    ? await askForList({ ...provider, baseUrl, apiShape }, template)
    : { models: fromPriceTable(baseUrl, template), message: null }
  const connected = new Map(
    provider.endpoints.map((endpoint) => [endpoint.upstreamModel ?? '', endpoint.model.slug]),
  )
  const upstreamModels = listing.models.map(({ upstreamModel }) => upstreamModel)
  const bare = nameListedModels({ upstreamModels, provider: slug, connected, catalog: [] })
  const catalog = await db().model.findMany({
    where: { slug: { in: bare, mode: 'insensitive' } },
    select: { slug: true },
  })
  const names = nameListedModels({
    upstreamModels,
    provider: slug,
    connected,
    catalog: catalog.map((model) => model.slug),
  })
  const data = listing.models.map((listed, index) => {
    const model = names[index] ?? listed.upstreamModel
    return {
      ...withSuggestion(listed, { model, provider: slug, baseUrl, atMs: nowMs }),
      model,
      isConnected: connected.has(listed.upstreamModel),
    }
  })
  return { data, source: isAsked ? 'provider' : 'price_table', message: listing.message }
}

type Asked = Parameters<typeof openSignIn>[0] &
  Pick<TestCall, 'baseUrl' | 'apiShape'> & { sealedSecret: string | null }

async function askForList(provider: Asked, template: ProviderTemplate | null): Promise<Listing> {
  const { baseUrl, apiShape } = provider
  const signIn = await openSignIn(provider, { apiShape, baseUrl }).catch((error: unknown) =>
    error instanceof Error ? error : new Error('The stored key cannot be opened.'),
  )
  if (signIn instanceof Error) return { models: [], message: signIn.message }
  const address =
    template?.modelListUrl == null
      ? modelListUrl({ apiShape, baseUrl })
      : fillTemplate(template.modelListUrl, partsOf(template, baseUrl) ?? {})
  const models: ListedModel[] = []
  const url = new URL(address)
  for (let page = 0; page < MAX_PAGES && models.length < MAX_MODELS; page++) {
    const result = await askProvider({
      url: url.href,
      json: null,
      headers: shapeHeaders(apiShape),
      signIn,
      allowPrivate: provider.allowPrivateNetwork && isPrivateNetworkAllowed(),
    })
    const isGood = result.kind === 'answer' && result.httpStatus >= 200 && result.httpStatus < 300
    const read = isGood ? readModelList(parseJson(result.body)) : null
    if (read === null) {
      const call = { apiShape, baseUrl, upstreamModel: null, hasApiKey: provider.sealedSecret !== null }
      return { models, message: judgeConnection(call, result).message }
    }
    models.push(...read.models)
    if (read.next === null) break
    for (const [name, value] of Object.entries(read.next)) url.searchParams.set(name, value)
  }
  const unique = new Map(models.map((model) => [model.upstreamModel, model]))
  return { models: [...unique.values()].slice(0, MAX_MODELS), message: null }
}

/** What the price table knows of a provider by its address; deprecated models left out. */
function fromPriceTable(baseUrl: string, template: ProviderTemplate | null): ListedModel[] {
  const models = findProvider({ providerApiUrl: baseUrl })?.models ?? []
  return models
    .filter(({ deprecated }) => deprecated !== true)
    .map(({ id }) => ({ ...UNSAID, upstreamModel: `${template?.modelPrefix ?? ''}${id}` }))
}

const UNSAID = {
  contextLength: null,
  maxCompletionTokens: null,
  promptUsdPerMTok: null,
  cachedUsdPerMTok: null,
  completionUsdPerMTok: null,
  inputModalities: [],
  outputModalities: [],
  supportsTools: null,
  supportsReasoning: null,
  supportsStructuredOutput: null,
} satisfies Omit<ListedModel, 'upstreamModel'>

/** The price table's prices before the list's, since they know of caching; the list's abilities before the family's. */
function withSuggestion(
  listed: ListedModel,
  asked: { model: string; provider: string; baseUrl: string; atMs: number },
): ListedModel {
  const known = [asked.model, listed.upstreamModel].map((model) => suggestEndpoint({ ...asked, model }))
  const priced = known.find(({ promptUsdPerMTok }) => promptUsdPerMTok !== null)
  const family = known[0]
  const prices = priced ?? listed
  return {
    ...listed,
    promptUsdPerMTok: prices.promptUsdPerMTok,
    cachedUsdPerMTok: prices.cachedUsdPerMTok,
    completionUsdPerMTok: prices.completionUsdPerMTok,
    contextLength: listed.contextLength ?? priced?.contextLength ?? null,
    inputModalities:
      listed.inputModalities.length > 0 ? listed.inputModalities : (family?.inputModalities ?? []),
    outputModalities:
      listed.outputModalities.length > 0 ? listed.outputModalities : (family?.outputModalities ?? []),
    supportsReasoning: listed.supportsReasoning ?? family?.supportsReasoning ?? null,
    supportsStructuredOutput: listed.supportsStructuredOutput ?? family?.supportsStructuredOutput ?? null,
  }
}
