import { classifyAddress, literalAddress } from '@/lib/catalog/address-class'
import { authSchemeOf, type CredentialKind, credentialKindOf } from '@/lib/catalog/auth-scheme'
import type { Provider, PutProviderBody } from '@/lib/catalog/schema'
import type { ProviderTemplate } from '@/lib/catalog/template'
import type { ApiShape, AuthScheme } from '@/lib/records/vocabulary'
import { fromLines, toLines } from './extra-lines'

/** Credentials as they stand in the form's fields; each way of signing in looks at its own. */
export type CredentialEntry = {
  apiKey: string
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  /** JSON. */
  serviceAccountKey: string
}
export const NO_ENTRY: CredentialEntry = {
  apiKey: '',
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
  serviceAccountKey: '',
}

/** What happens to the stored credentials when the form is saved. */
export type KeyChange = { kind: 'keep' } | { kind: 'forget' } | { kind: 'replace'; entry: CredentialEntry }

/** The provider form as it stands on screen. */
export type ProviderInput = {
  name: string
  baseUrl: string
  apiShape: ApiShape
  /** Empty = the shape's own. */
  authScheme: AuthScheme | ''
  key: KeyChange
  region: string
  apiVersion: string
  /** Lines of `Name: value`. */
  headers: string
  query: string
  dataCollection: 'allow' | 'deny'
  /** Null = nobody touched it: it follows the address. */
  allowPrivateNetwork: boolean | null
  enabled: boolean
}

/** A form to connect with: blank, from a template, or for a provider that logs name. */
export function inputToConnect(template: ProviderTemplate | null, slug: string | null): ProviderInput {
  return {
    name: template?.name ?? slug ?? '',
    baseUrl: template?.baseUrl ?? '',
    apiShape: template?.apiShape ?? 'openai-chat',
    authScheme: template?.authScheme ?? '',
    key: { kind: 'keep' },
    region: '',
    apiVersion: template?.apiVersion ?? '',
    headers: '',
    query: '',
    dataCollection: 'allow',
    allowPrivateNetwork: null,
    enabled: true,
  }
}

/** A connected provider's form. */
export function inputOf(provider: Provider): ProviderInput {
  return {
    name: provider.name,
    baseUrl: provider.baseUrl ?? '',
    apiShape: provider.apiShape ?? 'openai-chat',
    authScheme: provider.authScheme ?? '',
    key: { kind: 'keep' },
    region: provider.region ?? '',
    apiVersion: provider.apiVersion ?? '',
    headers: toLines(provider.headers),
    query: toLines(provider.query),
    dataCollection: provider.dataCollection,
    allowPrivateNetwork: null,
    enabled: provider.enabled,
  }
}

/** Which credentials the form asks for. */
export function credentialKind({
  authScheme,
  apiShape,
}: Pick<ProviderInput, 'authScheme' | 'apiShape'>): CredentialKind {
  return credentialKindOf(authSchemeOf({ authScheme: authScheme === '' ? null : authScheme, apiShape }))
}

/** What the form sends; credentials that were not touched are left out, and so kept. */
export function toBody(input: ProviderInput): PutProviderBody {
  return {
    name: input.name,
    baseUrl: input.baseUrl,
    apiShape: input.apiShape,
    authScheme: input.authScheme === '' ? null : input.authScheme,
    region: input.region.trim() === '' ? null : input.region,
    apiVersion: input.apiVersion.trim() === '' ? null : input.apiVersion,
    headers: fromLines(input.headers),
    query: fromLines(input.query),
    dataCollection: input.dataCollection,
    enabled: input.enabled,
    ...(input.allowPrivateNetwork === null ? {} : { allowPrivateNetwork: input.allowPrivateNetwork }),
    ...credentialsOf(input),
  }
}

type CredentialFields = Pick<PutProviderBody, 'apiKey' | 'awsCredentials' | 'serviceAccountKey'>

function credentialsOf(input: ProviderInput): CredentialFields {
  const { key } = input
  if (key.kind === 'keep') return {}
  const entry = key.kind === 'replace' ? key.entry : null
  switch (credentialKind(input)) {
    case 'none':
      return {}
    case 'key':
      return { apiKey: entry === null ? null : entry.apiKey }
    case 'aws': {
      if (entry === null) return { awsCredentials: null }
      const { accessKeyId, secretAccessKey, sessionToken } = entry
      if (accessKeyId === '' && secretAccessKey === '' && sessionToken === '') return {}
      return {
        awsCredentials: {
          accessKeyId,
          secretAccessKey,
          ...(sessionToken.trim() === '' ? {} : { sessionToken }),
        },
      }
    }
    case 'service_account':
      return { serviceAccountKey: entry === null ? null : entry.serviceAccountKey }
  }
}

/** Whether an address, as far as typed, is one of this machine or of the private network; names other than localhost are not looked up here. */
export function isInsideAddress(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl.trim())) return false
  const { hostname } = new URL(baseUrl.trim())
  if (hostname === 'localhost') return true
  const address = literalAddress(hostname)
  if (address === null) return false
  const addressClass = classifyAddress(address)
  return addressClass === 'loopback' || addressClass === 'private'
}

/** Whether a key would travel in clear text to another machine. */
export function isKeyInClear(baseUrl: string): boolean {
  return baseUrl.trim().startsWith('http://') && !isInsideAddress(baseUrl)
}
