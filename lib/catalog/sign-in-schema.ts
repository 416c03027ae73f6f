import { z } from 'zod'
import { readServiceAccountKey } from './service-account-key'

const MAX_EXTRAS = 20
const MAX_VALUE_LENGTH = 1000

/** Visible ASCII in one piece: what can stand in a header. */
const secretText = (what: string) =>
  z
    .string(`expected ${what} as text`)
    .trim()
    .max(4096, 'at most 4096 characters')
    .regex(/^[\x21-\x7e]*$/, `expected ${what} in one piece: letters, digits and signs without spaces`)

/** Left out or empty = keep the stored one; null = forget it. */
export const apiKeyField = secretText('the key').nullish()

/** An IAM user's or role's access key, for `aws-sigv4`; a session token comes with temporary ones. */
export const awsCredentials = z.strictObject(
  {
    accessKeyId: secretText('the access key id').min(1, 'enter the access key id'),
    secretAccessKey: secretText('the secret access key').min(1, 'enter the secret access key'),
    sessionToken: z
      .string('expected the session token as text')
      .trim()
      .max(16_384, 'at most 16,384 characters')
      .regex(/^[\x21-\x7e]*$/, 'expected the session token in one piece')
      .nullish(),
  },
  'expected accessKeyId and secretAccessKey',
)
export type AwsCredentials = z.infer<typeof awsCredentials>

/** A service account's JSON key file, as text or as the object in it; empty text = keep the stored one. */
export const serviceAccountKeyFile = z
  .union([z.string().max(20_000, 'at most 20,000 characters'), z.record(z.string(), z.unknown())], {
    error: 'expected the JSON key file, as text or object',
  })
  .transform((file, context) => {
    if (typeof file === 'string' && file.trim() === '') return ''
    const read = readServiceAccountKey(file)
    if (read.ok) return typeof file === 'string' ? file.trim() : JSON.stringify(file)
    context.addIssue({ code: 'custom', message: read.problem })
    return z.NEVER
  })

/** Where a cloud signs requests for. */
export const region = z
  .string('expected a region such as us-east-1')
  .trim()
  .regex(/^[a-z0-9-]{2,40}$/, 'expected a region such as us-east-1')

/** Azure's `api-version`. */
export const apiVersion = z
  .string('expected a version such as 2024-10-21')
  .trim()
  .regex(/^[A-Za-z0-9.-]{1,40}$/, 'expected a version such as 2024-10-21')

/**
 * Headers that belong to the connection itself (RFC 9110 §7.6.1), to the body that the gateway writes, or to signing
 * in, which has fields of its own and is sealed.
 */
const OWN_HEADERS =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|expect|content-length|content-type|content-encoding|accept|accept-encoding|user-agent|date|x-amz-.*|.*(authorization|api-?key|token|secret|password|cookie).*)$/i
const OWN_QUERY = /^(key|api[-_]?key|api-version|access_token|token|signature|x-amz-.*)$/i

const extraValue = z
  .string('expected text')
  .max(MAX_VALUE_LENGTH, `at most ${MAX_VALUE_LENGTH} characters`)
  .regex(/^[\x20-\x7e]*$/, 'expected ASCII characters')

/** Headers to send with every request, such as `OpenAI-Organization`. */
export const extraHeaders = z
  .record(z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'expected a header name'), extraValue, {
    error: 'expected an object of header names and values',
  })
  .superRefine((headers, context) => refuseOwn(headers, OWN_HEADERS, context))

/** Query parameters to send with every request. */
export const extraQuery = z
  .record(z.string().regex(/^[A-Za-z0-9._~-]{1,100}$/, 'expected a parameter name'), extraValue, {
    error: 'expected an object of parameter names and values',
  })
  .superRefine((query, context) => refuseOwn(query, OWN_QUERY, context))

function refuseOwn(extras: Record<string, string>, own: RegExp, context: z.RefinementCtx): void {
  const names = Object.keys(extras)
  if (names.length > MAX_EXTRAS) context.addIssue({ code: 'custom', message: `at most ${MAX_EXTRAS}` })
  for (const name of names) {
    if (own.test(name))
      context.addIssue({
        code: 'custom',
        path: [name],
        message: 'is set by the gateway itself; keys and tokens have fields of their own',
      })
  }
}
