/** Anthropic's SDK is given a URL without the version; one that ends in it is taken as well. */
export function versionedRoot(baseUrl: string): string {
  const root = baseUrl.replace(/\/+$/, '')
  return /\/v\d+$/.test(root) ? root : `${root}/v1`
}
