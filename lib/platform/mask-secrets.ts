/** Shorter ones would be found in any text, and are no secrets. */
const LEAST_LENGTH = 8
const MASK = '…'

/** Replaces secrets in a text; the same text when it holds none. */
export type Mask = (text: string) => string

/**
 * Replaces each of the secrets, as it is and as it stands in a URL or in JSON, by an ellipsis. Secrets of fewer than 8
 * characters are left alone.
 */
export function createMask(secrets: readonly string[]): Mask {
  const forms = new Set(
    secrets
      .filter((secret) => secret.length >= LEAST_LENGTH)
      .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]),
  )
  // Longest first, so that no form leaves the rest of a longer one.
  const sorted = [...forms].sort((a, b) => b.length - a.length)
  return (text) => {
    let masked = text
    for (const form of sorted) if (masked.includes(form)) masked = masked.replaceAll(form, MASK)
    return masked
  }
}

/** Like `createMask`, for secrets that change while it is in use, such as tokens that are renewed. */
export function createLiveMask(secretsNow: () => readonly string[]): Mask {
  let known = ''
  let mask = createMask([])
  return (text) => {
    const secrets = secretsNow()
    const now = secrets.join('\n')
    if (now !== known) {
      known = now
      mask = createMask(secrets)
    }
    return mask(text)
  }
}
