import type { WindowCounts } from '../health/current-health'
import type { AttemptCounts } from '../health/derive-health'
import { GRANULARITY_MS } from '../time/time-buckets'
import { AT, WIDTH } from './attempt-counts'

/** Minutes that are kept: the last half hour, the running minute included. */
export const KEPT_MINUTES = 30
const SHORT_MINUTES = 5

/** Attempts of one endpoint in the day that ends with the running hour, as they stand in the rollups. */
export type DayRow = {
  endpointId: number
  attempts: number
  ok: number
  countedErrors: number
  checkedToolCallAttempts: number
  badToolCallAttempts: number
}

/** What the day tells of an endpoint besides its uptime. */
export type DayToolCalls = Pick<DayRow, 'checkedToolCallAttempts' | 'badToolCallAttempts'>

/** What is kept of a day, in this order: those of the counts that windows of a day are told of. */
export const DAY_AT = {
  attempts: 0,
  ok: 1,
  countedErrors: 2,
  checkedToolCallAttempts: 3,
  badToolCallAttempts: 4,
} as const
export const DAY_WIDTH = 5

/** Attempts by key (a small whole number) in flat arrays: by minute, WIDTH numbers a key, and of the day. */
export type Ledger = { minutes: Map<number, Uint32Array>; day: Uint32Array }

/** A ledger without an attempt. */
export function createLedger(): Ledger {
  return { minutes: new Map(), day: new Uint32Array(0) }
}

/** The minute's numbers with room for so many keys, kept in the ledger. */
export function minuteOf(ledger: Ledger, minuteMs: number, keys: number): Uint32Array {
  const existing = ledger.minutes.get(minuteMs)
  if (existing && existing.length >= keys * WIDTH) return existing
  const grown = grow(existing, keys * WIDTH)
  ledger.minutes.set(minuteMs, grown)
  return grown
}

/** The day's numbers with room for so many keys, kept in the ledger. */
export function dayOf(ledger: Ledger, keys: number): Uint32Array {
  if (ledger.day.length < keys * DAY_WIDTH) ledger.day = grow(ledger.day, keys * DAY_WIDTH)
  return ledger.day
}

/** What changed of a key in a minute, added to its day. Differences may be negative; the sums never are. */
export function addToDay(day: Uint32Array, key: number, difference: (count: number) => number): void {
  const at = key * DAY_WIDTH
  const add = (place: number, count: number) => {
    day[at + place] = (day[at + place] ?? 0) + difference(count)
  }
  add(DAY_AT.attempts, AT.attempts)
  add(DAY_AT.ok, AT.ok)
  add(DAY_AT.countedErrors, AT.countedErrors)
  add(DAY_AT.checkedToolCallAttempts, AT.checkedToolCallAttempts)
  add(DAY_AT.badToolCallAttempts, AT.badToolCallAttempts)
}

/** A key's attempts over each window that ends with the minute given. */
export function windowCountsOf(ledger: Ledger, key: number, lastMinuteMs: number): WindowCounts {
  const short = { attempts: 0, ok: 0, countedErrors: 0 }
  const recent = { attempts: 0, ok: 0, countedErrors: 0 }
  let rateLimited5m = 0
  const at = key * WIDTH
  for (const [minuteMs, minute] of ledger.minutes) {
    const back = (lastMinuteMs - minuteMs) / GRANULARITY_MS.minute
    if (back < 0 || back >= KEPT_MINUTES || minute.length <= at) continue
    addMinute(recent, minute, at)
    if (back >= SHORT_MINUTES) continue
    addMinute(short, minute, at)
    rateLimited5m += minute[at + AT.rateLimited] ?? 0
  }
  return { '5m': short, '30m': recent, '1d': dayCountsOf(ledger, key), rateLimited5m }
}

/** A key's tool calls of the day. */
export function dayToolCallsOf({ day }: Ledger, key: number): DayToolCalls {
  const at = key * DAY_WIDTH
  return {
    checkedToolCallAttempts: day[at + DAY_AT.checkedToolCallAttempts] ?? 0,
    badToolCallAttempts: day[at + DAY_AT.badToolCallAttempts] ?? 0,
  }
}

function addMinute(sum: AttemptCounts, minute: Uint32Array, at: number): void {
  sum.attempts += minute[at + AT.attempts] ?? 0
  sum.ok += minute[at + AT.ok] ?? 0
  sum.countedErrors += minute[at + AT.countedErrors] ?? 0
}

function dayCountsOf({ day }: Ledger, key: number): AttemptCounts {
  const at = key * DAY_WIDTH
  return {
    attempts: day[at + DAY_AT.attempts] ?? 0,
    ok: day[at + DAY_AT.ok] ?? 0,
    countedErrors: day[at + DAY_AT.countedErrors] ?? 0,
  }
}

function grow(old: Uint32Array | undefined, length: number): Uint32Array {
  const grown = new Uint32Array(length)
  if (old) grown.set(old)
  return grown
}
