import type { ApiShape, AuthScheme } from '../records/vocabulary'

/** What has to be entered for a scheme: one key, AWS credentials, a service account's key file, or nothing. */
export type CredentialKind = 'key' | 'aws' | 'service_account' | 'none'

const CREDENTIAL_KINDS = {
  bearer: 'key',
  'x-api-key': 'key',
  'x-goog-api-key': 'key',
  'api-key': 'key',
  query: 'key',
  'aws-sigv4': 'aws',
  'google-service-account': 'service_account',
  none: 'none',
} as const satisfies Record<AuthScheme, CredentialKind>

/** How each wire shape's own SDK signs in. */
const SCHEME_OF_SHAPE = {
  'openai-chat': 'bearer',
  'openai-responses': 'bearer',
  'anthropic-messages': 'x-api-key',
  gemini: 'x-goog-api-key',
} as const satisfies Record<ApiShape, AuthScheme>

/** How a connection signs in: as it says, otherwise as its shape's own SDK does. */
export function authSchemeOf({
  authScheme,
  apiShape,
}: {
  authScheme: AuthScheme | null
  apiShape: ApiShape
}): AuthScheme {
  return authScheme ?? SCHEME_OF_SHAPE[apiShape]
}

/** What has to be entered for a scheme. */
export function credentialKindOf(scheme: AuthScheme): CredentialKind {
  return CREDENTIAL_KINDS[scheme]
}

/**
 * The service that AWS wants requests to this host signed for, and its region as the host names it; null = the host
 * names none. Source: AWS service authorization reference, Amazon Bedrock and Amazon Bedrock Mantle.
 */
export function awsScopeOfHost(hostname: string): { service: string; region: string | null } {
  const [, name, region] =
    /^(bedrock-mantle|[a-z0-9-]*bedrock[a-z0-9-]*)\.([a-z0-9-]+)\./.exec(hostname) ?? []
  return { service: name === 'bedrock-mantle' ? 'bedrock-mantle' : 'bedrock', region: region ?? null }
}
