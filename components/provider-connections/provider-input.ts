import { classifyAddress, literalAddress } from '@/lib/catalog/address-class'
import type { Provider, PutProviderBody } from '@/lib/catalog/schema'
import type { ProviderTemplate } from '@/lib/catalog/template'
import type { ApiShape } from '@/lib/records/vocabulary'
import type { KeyChange } from './secret-field'

/** The provider form as it stands on screen. */
export type ProviderInput = {
  name: string
  baseUrl: string
  apiShape: ApiShape
  key: KeyChange
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
    key: { kind: 'keep' },
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
    key: { kind: 'keep' },
    dataCollection: provider.dataCollection,
    allowPrivateNetwork: null,
    enabled: provider.enabled,
  }
}

/** What the form sends; a key that was not touched is left out, and so kept. */
export function toBody(input: ProviderInput): PutProviderBody {
  const { key } = input
  return {
    name: input.name,
    baseUrl: input.baseUrl,
    apiShape: input.apiShape,
    dataCollection: input.dataCollection,
    enabled: input.enabled,
    ...(input.allowPrivateNetwork === null ? {} : { allowPrivateNetwork: input.allowPrivateNetwork }),
    ...(key.kind === 'replace' ? { apiKey: key.apiKey } : {}),
    ...(key.kind === 'forget' ? { apiKey: null } : {}),
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
