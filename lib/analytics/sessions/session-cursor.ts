import { LAST_MOMENT_MS } from '../logs/request-ref'

/** Where a list of sessions goes on: after this one, in the order of last activity, newest first. */
export type SessionPosition = { lastAtMs: number; sessionId: string }

const CURSOR = /^([0-9a-z]{1,11})\.([A-Za-z0-9_-]*)$/

/** A position as the opaque word that answers give and take. */
export function toSessionCursor({ lastAtMs, sessionId }: SessionPosition): string {
  return `${lastAtMs.toString(36)}.${Buffer.from(sessionId).toString('base64url')}`
}

/** The position behind a word of `toSessionCursor`; null when it is none. */
export function parseSessionCursor(cursor: string): SessionPosition | null {
  const [, lastAt, sessionId] = CURSOR.exec(cursor) ?? []
  if (lastAt === undefined || sessionId === undefined) return null
  const position = {
    lastAtMs: Number.parseInt(lastAt, 36),
    sessionId: Buffer.from(sessionId, 'base64url').toString(),
  }
  // Neither a moment beyond all dates nor a zero character can be asked of Postgres.
  return position.lastAtMs > LAST_MOMENT_MS || position.sessionId.includes('\0') ? null : position
}
