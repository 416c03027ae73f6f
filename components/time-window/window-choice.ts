import { PERIODS, type PeriodName } from '@/lib/time/period'
import type { WindowParameters } from '@/lib/time/window-parameters'

/** What the reader chose to look at: a named window that moves with the clock, or two fixed ends. */
export type WindowChoice = { period: PeriodName } | { fromMs: number; toMs: number }

export function toWindowParameters(choice: WindowChoice): WindowParameters {
  if ('period' in choice) return { period: choice.period }
  return { from: new Date(choice.fromMs).toISOString(), to: new Date(choice.toMs).toISOString() }
}

export function windowLengthMs(choice: WindowChoice): number {
  return 'period' in choice ? PERIODS[choice.period].lengthMs : choice.toMs - choice.fromMs
}

/** The preceding window in words, for “against …”. */
export function previousWindowName(choice: WindowChoice): string {
  return 'period' in choice ? `the ${PERIODS[choice.period].label} before` : 'the equal window before'
}

const LIVE_MS = 5_000
const CALM_MS = 30_000
const LONG_MS = 60_000

/** How often a window is read again: a short one is watched live; one that has ended can hardly change. */
export function refetchIntervalMs(choice: WindowChoice): number {
  if (!('period' in choice)) return LONG_MS
  const intervals = {
    '24h': LIVE_MS,
    '7d': CALM_MS,
    '30d': LONG_MS,
    '90d': LONG_MS,
  } satisfies Record<PeriodName, number>
  return intervals[choice.period]
}

/** The window as URL parameters for `app/api`. */
export function windowSearchParams(choice: WindowChoice): Record<string, string> {
  const { period, from, to } = toWindowParameters(choice)
  if (period !== undefined) return { period }
  return from !== undefined && to !== undefined ? { from, to } : {}
}
