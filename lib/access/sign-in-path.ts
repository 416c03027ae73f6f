/** The search parameters of a page as Next gives them. */
export type PageParameters = Readonly<Record<string, string | string[] | undefined>>

/** Where a stranger signs in to see a page; it leads back to the page with all that its URL says. */
export function signInPath(path: string, parameters: PageParameters): string {
  const entries = Object.entries(parameters).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  const search = entries.length === 0 ? '' : `?${new URLSearchParams(entries)}`
  return `/sign-in?callbackUrl=${encodeURIComponent(`${path}${search}`)}`
}
