import type { Provider as ProviderRow } from '@/prisma/generated/client'
import { writeAudit } from '../access/audit.server'
import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import { literalAddress } from './address-class'
import { noteCatalogChange } from './catalog-changes.server'
import { checkBaseUrl } from './check-base-url.server'
import { presentProvider } from './present-provider.server'
import type { ProviderAnswer, PutProviderBody } from './schema'
import { sealSecret } from './sealed-secret.server'
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
  refuseKeyToOtherHost({ connected, body })
  const wanted = body.allowPrivateNetwork ?? (connected?.allowPrivateNetwork || undefined)
  const { isInside } = await checkBaseUrl({ baseUrl: body.baseUrl, allowPrivateNetwork: wanted })
  const data = {
    name: body.name,
    baseUrl: body.baseUrl,
    apiShape: body.apiShape,
    allowPrivateNetwork: wanted ?? isInside,
    ...(await sealedSecret(slug, body.apiKey)),
    ...(body.dataCollection === undefined ? {} : { collectsData: body.dataCollection === 'allow' }),
    ...(body.enabled === undefined ? {} : { enabled: body.enabled }),
  }
  await db().provider.createMany({ data: [{ slug }], skipDuplicates: true })
  const { _count, ...row } = await db().provider.update({
    where: { slug },
    data,
    include: { _count: { select: { endpoints: { where: { enabled: true } } } } },
  })
  noteCatalogChange()
  await writeAudit({
    actor,
    action: 'provider.connect',
    target: `provider:${slug}`,
    detail: {
      baseUrl: row.baseUrl ?? '',
      apiShape: body.apiShape,
      enabled: row.enabled,
      keyChanged: data.sealedSecret !== undefined,
    },
  })
  return { data: presentProvider(row, _count.endpoints) }
}

/** Empty and left out keep the stored key; null forgets it. */
async function sealedSecret(
  slug: string,
  apiKey: string | null | undefined,
): Promise<{ sealedSecret?: string | null }> {
  if (apiKey === undefined || apiKey === '') return {}
  return { sealedSecret: apiKey === null ? null : await sealSecret({ providerSlug: slug, secret: apiKey }) }
}

/** A stored key is for the host it was entered for: nobody may send it elsewhere without knowing it. */
function refuseKeyToOtherHost({
  connected,
  body,
}: {
  connected: ProviderRow | null
  body: PutProviderBody
}): void {
  if (!connected?.sealedSecret || !connected.baseUrl) return
  if (body.apiKey !== undefined && body.apiKey !== '') return
  const from = new URL(connected.baseUrl)
  const to = new URL(body.baseUrl)
  const isWeaker = from.protocol === 'https:' && to.protocol === 'http:'
  if (hostIdentity(from.hostname) === hostIdentity(to.hostname) && !isWeaker) return
  throw refuse('apiKey', `the stored key was given for ${from.origin}; enter it again for ${to.origin}`)
}

/** This machine has several names. */
function hostIdentity(hostname: string): string {
  const address = literalAddress(hostname)
  const isThisMachine = hostname === 'localhost' || address === '127.0.0.1' || address === '::1'
  return isThisMachine ? 'localhost' : hostname
}

function refuse(path: 'slug' | 'apiKey', message: string): AppError {
  return new AppError('validation_failed', `${path}: ${message}.`, { details: [{ path, message }] })
}
