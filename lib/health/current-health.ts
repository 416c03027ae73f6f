import type { UptimeWindow } from '../records/vocabulary'
import { type AttemptCounts, LEAST_ATTEMPTS, statusOf, uptimeOf } from './derive-health'
import type { CurrentHealth } from './schema'

/** Attempts of something over each window that uptime is told over. */
export type WindowCounts = Record<UptimeWindow, AttemptCounts> & {
  /** Rate limits of the last five minutes. */
  rateLimited5m: number
}

/** The health of something that nobody has called within a day. */
export const NO_HEALTH: CurrentHealth = {
  status: 'unknown',
  statusWindow: null,
  uptime5m: null,
  uptime30m: null,
  uptime1d: null,
  attempts30m: 0,
  countedErrors5m: 0,
  rateLimited5m: 0,
}

/** How something is doing now: judged over the shortest window in which at least 20 attempts count. */
export function currentHealthOf(counts: WindowCounts): CurrentHealth {
  const statusWindow = shortestWindow(counts)
  return {
    status: statusOf(statusWindow && uptimeOf(counts[statusWindow])),
    statusWindow,
    uptime5m: uptimeOf(counts['5m']),
    uptime30m: uptimeOf(counts['30m']),
    uptime1d: uptimeOf(counts['1d']),
    attempts30m: counts['30m'].attempts,
    countedErrors5m: counts['5m'].countedErrors,
    rateLimited5m: counts.rateLimited5m,
  }
}

/** Whether two tell the same. */
export function isSameHealth(a: CurrentHealth, b: CurrentHealth): boolean {
  return (
    a.status === b.status &&
    a.statusWindow === b.statusWindow &&
    a.uptime5m === b.uptime5m &&
    a.uptime30m === b.uptime30m &&
    a.uptime1d === b.uptime1d &&
    a.attempts30m === b.attempts30m &&
    a.countedErrors5m === b.countedErrors5m &&
    a.rateLimited5m === b.rateLimited5m
  )
}

function shortestWindow(counts: WindowCounts): UptimeWindow | null {
  if (isEnough(counts['5m'])) return '5m'
  if (isEnough(counts['30m'])) return '30m'
  return isEnough(counts['1d']) ? '1d' : null
}

function isEnough({ ok, countedErrors }: AttemptCounts): boolean {
  return ok + countedErrors >= LEAST_ATTEMPTS
}
