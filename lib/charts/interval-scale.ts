import { linearTicks } from './prepare-scale'

/** A share with how sure it is, all 0–1. */
export type Interval = { value: number; low: number; high: number }

/** An axis for shares from 0 to `highest`. */
export type IntervalScale = { highest: number; ticks: number[] }

/** An interval on its axis: where its marks stand, in percent of the width. */
export type IntervalMarks = { value: number; low: number; high: number }

/** The one axis on which intervals can be compared: from 0 to a round value above all of them, never beyond 1. */
export function intervalScale(intervals: readonly Interval[]): IntervalScale {
  const highest = Math.max(0, ...intervals.map(({ high }) => high))
  const ticks = linearTicks(highest).filter((tick) => tick <= 1 + 1e-9)
  return { highest: Math.min(1, Math.max(ticks.at(-1) ?? 1, highest)), ticks }
}

/** Where the marks of an interval stand on an axis, each within 0–100 % of its width. */
export function placeInterval({ value, low, high }: Interval, { highest }: IntervalScale): IntervalMarks {
  return { value: placeShare(value, highest), low: placeShare(low, highest), high: placeShare(high, highest) }
}

/** Where a share stands on an axis that ends at `highest`, within 0–100 % of its width. */
export function placeShare(share: number, highest: number): number {
  return Math.min(100, Math.max(0, (share / highest) * 100))
}
