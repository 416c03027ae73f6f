import { writeAudit } from '../access/audit.server'
import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import { noteCatalogChange } from './catalog-changes.server'
import { checkBaseUrl } from './check-base-url.server'
import { presentProvider } from './present-provider.server'
import { putSecret } from './put-secret.server'
import type { ProviderAnswer, PutProviderBody } from './schema'
import { UNNAMED_PROVIDER_SLUG } from './unnamed-provider'

/**
 * Connects a provider or replaces its connection; what the body leaves out keeps its value. Throws `validation_failed`
 * when it may not live at that address, when a stored key would go to another host than it was given for, or when the
 * slug is the one that logs without a provider are counted under.
 */
export async function putProvider({
  slug,
  body,
  actor,
}: {
  slug: string
  body: PutProviderBody
  actor: string
}): Promise<ProviderAnswer> {
  if (slug === UNNAMED_PROVIDER_SLUG)
    throw refuse('slug', 'unknown stands for logs that name no provider; take another')
  const before = await db().provider.findUnique({ where: { slug } })
  const connected = before?.baseUrl != null ? before : null
  const secret = await putSecret({ slug, body, connected })
  const wanted = body.allowPrivateNetwork ?? (connected?.allowPrivateNetwork || undefined)
  const { isInside } = await checkBaseUrl({ baseUrl: body.baseUrl, allowPrivateNetwork: wanted })
  const data = {
    name: body.name,
    baseUrl: body.baseUrl,
    apiShape: body.apiShape,
    allowPrivateNetwork: wanted ?? isInside,
    ...secret,
    authScheme: body.authScheme,
    region: body.region,
    apiVersion: body.apiVersion,
    extraHeaders: body.headers === null ? {} : body.headers,
    extraQuery: body.query === null ? {} : body.query,
    ...(body.dataCollection === undefined ? {} : { collectsData: body.dataCollection === 'allow' }),
    ...(body.enabled === undefined ? {} : { enabled: body.enabled }),
  }
  await db().provider.createMany({ data: [{ slug }], skipDuplicates: true })
  const { _count, ...row } = await db().provider.update({
    where: { slug },
    data,
    include: { _count: { select: { endpoints: { where: { enabled: true } } } } },
  })
  if (connected?.baseUrl !== row.baseUrl || connected.apiShape !== row.apiShape) {
    await db().endpointLesson.deleteMany({ where: { endpoint: { provider: { slug } } } })
  }
  noteCatalogChange()
  await writeAudit({
    actor,
    action: 'provider.connect',
    target: `provider:${slug}`,
    detail: {
      baseUrl: row.baseUrl ?? '',
      apiShape: body.apiShape,
      enabled: row.enabled,
      authScheme: row.authScheme,
      keyChanged: secret.sealedSecret !== undefined,
    },
  })
  return { data: presentProvider(row, _count.endpoints) }
}

function refuse(path: 'slug', message: string): AppError {
  return new AppError('validation_failed', `${path}: ${message}.`, { details: [{ path, message }] })
}
