import type { Provider as ProviderRow } from '@/prisma/generated/client'
import { toApiShape } from '../records/vocabulary'
import type { Provider } from './schema'

/** A provider's row as the API shows it: whether it has a key, never the key. */
export function presentProvider(row: ProviderRow, enabledEndpoints: number): Provider {
  return {
    slug: row.slug,
    name: row.name ?? row.slug,
    baseUrl: row.baseUrl,
    apiShape: toApiShape(row.apiShape),
    hasApiKey: row.sealedSecret !== null,
    allowPrivateNetwork: row.allowPrivateNetwork,
    dataCollection: row.collectsData === false ? 'deny' : 'allow',
    enabled: row.enabled,
    enabledEndpoints,
  }
}
