import { hash, verify } from '@node-rs/argon2'

/** A password nobody has, hashed once: what an unknown e-mail address is checked against, so that it costs the same time. */
let dummyHash: Promise<string> | undefined

/** Argon2id with the library's defaults (19 MiB, 2 passes), as a PHC string. */
export function hashPassword(password: string): Promise<string> {
  return hash(password)
}

/** Whether the password belongs to the hash. A null hash (no such user) takes as long and is always false. */
export async function verifyPassword(password: string, passwordHash: string | null): Promise<boolean> {
  if (passwordHash !== null) return verify(passwordHash, password)
  dummyHash ??= hash('no user has this password')
  await verify(await dummyHash, password)
  return false
}
