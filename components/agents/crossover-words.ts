import { formatDay } from '@/lib/platform/format'

/** The crossover for people: `figure` for the headline, `note` below it, `sentence` beside the chart. */
export type CrossoverWords = { figure: string | null; note: string; sentence: string }

/**
 * What is said about the day agents overtook people, seen at a window's end. A crossover before the window is told, not
 * drawn. `throughMs` is the last moment that was looked at: the window's end, or now where that lies ahead.
 */
export function crossoverWords({
  crossover,
  fromMs,
  throughMs,
  hasTraffic,
}: {
  /** `YYYY-MM-DD`, or null when agents are not ahead at the end. */
  crossover: string | null
  fromMs: number
  throughMs: number
  /** Whether agents or people used any tokens in the window. */
  hasTraffic: boolean
}): CrossoverWords {
  const lastDay = formatDay(throughMs - 1, { withYear: true })
  if (crossover === null) {
    return {
      figure: null,
      note: hasTraffic ? 'agents are not ahead of people' : 'nothing to compare',
      sentence: hasTraffic
        ? `Agents did not use more tokens than people in the 7 days up to ${lastDay}`
        : 'Neither agents nor people used tokens in it',
    }
  }
  const crossoverMs = Date.parse(crossover)
  const figure = formatDay(crossoverMs, { withYear: true })
  if (!isMarked({ crossover, fromMs })) {
    return {
      figure,
      note: 'before this window; ahead ever since',
      sentence: `Agents overtook people on ${figure}, before this window, and have stayed ahead`,
    }
  }
  return {
    figure,
    note: 'agents ahead of people since',
    sentence: `Agents overtook people on ${figure}`,
  }
}

/** Whether the crossover lies in the window, where the chart marks it. */
export function isMarked({ crossover, fromMs }: { crossover: string; fromMs: number }): boolean {
  return Date.parse(crossover) >= fromMs
}
