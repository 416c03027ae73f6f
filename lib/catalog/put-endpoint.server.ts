import type { Prisma, Provider as ProviderRow } from '@/prisma/generated/client'
import { writeAudit } from '../access/audit.server'
import { readEndpointHealth } from '../health/read-endpoint-health.server'
import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import { usdToMicroUsd } from '../records/cost'
import { authorOf } from '../records/model-name'
import { noteCatalogChange } from './catalog-changes.server'
import type { ConnectModelsAnswer, ConnectModelsBody } from './model-list-schema'
import {
  defaultUpstreamModel,
  ENDPOINT_NAMES,
  type EndpointWithNames,
  presentEndpoint,
} from './present-endpoint.server'
import type { EndpointAnswer, EndpointSuggestionAnswer, PutEndpointBody } from './schema'
import { suggestEndpoint } from './suggest-endpoint'
import { UNNAMED_PROVIDER_ID } from './unnamed-provider'

/** A thousand models take their time on a busy machine. */
const MANY_TIMEOUT_MS = 60_000

/**
 * Configures a model at a provider. At the first time what is left out comes from the price table and `enabled` is
 * true; later it keeps its value. Null clears. Throws `not_found` for a provider that nobody connected and no log names.
 */
export async function putEndpoint({
  body,
  actor,
  nowMs,
}: {
  body: PutEndpointBody
  actor: string
  nowMs: number
}): Promise<EndpointAnswer> {
  const provider = await providerToServe(body.provider)
  const row = await db().$transaction((transaction) =>
    configureEndpoint({ transaction, provider, body, nowMs }),
  )
  noteCatalogChange()
  await writeAudit({
    actor,
    action: 'endpoint.update',
    target: `endpoint:${body.model}@${body.provider}`,
    detail: auditDetail(row),
  })
  const health = await readEndpointHealth({
    nowMs,
    endpointIds: [row.id],
    percentiles: '5_and_30_minutes',
  })
  return { data: presentEndpoint(row, { health: health.get(row.id), nowMs }) }
}

/**
 * Configures many models of one provider at once, all or none, each as `putEndpoint` does. Throws `not_found` for a
 * provider that nobody connected and no log names.
 */
export async function putEndpoints({
  slug,
  body,
  actor,
  nowMs,
}: {
  slug: string
  body: ConnectModelsBody
  actor: string
  nowMs: number
}): Promise<ConnectModelsAnswer> {
  const provider = await providerToServe(slug)
  const models = new Map(body.endpoints.map((endpoint) => [endpoint.model, endpoint]))
  await db().$transaction(
    async (transaction) => {
      for (const endpoint of models.values())
        await configureEndpoint({ transaction, provider, body: { ...endpoint, provider: slug }, nowMs })
    },
    { timeout: MANY_TIMEOUT_MS },
  )
  noteCatalogChange()
  await writeAudit({
    actor,
    action: 'endpoint.update',
    target: `provider:${slug}`,
    detail: { models: [...models.keys()] },
  })
  return { connected: models.size }
}

async function providerToServe(slug: string): Promise<ProviderRow> {
  const provider = await db().provider.findUnique({ where: { slug } })
  if (provider && provider.id !== UNNAMED_PROVIDER_ID) return provider
  throw new AppError(
    'not_found',
    `There is no provider ${slug}. Connect it first: PUT /api/v1/providers/${slug}.`,
  )
}

async function configureEndpoint({
  transaction,
  provider,
  body,
  nowMs,
}: {
  transaction: Prisma.TransactionClient
  provider: ProviderRow
  body: PutEndpointBody
  nowMs: number
}): Promise<EndpointWithNames> {
  const key = { modelId: await ensureModel(transaction, body.model), providerId: provider.id }
  await transaction.endpoint.createMany({ data: [key], skipDuplicates: true })
  const where = { modelId_providerId: key }
  const before = await transaction.endpoint.findUniqueOrThrow({ where })
  const suggestion =
    before.upstreamModel === null
      ? suggestEndpoint({ ...body, baseUrl: provider.baseUrl, atMs: nowMs })
      : null
  const data = columnsOf(body, suggestion)
  // Another model of the provider may take what this one refused.
  if (data.upstreamModel !== undefined && data.upstreamModel !== before.upstreamModel) {
    await transaction.endpointLesson.deleteMany({ where: { endpointId: before.id } })
  }
  return await transaction.endpoint.update({ where, data, include: ENDPOINT_NAMES })
}

/** The model's row, and its author's, made as the recorder makes them for a name it meets in a log. */
async function ensureModel(transaction: Prisma.TransactionClient, slug: string): Promise<number> {
  const known = await transaction.model.findUnique({ where: { slug }, select: { id: true } })
  if (known) return known.id
  const author = { slug: authorOf(slug) }
  await transaction.author.createMany({ data: [author], skipDuplicates: true })
  const { id: authorId } = await transaction.author.findUniqueOrThrow({ where: author })
  await transaction.model.createMany({ data: [{ slug, authorId }], skipDuplicates: true })
  return (await transaction.model.findUniqueOrThrow({ where: { slug } })).id
}

/** Undefined = leave the column as it is. `suggestion` is null once the endpoint has been configured. */
function columnsOf(body: PutEndpointBody, suggestion: EndpointSuggestionAnswer | null) {
  const price = (given: number | null | undefined, suggested: number | null | undefined) => {
    const usd = given === undefined ? suggested : given
    return usd == null ? usd : BigInt(usdToMicroUsd(usd))
  }
  const isFirst = suggestion !== null
  const keepsName = body.upstreamModel === undefined && !isFirst
  return {
    upstreamModel: keepsName ? undefined : (body.upstreamModel ?? defaultUpstreamModel(body.model)),
    promptMicroUsdPerMtok: price(body.promptUsdPerMTok, suggestion?.promptUsdPerMTok),
    cachedMicroUsdPerMtok: price(body.cachedUsdPerMTok, suggestion?.cachedUsdPerMTok),
    completionMicroUsdPerMtok: price(body.completionUsdPerMTok, suggestion?.completionUsdPerMTok),
    contextLength: orSuggested(body.contextLength, suggestion?.contextLength),
    maxCompletionTokens: body.maxCompletionTokens,
    quantization: body.quantization,
    supportsTools: body.supportsTools,
    supportsReasoning: orSuggested(body.supportsReasoning, suggestion?.supportsReasoning),
    supportsStructuredOutput: orSuggested(
      body.supportsStructuredOutput,
      suggestion?.supportsStructuredOutput,
    ),
    inputModalities:
      orSuggested(body.inputModalities, suggestion?.inputModalities) ?? clearedList(body.inputModalities),
    outputModalities:
      orSuggested(body.outputModalities, suggestion?.outputModalities) ?? clearedList(body.outputModalities),
    enabled: body.enabled ?? (isFirst ? true : undefined),
  }
}

/** What the body says, null included; otherwise what is suggested. */
function orSuggested<T>(given: T | null | undefined, suggested: T | null | undefined): T | null | undefined {
  return given === undefined ? suggested : given
}

/** Lists have no null: null in the body empties them. */
function clearedList(given: unknown): [] | undefined {
  return given === null ? [] : undefined
}

function auditDetail({
  enabled,
  upstreamModel,
  ...row
}: EndpointWithNames): Record<string, string | number | boolean> {
  const prices = [
    ['promptMicroUsdPerMTok', row.promptMicroUsdPerMtok],
    ['cachedMicroUsdPerMTok', row.cachedMicroUsdPerMtok],
    ['completionMicroUsdPerMTok', row.completionMicroUsdPerMtok],
  ] as const
  const known = prices.flatMap(([name, value]) => (value === null ? [] : [[name, Number(value)] as const]))
  return { enabled, upstreamModel: upstreamModel ?? '', ...Object.fromEntries(known) }
}
