import { apiKeyPrefix, hashApiKey } from '../access/api-key'
import { forgetKey } from '../access/authenticate-key.server'
import { deriveSecret } from '../access/secret.server'
import { db } from '../platform/db.server'

/** The key that trials started on a page send their requests with: the same for one data folder, made on first use. */
export async function ensureTrialKey(): Promise<string> {
  const key = `sg_${(await deriveSecret('trial key')).slice(0, 40)}`
  const keyHash = hashApiKey(key)
  await db().apiKey.upsert({
    where: { keyHash },
    create: { name: 'Trials', keyHash, prefix: apiKeyPrefix(key), scopes: ['gateway'] },
    update: { revokedAt: null },
  })
  forgetKey(keyHash)
  return key
}
