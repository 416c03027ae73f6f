/** Where a provider's page is. */
export function providerPath(slug: string): string {
  return `/settings/providers/${encodeURIComponent(slug)}`
}
