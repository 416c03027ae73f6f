/**
 * Whether a browser sent this request from one of our own pages. A cookie alone proves nothing: another site can make a
 * visitor's browser send it. False when the browser says neither where it comes from nor that it is the same site.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = headers.get('origin')
  const host = headers.get('x-forwarded-host') ?? headers.get('host')
  if (origin === null || host === null || !URL.canParse(origin)) return false
  return new URL(origin).host === host
}

/** Whether the body is declared as JSON; forms, which other sites can post without asking, are not. */
export function isJsonRequest(headers: Headers): boolean {
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  return type === 'application/json' || (type?.endsWith('+json') ?? false)
}
