/** What of an attempt its bar shows; null = the log does not say. */
export type WaterfallAttempt = {
  startedAfterMs: number
  latencyMs: number | null
  durationMs: number | null
}

/** A bar in percent of the whole width; `waitWidth` is the part up to the first token. */
export type WaterfallBar = { left: number; width: number; waitWidth: number }

/** The narrowest bar that can still be seen, in percent. */
const LEAST_WIDTH = 0.6

/**
 * Attempts as bars on one time axis, which begins with the request and ends with what ended last. An attempt of unknown
 * duration is as narrow as can be seen; one that began before its request, by another clock, begins with it.
 */
export function prepareWaterfall(attempts: readonly WaterfallAttempt[]): {
  totalMs: number
  bars: WaterfallBar[]
} {
  const ends = attempts.map(
    ({ startedAfterMs, durationMs }) => Math.max(0, startedAfterMs) + (durationMs ?? 0),
  )
  const totalMs = Math.max(0, ...ends)
  const percent = (ms: number) => (totalMs === 0 ? 0 : (ms / totalMs) * 100)
  const bars = attempts.map(({ startedAfterMs, latencyMs, durationMs }) => {
    const left = Math.min(percent(Math.max(0, startedAfterMs)), 100 - LEAST_WIDTH)
    const width = Math.min(Math.max(percent(durationMs ?? 0), LEAST_WIDTH), 100 - left)
    const waitMs = Math.min(latencyMs ?? 0, durationMs ?? 0)
    return { left, width, waitWidth: Math.min(percent(waitMs), width) }
  })
  return { totalMs, bars }
}
