import { isCountedError } from '../records/error-class'
import { ERROR_CLASSES, type ErrorClass } from '../records/vocabulary'
import type { LiveMinute } from './schema'

/** What the board keeps of the attempts of one endpoint in one minute, in this order. */
export const COUNTS = [
  'attempts',
  'ok',
  'checkedToolCallAttempts',
  'badToolCallAttempts',
  ...ERROR_CLASSES,
  /** Errors that uptime counts; derived, so that windows add up few numbers. */
  'countedErrors',
] as const

/** Numbers a minute of an endpoint takes in the board's flat arrays. */
export const WIDTH = COUNTS.length

/** Where each count lies from a minute's first number on. */
export const AT = {
  attempts: 0,
  ok: 1,
  checkedToolCallAttempts: 2,
  badToolCallAttempts: 3,
  firstError: 4,
  rateLimited: 4 + ERROR_CLASSES.indexOf('rate_limited'),
  countedErrors: WIDTH - 1,
} as const

const COUNTED_AT = ERROR_CLASSES.flatMap((name, index) =>
  isCountedError(name) ? [AT.firstError + index] : [],
)

/** Attempts of one endpoint in one minute as they stand in the rollups. */
export type MinuteRow = {
  minuteMs: number
  endpointId: number
  attempts: number
  ok: number
  checkedToolCallAttempts: number
  badToolCallAttempts: number
  /** In the order of ERROR_CLASSES; null when all attempts went well. */
  errors: readonly number[] | null
}

/** Writes a row's counts into a flat array from `offset` on. */
export function writeCounts(target: Uint32Array, offset: number, row: MinuteRow): void {
  target[offset + AT.attempts] = row.attempts
  target[offset + AT.ok] = row.ok
  target[offset + AT.checkedToolCallAttempts] = row.checkedToolCallAttempts
  target[offset + AT.badToolCallAttempts] = row.badToolCallAttempts
  if (!row.errors) return
  for (let index = 0; index < ERROR_CLASSES.length; index++) {
    target[offset + AT.firstError + index] = row.errors[index] ?? 0
  }
  let counted = 0
  for (const at of COUNTED_AT) counted += target[offset + at] ?? 0
  target[offset + AT.countedErrors] = counted
}

/** The minute that lies in a flat array from `offset` on, as the stream tells it. */
export function readMinute(source: Uint32Array | undefined, offset: number, minuteMs: number): LiveMinute {
  const errorsByClass: Partial<Record<ErrorClass, number>> = {}
  ERROR_CLASSES.forEach((name, index) => {
    const count = source?.[offset + AT.firstError + index] ?? 0
    if (count > 0) errorsByClass[name] = count
  })
  return {
    start: new Date(minuteMs).toISOString(),
    attempts: source?.[offset + AT.attempts] ?? 0,
    ok: source?.[offset + AT.ok] ?? 0,
    errorsByClass,
  }
}
