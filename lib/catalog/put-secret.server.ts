import { importPKCS8 } from 'jose'
import type { Provider as ProviderRow } from '@/prisma/generated/client'
import { AppError } from '../platform/errors'
import { toApiShape, toAuthScheme } from '../records/vocabulary'
import { literalAddress } from './address-class'
import { authSchemeOf, type CredentialKind, credentialKindOf } from './auth-scheme'
import type { PutProviderBody } from './schema'
import { sealSecret } from './sealed-secret.server'
import { readServiceAccountKey } from './service-account-key'

/** The field that each kind of credentials is entered in. */
const FIELDS = {
  key: 'apiKey',
  aws: 'awsCredentials',
  service_account: 'serviceAccountKey',
} as const satisfies Record<Exclude<CredentialKind, 'none'>, keyof PutProviderBody>
type CredentialField = (typeof FIELDS)[keyof typeof FIELDS]

const NEEDED = {
  awsCredentials: 'enter the access key id and the secret access key that requests are signed with',
  serviceAccountKey: 'enter the JSON key file of a service account',
} as const

/**
 * What becomes of a provider's sealed secret when its connection is put: a new one, null for none, or nothing when the
 * stored one is kept. Throws `validation_failed` naming the field when credentials of another kind than the way of
 * signing in are given, when needed ones are missing or cannot be used, or when stored ones would go to another host.
 */
export async function putSecret({
  slug,
  body,
  connected,
}: {
  slug: string
  body: PutProviderBody
  /** The provider as it was; null when it was not connected. */
  connected: ProviderRow | null
}): Promise<{ sealedSecret?: string | null }> {
  const stored = connected?.sealedSecret == null ? null : connected
  const scheme = authSchemeOf({
    authScheme: body.authScheme === undefined ? toAuthScheme(connected?.authScheme ?? null) : body.authScheme,
    apiShape: body.apiShape,
  })
  const kind = credentialKindOf(scheme)
  for (const [other, field] of Object.entries(FIELDS)) {
    if (other !== kind && body[field])
      throw refuse(field, `${scheme} does not use it${kind === 'none' ? '' : `; it needs ${FIELDS[kind]}`}`)
  }
  if (kind === 'none') return stored === null ? {} : { sealedSecret: null }
  const field = FIELDS[kind]
  const given = body[field]
  if (given)
    return { sealedSecret: await seal(slug, typeof given === 'string' ? given : JSON.stringify(given)) }
  const isForgotten = given === null || (stored !== null && kindOf(stored) !== kind)
  if (stored !== null && !isForgotten) {
    refuseOtherHost(stored, body, field)
    return {}
  }
  if (field !== 'apiKey') throw refuse(field, NEEDED[field])
  return isForgotten ? { sealedSecret: null } : {}
}

async function seal(slug: string, secret: string): Promise<string> {
  const read = readServiceAccountKey(secret)
  if (read.ok) {
    await importPKCS8(read.key.privateKey, 'RS256').catch(() => {
      throw refuse(
        'serviceAccountKey',
        'its private_key cannot be read; paste the whole key file as Google gave it',
      )
    })
  }
  return await sealSecret({ providerSlug: slug, secret })
}

/** Which kind of credentials a connected provider's secret holds. */
function kindOf({ authScheme, apiShape }: ProviderRow): CredentialKind | null {
  const shape = toApiShape(apiShape)
  return shape === null
    ? null
    : credentialKindOf(authSchemeOf({ authScheme: toAuthScheme(authScheme), apiShape: shape }))
}

/** Stored credentials are for the host they were entered for: nobody may send them elsewhere without knowing them. */
function refuseOtherHost(stored: ProviderRow, body: PutProviderBody, field: CredentialField): void {
  if (stored.baseUrl === null) return
  const from = new URL(stored.baseUrl)
  const to = new URL(body.baseUrl)
  const isWeaker = from.protocol === 'https:' && to.protocol === 'http:'
  if (hostIdentity(from.hostname) === hostIdentity(to.hostname) && !isWeaker) return
  const what = field === 'apiKey' ? 'the stored key was given' : 'the stored credentials were given'
  const it = field === 'apiKey' ? 'it' : 'them'
  throw refuse(field, `${what} for ${from.origin}; enter ${it} again for ${to.origin}`)
}

/** This machine has several names. */
function hostIdentity(hostname: string): string {
  const address = literalAddress(hostname)
  const isThisMachine = hostname === 'localhost' || address === '127.0.0.1' || address === '::1'
  return isThisMachine ? 'localhost' : hostname
}

function refuse(path: CredentialField, message: string): AppError {
  return new AppError('validation_failed', `${path}: ${message}.`, { details: [{ path, message }] })
}
