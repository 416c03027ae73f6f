/**
 * Classes of a session's length in turns (a turn is a request). The order is the key of the rollups, so classes are only
 * ever appended. Source: design.md §5, "Cost per session".
 */
export const TURN_RANGES = ['1', '2–9', '10–49', '50+'] as const
export type TurnRange = (typeof TURN_RANGES)[number]

/** Fewest turns of each class. */
export const TURN_RANGE_STARTS = [1, 2, 10, 50] as const

/** Position in TURN_RANGES of a session with that many turns. */
export function turnRangeIndex(turns: number): number {
  return Math.max(
    0,
    TURN_RANGE_STARTS.findLastIndex((start) => turns >= start),
  )
}
