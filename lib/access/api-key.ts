import { hash } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const KEY_PREFIX = 'sg_'
const RANDOM_CHARACTERS = 40
const SHOWN_CHARACTERS = 8

/** Returns `size` unpredictable bytes; `randomBytes` of node:crypto outside tests. */
export type RandomBytes = (size: number) => Uint8Array

/** A new key: `sg_` and 40 base62 characters (238 bits). */
export function createApiKeySecret(randomBytes: RandomBytes): string {
  return KEY_PREFIX + pickCharacters({ alphabet: ALPHABET, count: RANDOM_CHARACTERS, randomBytes })
}

/** SHA-256 of a key in hex, the only form in which it is kept. Keys are long and random, so no salt and no stretching. */
export function hashApiKey(key: string): string {
  return hash('sha256', key, 'hex')
}

/** The part of a key that lists may show. Half at most, since a bootstrap key can be as short as 8 characters. */
export function apiKeyPrefix(key: string): string {
  return key.slice(0, Math.min(SHOWN_CHARACTERS, Math.floor(key.length / 2)))
}

/**
 * The key a request carries in `Authorization: Bearer KEY`, else in `x-api-key: KEY` or, as Google's clients send it,
 * `x-goog-api-key: KEY`. Null when it carries none, or when the Authorization header speaks another scheme such as
 * Basic.
 */
export function readRequestKey(headers: Headers): string | null {
  const authorization = headers.get('authorization')
  if (authorization !== null) return readBearerKey(authorization)
  return (headers.get('x-api-key') ?? headers.get('x-goog-api-key'))?.trim() || null
}

/** The key in the value of an Authorization header; null when it is missing or not a Bearer one. */
export function readBearerKey(authorizationHeader: string | null): string | null {
  return /^\s*bearer\s+(.*\S)\s*$/i.exec(authorizationHeader ?? '')?.[1] ?? null
}

/** `count` characters of `alphabet` (at most 256), each equally likely: bytes that would favour the first ones are dropped. */
export function pickCharacters({
  alphabet,
  count,
  randomBytes,
}: {
  alphabet: string
  count: number
  randomBytes: RandomBytes
}): string {
  const limit = 256 - (256 % alphabet.length)
  let picked = ''
  while (picked.length < count) {
    for (const byte of randomBytes(count)) {
      if (byte < limit && picked.length < count) picked += alphabet[byte % alphabet.length]
    }
  }
  return picked
}
