import { writeAudit } from '../access/audit.server'
import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import { noteCatalogChange } from './catalog-changes.server'
import { presentProvider } from './present-provider.server'
import type { ProviderAnswer } from './schema'

const FORGOTTEN_PROVIDER = {
  name: null,
  baseUrl: null,
  apiShape: null,
  authScheme: null,
  region: null,
  apiVersion: null,
  extraHeaders: {},
  extraQuery: {},
  sealedSecret: null,
  allowPrivateNetwork: false,
  collectsData: null,
  enabled: true,
}

const FORGOTTEN_ENDPOINT = {
  upstreamModel: null,
  promptMicroUsdPerMtok: null,
  cachedMicroUsdPerMtok: null,
  completionMicroUsdPerMtok: null,
  contextLength: null,
  quantization: null,
  supportsTools: null,
  inputModalities: [],
  outputModalities: [],
  supportsReasoning: null,
  supportsStructuredOutput: null,
  maxCompletionTokens: null,
  enabled: false,
}

/**
 * Forgets how to call a provider: address, key, and the settings of its endpoints, which are off from now on. What logs
 * say of it stays, under its slug. Throws `not_found` when it is not connected.
 */
export async function disconnectProvider({
  slug,
  actor,
}: {
  slug: string
  actor: string
}): Promise<ProviderAnswer> {
  const row = await db().$transaction(async (transaction) => {
    const { count } = await transaction.provider.updateMany({
      where: { slug, baseUrl: { not: null } },
      data: FORGOTTEN_PROVIDER,
    })
    if (count === 0) throw new AppError('not_found', `There is no connected provider ${slug}.`)
    await transaction.endpoint.updateMany({ where: { provider: { slug } }, data: FORGOTTEN_ENDPOINT })
    await transaction.endpointLesson.deleteMany({ where: { endpoint: { provider: { slug } } } })
    return await transaction.provider.findUniqueOrThrow({ where: { slug } })
  })
  noteCatalogChange()
  await writeAudit({ actor, action: 'provider.disconnect', target: `provider:${slug}` })
  return { data: presentProvider(row, 0) }
}
