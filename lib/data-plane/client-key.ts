/**
 * Headers as our key check reads them, from those of clients that send the key in another way: in `Authorization: Basic`
 * as the password (or, where that is empty, as the user), in `Helicone-Auth: Bearer`, or in the body. Bearer and our own
 * headers come first.
 */
export function withClientKey(headers: Headers, keyInBody: string | null): Headers {
  const authorization = headers.get('authorization')
  const key = authorization === null ? (heliconeKey(headers) ?? keyInBody) : basicKey(authorization)
  if (key === null || key === '') return headers
  const changed = new Headers(headers)
  changed.set('authorization', `Bearer ${key}`)
  return changed
}

/** The key in a Basic header; null when it is none. Source: RFC 7617. */
function basicKey(authorization: string): string | null {
  const encoded = /^\s*basic\s+(\S+)\s*$/i.exec(authorization)?.[1]
  if (encoded === undefined) return null
  const [user = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return password.join(':') || user
}

/** The header in which Helicone's proxies have its key, beside the provider's own. */
function heliconeKey(headers: Headers): string | null {
  return /^\s*(?:bearer\s+)?(\S+)\s*$/i.exec(headers.get('helicone-auth') ?? '')?.[1] ?? null
}
