const HOME = '/'

/**
 * Where to go after signing in: a path of this site, whatever the address bar says. Anything that could lead a browser
 * elsewhere (`https://evil`, `//evil`, `/\evil`) leads home.
 */
export function callbackPath(callbackUrl: string | null, origin: string): string {
  if (callbackUrl === null || !URL.canParse(callbackUrl, origin)) return HOME
  const target = new URL(callbackUrl, origin)
  if (target.origin !== origin || target.pathname === '/sign-in') return HOME
  return target.pathname + target.search + target.hash
}
