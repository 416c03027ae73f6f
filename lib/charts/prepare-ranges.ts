import { logTicks } from './prepare-scale'

/** A middle value and the range around it; all null where nothing is known. */
export type Range = { low: number | null; middle: number | null; high: number | null }

/** Positions along the axis, 0 at its left end and 1 at its right; null where there is nothing to draw. */
export type PlacedRange = Range

/** Ranges on one logarithmic axis. */
export type PreparedRanges = { ticks: { value: number; position: number }[]; ranges: PlacedRange[] }

/**
 * Ranges placed on a logarithmic axis of whole powers of ten. Zero has no place there: it is drawn at the left end. An
 * axis without any value above zero has no ticks.
 */
export function prepareRanges(ranges: readonly Range[]): PreparedRanges {
  const values = ranges
    .flatMap(({ low, middle, high }) => [low, middle, high])
    .filter((value): value is number => value !== null && value > 0)
  if (values.length === 0) {
    const atStart = (value: number | null) => (value === null ? null : 0)
    return { ticks: [], ranges: ranges.map((range) => mapRange(range, atStart)) }
  }
  const ticks = logTicks(Math.min(...values), Math.max(...values))
  const first = Math.log10(ticks[0] ?? 1)
  const span = Math.log10(ticks.at(-1) ?? 10) - first
  const place = (value: number | null) => {
    if (value === null) return null
    return value <= 0 ? 0 : Math.min(1, Math.max(0, (Math.log10(value) - first) / span))
  }
  return {
    ticks: ticks.map((value) => ({ value, position: place(value) ?? 0 })),
    ranges: ranges.map((range) => mapRange(range, place)),
  }
}

function mapRange({ low, middle, high }: Range, map: (value: number | null) => number | null): Range {
  return { low: map(low), middle: map(middle), high: map(high) }
}
