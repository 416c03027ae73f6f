import { entityPath } from '@/components/usage/entity-path'

/** A provider's page, in the window its reader is looking at. */
export function providerPath({
  provider,
  windowSearch,
}: {
  provider: string
  windowSearch: string
}): `/${string}` {
  return entityPath({ by: 'provider', key: provider, windowSearch }) ?? '/providers'
}
