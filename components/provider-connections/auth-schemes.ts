import type { AuthScheme } from '@/lib/records/vocabulary'

/** Ways to sign in, in words; the first is the shape's own. */
export const AUTH_SCHEME_OPTIONS: readonly { value: AuthScheme | ''; label: string }[] = [
  { value: '', label: 'API key, as its SDK sends it' },
  { value: 'bearer', label: 'API key as a bearer token' },
  { value: 'x-api-key', label: 'API key in x-api-key' },
  { value: 'x-goog-api-key', label: 'API key in x-goog-api-key' },
  { value: 'api-key', label: 'API key in api-key, as at Azure' },
  { value: 'query', label: 'API key in the address, ?key=' },
  { value: 'aws-sigv4', label: 'AWS access key, each request signed' },
  { value: 'google-service-account', label: 'Google service account' },
  { value: 'none', label: 'Nothing, it needs no key' },
]
