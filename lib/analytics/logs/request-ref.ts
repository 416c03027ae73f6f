const REF = /^([0-9a-z]{1,11})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** A request's key in one word for URLs: its start in base 36 and its id, because facts are found by both. */
export function toRequestRef({ startedAtMs, id }: { startedAtMs: number; id: string }): string {
  return `${startedAtMs.toString(36)}-${id}`
}

/** The last moment that a `Date` can hold. */
export const LAST_MOMENT_MS = 8.64e15

/** The key behind a word of `toRequestRef`; null when it is none. */
export function parseRequestRef(ref: string): { startedAtMs: number; id: string } | null {
  const [, startedAt, id] = REF.exec(ref) ?? []
  if (startedAt === undefined || id === undefined) return null
  const startedAtMs = Number.parseInt(startedAt, 36)
  return startedAtMs > LAST_MOMENT_MS ? null : { startedAtMs, id }
}
