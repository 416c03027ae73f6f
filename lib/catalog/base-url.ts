import { z } from 'zod'

/** A placeholder of a base URL's path, filled with what the provider calls the model. */
const MODEL_PLACEHOLDER = '{model}'

/** The part of an address that nobody has filled in, such as `{region}`; null when there is none. */
function openPlaceholder(address: string): string | null {
  const afterHost = address.replace(/^https?:\/\/[^/]*/i, '')
  const beforePath = address.slice(0, address.length - afterHost.length)
  return /\{[^/{}]*\}|[{}]/.exec(`${beforePath}${afterHost.replaceAll(MODEL_PLACEHOLDER, '')}`)?.[0] ?? null
}

/** Refinements run on what is no address too; that has been said already then. */
function hasOnlyPath(address: string): boolean {
  if (!URL.canParse(address)) return true
  const { username, password, search, hash } = new URL(address)
  return username === '' && password === '' && search === '' && hash === ''
}

/**
 * What an SDK of a provider's shape would be given, without slashes at its end. Its path may hold `{model}`, for
 * providers that have the model there.
 */
export const baseUrl = z
  .string('expected an address such as https://api.example.com/v1')
  .trim()
  .refine((address) => openPlaceholder(address) === null, {
    error: ({ input }) =>
      `fill in ${openPlaceholder(String(input))}; only {model} is filled in by the gateway, in the path`,
  })
  .pipe(
    z.url({
      protocol: /^https?$/,
      hostname: /.+/,
      error: 'expected an address such as https://api.example.com/v1',
    }),
  )
  .refine(hasOnlyPath, 'expected an address without a user, ? or #; the key has a field of its own')
  .transform((url) => url.replace(/\/+$/, ''))

/** A base URL for one model: `{model}` becomes what the provider calls it. */
export function fillBaseUrl(address: string, upstreamModel: string): string {
  return address.replaceAll(MODEL_PLACEHOLDER, encodeURIComponent(upstreamModel))
}
