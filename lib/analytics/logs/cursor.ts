import { LAST_MOMENT_MS, parseRequestRef, toRequestRef } from './request-ref'

/**
 * Where a list of requests goes on: everything older than a moment, or with `id` everything after that request in the
 * order newest first (ties by id, descending).
 */
export type LogPosition = { startedAtMs: number; id: string | null }

const MOMENT = /^t([0-9a-z]{1,11})$/

/** A position as the opaque word that answers give and take. */
export function toCursor({ startedAtMs, id }: LogPosition): string {
  return id === null ? `t${startedAtMs.toString(36)}` : toRequestRef({ startedAtMs, id })
}

/** The position behind a word of `toCursor`; null when it is none. */
export function parseCursor(cursor: string): LogPosition | null {
  const moment = MOMENT.exec(cursor)?.[1]
  if (moment === undefined) return parseRequestRef(cursor)
  const startedAtMs = Number.parseInt(moment, 36)
  return startedAtMs > LAST_MOMENT_MS ? null : { startedAtMs, id: null }
}
