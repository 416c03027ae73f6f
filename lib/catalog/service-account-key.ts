import { z } from 'zod'
import { isObject } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'

const GOOGLE_TOKEN_URI = 'https://oauth2.googleapis.com/token'

/** What is needed of the JSON key file that Google Cloud gives for a service account. */
export type ServiceAccountKey = {
  clientEmail: string
  /** PKCS #8 in PEM. */
  privateKey: string
  privateKeyId: string | null
  tokenUri: string
}

const keyFile = z.object({
  type: z.literal('service_account', 'expected a service account’s key file, with "type": "service_account"'),
  client_email: z.string('the key file names no client_email').min(3, 'the key file names no client_email'),
  private_key: z
    .string('the key file holds no private_key')
    .regex(/^\s*-----BEGIN PRIVATE KEY-----/, 'private_key is no PEM text (-----BEGIN PRIVATE KEY-----)'),
  private_key_id: z.string().nullish(),
  token_uri: z.url({ protocol: /^https?$/, error: 'token_uri is no address' }).nullish(),
})

/**
 * Reads a service account's key file, as text or as the object in it. What is wrong with it is said in a sentence that
 * never quotes the key. Source: Google Cloud IAM, "Service account keys"; token_uri defaults to Google's own.
 */
export function readServiceAccountKey(
  file: unknown,
): { ok: true; key: ServiceAccountKey } | { ok: false; problem: string } {
  const value = typeof file === 'string' ? parseJson(file) : file
  if (!isObject(value))
    return { ok: false, problem: 'is no JSON object; paste the whole key file as Google gave it' }
  const read = keyFile.safeParse(value)
  if (!read.success) return { ok: false, problem: read.error.issues[0]?.message ?? 'cannot be read' }
  const { client_email, private_key, private_key_id, token_uri } = read.data
  return {
    ok: true,
    key: {
      clientEmail: client_email,
      privateKey: private_key,
      privateKeyId: private_key_id ?? null,
      tokenUri: token_uri ?? GOOGLE_TOKEN_URI,
    },
  }
}
