import { z } from 'zod'
import { parseJson } from '../platform/parse-json'
import type { AuthScheme } from '../records/vocabulary'
import { credentialKindOf } from './auth-scheme'
import { readServiceAccountKey, type ServiceAccountKey } from './service-account-key'

/** The scheme a key is shown by; the others compute something for each request or send nothing. */
export type KeyScheme = Exclude<AuthScheme, 'aws-sigv4' | 'google-service-account' | 'none'>

/** What a connection signs in with, in clear. */
export type Credentials =
  | { kind: 'none' }
  | { kind: 'key'; scheme: KeyScheme; apiKey: string }
  | { kind: 'aws'; accessKeyId: string; secretAccessKey: string; sessionToken: string | null }
  | { kind: 'service_account'; key: ServiceAccountKey }

const storedAwsCredentials = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string().nullish(),
})

/**
 * What stands in an opened secret: one key as it is, AWS credentials and key files as JSON. `secret` null = nothing is
 * stored. Throws an Error that says what to enter when the secret is of another kind than the scheme needs.
 */
export function readCredentials({
  scheme,
  secret,
}: {
  scheme: AuthScheme
  secret: string | null
}): Credentials {
  switch (scheme) {
    case 'none':
      return { kind: 'none' }
    case 'aws-sigv4': {
      const read = storedAwsCredentials.safeParse(secret === null ? undefined : parseJson(secret))
      if (!read.success)
        throw new Error('No AWS credentials are stored. Enter the access key id and its secret.')
      const { accessKeyId, secretAccessKey, sessionToken } = read.data
      return { kind: 'aws', accessKeyId, secretAccessKey, sessionToken: sessionToken ?? null }
    }
    case 'google-service-account': {
      const read = readServiceAccountKey(secret)
      if (!read.ok) throw new Error('No service account is stored. Enter its JSON key file.')
      return { kind: 'service_account', key: read.key }
    }
    default:
      return secret === null ? { kind: 'none' } : { kind: 'key', scheme, apiKey: secret }
  }
}

/** Whether a scheme works only with something stored; a key may be left out, since local servers need none. */
export function needsCredentials(scheme: AuthScheme): boolean {
  const kind = credentialKindOf(scheme)
  return kind === 'aws' || kind === 'service_account'
}

/** Everything in credentials that must appear in no answer, record or log, as it is stored. */
export function secretsIn(credentials: Credentials): string[] {
  switch (credentials.kind) {
    case 'none':
      return []
    case 'key':
      return [credentials.apiKey]
    case 'aws': {
      const { accessKeyId, secretAccessKey, sessionToken } = credentials
      return [secretAccessKey, ...(sessionToken === null ? [] : [sessionToken]), accessKeyId]
    }
    case 'service_account':
      return [credentials.key.privateKey]
  }
}
