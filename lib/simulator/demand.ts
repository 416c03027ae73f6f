const MINUTES_PER_DAY = 1440
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** A company that takes to it: human requests double in five weeks, agentic ones in less than two. */
const AGENTIC_GROWTH_PER_DAY = 0.055
const HUMAN_GROWTH_PER_DAY = 0.02
/** Share of agentic requests on the anchor day; with four times the tokens of a human one they lead since a month. */
const AGENTIC_SHARE_AT_ANCHOR = 0.44

/** Requests by hour of the UTC day, mean 1: people sleep, agents hardly. */
const HUMAN_HOURS = curve([
  5, 4, 3.4, 3, 3.2, 4, 6, 9, 13, 16, 18, 18.5, 17.5, 18.5, 20, 20.5, 20, 18.5, 16.5, 15, 13.5, 11.5, 9, 6.5,
])
const AGENTIC_HOURS = curve([
  9, 8.6, 8.4, 8, 8.2, 8.6, 9.4, 10.8, 12.6, 14, 14.6, 14.8, 14.4, 14.8, 15.4, 15.6, 15.2, 14.4, 13.4, 12.6,
  11.8, 11, 10.2, 9.6,
])
/** From Sunday on, mean 1. */
const HUMAN_WEEKDAYS = curve([6.4, 10.8, 11.4, 11.6, 11.2, 10.2, 6.8])
const AGENTIC_WEEKDAYS = curve([8, 10.4, 10.8, 10.9, 10.7, 10.2, 8.4])

/** Start of the UTC week (Monday) that holds `timeMs`; worlds anchored there stay the same all week. */
export function weekStart(timeMs: number): number {
  const day = Math.floor(timeMs / DAY_MS)
  // 1970-01-01 was a Thursday, three days after a Monday.
  return (day - ((day + 3) % 7)) * DAY_MS
}

export type Demand = { human: number; agentic: number }

/**
 * Mean number of requests in the minute that starts at `minuteMs`. `requestsPerDay` is the daily mean at `anchorMs`;
 * growth leads up to it and stops there. For a fixed minute a later anchor never means more requests.
 */
export function demandPerMinute({
  minuteMs,
  anchorMs,
  requestsPerDay,
}: {
  minuteMs: number
  anchorMs: number
  requestsPerDay: number
}): Demand {
  const days = Math.min(0, (minuteMs - anchorMs) / DAY_MS)
  const dayMs = minuteMs % DAY_MS
  // 1970-01-01 was a Thursday.
  const weekday = (Math.floor(minuteMs / DAY_MS) + 4) % 7
  const base = requestsPerDay / MINUTES_PER_DAY
  const minute = dayMs / MINUTE_MS
  return {
    human:
      base *
      (1 - AGENTIC_SHARE_AT_ANCHOR) *
      Math.exp(HUMAN_GROWTH_PER_DAY * days) *
      interpolate(HUMAN_HOURS, minute / 60) *
      (HUMAN_WEEKDAYS[weekday] ?? 1),
    agentic:
      base *
      AGENTIC_SHARE_AT_ANCHOR *
      Math.exp(AGENTIC_GROWTH_PER_DAY * days) *
      interpolate(AGENTIC_HOURS, minute / 60) *
      (AGENTIC_WEEKDAYS[weekday] ?? 1),
  }
}

function curve(points: number[]): number[] {
  const mean = points.reduce((sum, point) => sum + point, 0) / points.length
  return points.map((point) => point / mean)
}

/** Between the middles of hours, so that the curve has no steps. */
function interpolate(hours: number[], position: number): number {
  const shifted = (position + 23.5) % 24
  const hour = Math.floor(shifted)
  const next = (hour + 1) % 24
  const part = shifted - hour
  return (hours[hour] ?? 1) * (1 - part) + (hours[next] ?? 1) * part
}
