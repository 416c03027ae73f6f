import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { deriveSecret } from '../access/secret.server'

const VERSION = 'v1'
const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * A provider's API key as it is stored: `v1.NONCE.CIPHERTEXT.TAG`, each in base64url; AES-256-GCM under a key from
 * SIGHTGLASS_SECRET or the data folder, bound to the provider's slug so that it opens for no other one.
 */
export async function sealSecret({
  providerSlug,
  secret,
}: {
  providerSlug: string
  secret: string
}): Promise<string> {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, await sealingKey(), nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(boundTo(providerSlug))
  const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return [
    VERSION,
    ...[nonce, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url')),
  ].join('.')
}

/**
 * The key in clear, for calling the provider and nothing else. Throws an Error that says what to do when the text was
 * damaged, belongs to another provider, or was sealed under another SIGHTGLASS_SECRET.
 */
export async function openSecret({
  providerSlug,
  sealed,
}: {
  providerSlug: string
  sealed: string
}): Promise<string> {
  const [version, ...parts] = sealed.split('.')
  const [nonce, ciphertext, tag] = parts.map((part) => Buffer.from(part, 'base64url'))
  const isWhole =
    version === VERSION && parts.length === 3 && nonce?.length === NONCE_BYTES && tag?.length === TAG_BYTES
  if (!isWhole || !nonce || !ciphertext || !tag) throw unopenable(providerSlug)
  const decipher = createDecipheriv(CIPHER, await sealingKey(), nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(boundTo(providerSlug))
  decipher.setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw unopenable(providerSlug, cause)
  }
}

async function sealingKey(): Promise<Buffer> {
  return Buffer.from(await deriveSecret('provider keys'), 'hex')
}

function boundTo(providerSlug: string): Buffer {
  return Buffer.from(`sightglass provider key ${VERSION} ${providerSlug}`)
}

function unopenable(providerSlug: string, cause?: unknown): Error {
  const message = `The stored key of ${providerSlug} cannot be opened: SIGHTGLASS_SECRET or the data folder's secret has changed, or the row was damaged. Enter the key again.`
  return new Error(message, { cause })
}
