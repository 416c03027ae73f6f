import type { Provider as ProviderRow } from '@/prisma/generated/client'
import { type ApiShape, toAuthScheme } from '../records/vocabulary'
import { authSchemeOf } from './auth-scheme'
import { extrasOf } from './connection-row'
import { readCredentials } from './credentials'
import { isPrivateNetworkAllowed } from './private-network.server'
import { openSecret } from './sealed-secret.server'
import type { SignIn } from './sign-in'
import { createSignIn } from './sign-in.server'

/** The columns that say how a provider is asked. */
export type ConnectionColumns = Pick<
  ProviderRow,
  | 'slug'
  | 'authScheme'
  | 'sealedSecret'
  | 'region'
  | 'apiVersion'
  | 'extraHeaders'
  | 'extraQuery'
  | 'allowPrivateNetwork'
>

/**
 * How a stored provider signs in, its secret opened. Throws an Error that says what to enter when the secret cannot be
 * opened or is of another kind than its way of signing in needs.
 */
export async function openSignIn(
  row: ConnectionColumns,
  { apiShape, baseUrl }: { apiShape: ApiShape; baseUrl: string },
): Promise<SignIn> {
  const { slug: providerSlug, sealedSecret: sealed } = row
  const secret = sealed === null ? null : await openSecret({ providerSlug, sealed })
  const scheme = authSchemeOf({ authScheme: toAuthScheme(row.authScheme), apiShape })
  return createSignIn({
    credentials: readCredentials({ scheme, secret }),
    hostname: new URL(baseUrl).hostname,
    region: row.region,
    apiVersion: row.apiVersion,
    extraHeaders: extrasOf(row.extraHeaders),
    extraQuery: extrasOf(row.extraQuery),
    // The operator may have forbidden since what was allowed when it was saved.
    allowPrivate: row.allowPrivateNetwork && isPrivateNetworkAllowed(),
  })
}
