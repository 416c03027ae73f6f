import { SILENCE_MS } from '@/lib/live/heartbeat'

export const SILENCE_TICK_MS = 2_500

/**
 * Calls `onSilence` once nothing was `heard` for two and a half heartbeats. Counted in ticks and not by a clock: a page
 * that slept or was held up gets one tick for it, and hears what waited before the next.
 */
export function watchSilence(onSilence: () => void): { heard: () => void; end: () => void } {
  let silentTicks = 0
  const end = () => clearInterval(timer)
  const timer = setInterval(() => {
    silentTicks += 1
    if (!isSilent(silentTicks)) return
    end()
    onSilence()
  }, SILENCE_TICK_MS)
  const heard = () => {
    silentTicks = 0
  }
  return { heard, end }
}

/** Whether so many ticks without a word are a silence; the first of them may have come right after the word. */
export function isSilent(silentTicks: number): boolean {
  return (silentTicks - 1) * SILENCE_TICK_MS >= SILENCE_MS
}
