import { hash } from 'node:crypto'

/** The namespace of our ids. It must never change: resent records would count twice. */
const NAMESPACE = Buffer.from('8f3c0b1e5d2a4c6796e17a40d5b82c93', 'hex')

/**
 * The id of a record: the RFC 9562 version 5 UUID of (source, external id), lower case with dashes.
 * The same pair always gives the same id and different pairs give different ids: the source's length goes into
 * the hashed name, so that ("a", "b:c") and ("a:b", "c") stay apart. Never throws.
 * Source of the definition: design.md §2, invariant 1.
 */
export function recordId({ source, externalId }: { source: string; externalId: string }): string {
  const hex = hash(
    'sha1',
    Buffer.concat([NAMESPACE, Buffer.from(`${source.length}:${source}:${externalId}`)]),
    'hex',
  )
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
