import aws4 from 'aws4'
import { awsScopeOfHost } from './auth-scheme'
import { type Credentials, type KeyScheme, secretsIn } from './credentials'
import { googleAccessToken, heldGoogleToken } from './google-token.server'
import type { ServiceAccountKey } from './service-account-key'
import type { SignIn, UnsignedRequest } from './sign-in'

/**
 * Prepares signing in once for a connection, so that a request with a key costs nothing. `sign` rejects with a
 * SignInError when no token can be had.
 */
export function createSignIn({
  credentials,
  hostname,
  region,
  apiVersion,
  extraHeaders,
  extraQuery,
  allowPrivate,
}: {
  credentials: Credentials
  /** Of the base URL. */
  hostname: string
  region: string | null
  apiVersion: string | null
  extraHeaders: Readonly<Record<string, string>>
  extraQuery: Readonly<Record<string, string>>
  /** Whether a token may be fetched from the private network. */
  allowPrivate: boolean
}): SignIn {
  const shown = credentials.kind === 'key' ? KEY_PLACES[credentials.scheme](credentials.apiKey) : NOTHING
  const query = new URLSearchParams({
    ...extraQuery,
    ...(apiVersion === null ? {} : { 'api-version': apiVersion }),
    ...shown.query,
  })
  return {
    headers: { ...extraHeaders, ...shown.headers },
    query: query.toString(),
    sign: signerOf({ credentials, hostname, region, allowPrivate }),
    credentials: () => credentialsOf(credentials),
  }
}

type Shown = { headers: Record<string, string>; query: Record<string, string> }
const NOTHING: Shown = { headers: {}, query: {} }

const inHeader = (headers: Record<string, string>): Shown => ({ headers, query: {} })

const KEY_PLACES = {
  bearer: (key) => inHeader({ authorization: `Bearer ${key}` }),
  'x-api-key': (key) => inHeader({ 'x-api-key': key }),
  'x-goog-api-key': (key) => inHeader({ 'x-goog-api-key': key }),
  'api-key': (key) => inHeader({ 'api-key': key }),
  query: (key) => ({ headers: {}, query: { key } }),
} as const satisfies Record<KeyScheme, (key: string) => Shown>

function signerOf({
  credentials,
  hostname,
  region,
  allowPrivate,
}: {
  credentials: Credentials
  hostname: string
  region: string | null
  allowPrivate: boolean
}): SignIn['sign'] {
  if (credentials.kind === 'aws') {
    const scope = awsScopeOfHost(hostname)
    return (request) => awsHeaders(request, credentials, { ...scope, region: region ?? scope.region })
  }
  if (credentials.kind === 'service_account') return () => googleHeaders(credentials.key, allowPrivate)
  return null
}

/** Source: AWS Signature Version 4; the signature covers host, date, content type and length, path, query and body. */
function awsHeaders(
  { method, url, contentType, body }: UnsignedRequest,
  { accessKeyId, secretAccessKey, sessionToken }: Extract<Credentials, { kind: 'aws' }>,
  { service, region }: { service: string; region: string | null },
): Record<string, string> {
  const signed = aws4.sign(
    {
      method,
      host: url.host,
      path: url.pathname + url.search,
      service,
      ...(region === null ? {} : { region }),
      ...(body === null ? {} : { body }),
      headers: contentType === null ? {} : { 'content-type': contentType },
    },
    { accessKeyId, secretAccessKey, ...(sessionToken === null ? {} : { sessionToken }) },
  )
  const headers: Record<string, string> = {}
  for (const name of ['Authorization', 'X-Amz-Date', 'X-Amz-Security-Token']) {
    const value = signed.headers?.[name]
    if (typeof value === 'string') headers[name.toLowerCase()] = value
  }
  return headers
}

function googleHeaders(
  key: ServiceAccountKey,
  allowPrivate: boolean,
): Record<string, string> | Promise<Record<string, string>> {
  const token = googleAccessToken(key, { allowPrivate })
  return typeof token === 'string' ? bearer(token) : token.then(bearer)
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` }
}

/** A key in a URL may come back as it stood there. */
function credentialsOf(credentials: Credentials): string[] {
  const held = credentials.kind === 'service_account' ? heldGoogleToken(credentials.key) : null
  const plain = [...secretsIn(credentials), ...(held === null ? [] : [held])]
  return [...new Set(plain.flatMap((secret) => [secret, encodeURIComponent(secret)]))]
}
