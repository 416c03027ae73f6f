import type { Provider as ProviderRow } from '@/prisma/generated/client'
import { toApiShape, toAuthScheme } from '../records/vocabulary'
import { extrasOf } from './connection-row'
import type { Provider } from './schema'

/** A provider's row as the API shows it: whether it has a key, never the key. */
export function presentProvider(row: ProviderRow, enabledEndpoints: number): Provider {
  return {
    slug: row.slug,
    name: row.name ?? row.slug,
    baseUrl: row.baseUrl,
    apiShape: toApiShape(row.apiShape),
    authScheme: toAuthScheme(row.authScheme),
    hasApiKey: row.sealedSecret !== null,
    region: row.region,
    apiVersion: row.apiVersion,
    headers: extrasOf(row.extraHeaders),
    query: extrasOf(row.extraQuery),
    allowPrivateNetwork: row.allowPrivateNetwork,
    dataCollection: row.collectsData === false ? 'deny' : 'allow',
    enabled: row.enabled,
    enabledEndpoints,
  }
}
