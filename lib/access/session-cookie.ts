/** Name of the cookie that carries the session; browsers keep the `__Secure-` one to https. */
export function sessionCookieName({ isSecure }: { isSecure: boolean }): string {
  return isSecure ? '__Secure-next-auth.session-token' : 'next-auth.session-token'
}

/** Value of one cookie in a `Cookie` header; null when it is not there. The first one wins, as browsers send the closest path first. */
export function readCookie({ header, name }: { header: string | null; name: string }): string | null {
  for (const pair of (header ?? '').split(';')) {
    const separator = pair.indexOf('=')
    if (separator !== -1 && pair.slice(0, separator).trim() === name) return pair.slice(separator + 1).trim()
  }
  return null
}
