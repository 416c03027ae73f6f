import { SILENCE_MS } from '@/lib/live/heartbeat'

export const SILENCE_TICK_MS = 2_500

/**
 * Calls `onSilence` once nothing was `heard` for two and a half heartbeats, or for `firstWordMs` before the first word.
 * Counted in ticks and not by a clock: a page that slept or was held up gets one tick for it, and hears what waited
 * before the next.
 */
export function watchSilence(
  onSilence: () => void,
  firstWordMs = SILENCE_MS,
): { heard: () => void; end: () => void } {
  let silentTicks = 0
  let patienceMs = firstWordMs
  const end = () => clearInterval(timer)
  const timer = setInterval(() => {
    silentTicks += 1
    if (!isSilent(silentTicks, patienceMs)) return
    end()
    onSilence()
  }, SILENCE_TICK_MS)
  const heard = () => {
    silentTicks = 0
    patienceMs = SILENCE_MS
  }
  return { heard, end }
}

/** Whether so many ticks without a word are a silence; the first of them may have come right after the word. */
export function isSilent(silentTicks: number, patienceMs = SILENCE_MS): boolean {
  return (silentTicks - 1) * SILENCE_TICK_MS >= patienceMs
}
