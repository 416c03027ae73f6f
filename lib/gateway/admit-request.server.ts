import { type AuthenticatedKey, requireKey } from '../access/authenticate-key.server'
import { AppError } from '../platform/errors'
import { readRequestBody } from '../platform/read-request-body.server'
import { consumeKeyLimit } from './key-limits.server'

/**
 * Who sends a request to the gateway, and its body, once the key may call and is within its limit. Throws
 * `unauthorized`, `forbidden`, `rate_limited`, and what a body that is too large or badly compressed throws.
 */
export async function admitRequest(request: Request): Promise<{ key: AuthenticatedKey; bytes: Buffer }> {
  const key = await requireKey(request.headers, 'gateway')
  const { id: keyId, name, requestsPerMinute } = key
  const waitSeconds = await consumeKeyLimit({ keyId, requestsPerMinute })
  if (waitSeconds !== null) {
    throw new AppError(
      'rate_limited',
      `The API key "${name}" may send ${requestsPerMinute} requests a minute.`,
      { retryAfterSeconds: waitSeconds },
    )
  }
  return { key, bytes: await readRequestBody(request) }
}
