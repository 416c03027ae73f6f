import { db } from '../platform/db.server'
import { presentProvider } from './present-provider.server'
import { isPrivateNetworkAllowed } from './private-network.server'
import type { ProviderListAnswer } from './schema'
import { UNNAMED_PROVIDER_ID } from './unnamed-provider'

/** All providers: connected ones first, then those only known from logs, each by name. */
export async function listProviders(): Promise<ProviderListAnswer> {
  const rows = await db().provider.findMany({
    where: { id: { not: UNNAMED_PROVIDER_ID } },
    include: { _count: { select: { endpoints: { where: { enabled: true } } } } },
  })
  const data = rows
    .map(({ _count, ...row }) => presentProvider(row, _count.endpoints))
    .sort((a, b) => Number(b.baseUrl !== null) - Number(a.baseUrl !== null) || compareNames(a.name, b.name))
  return { data, privateNetworkAllowed: isPrivateNetworkAllowed() }
}

function compareNames(a: string, b: string): number {
  return a.localeCompare(b, 'en', { sensitivity: 'base', numeric: true })
}
