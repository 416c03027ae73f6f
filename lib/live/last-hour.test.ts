import { expect, test } from 'vitest'
import { HOUR_MINUTES, lastHour } from './last-hour'
import type { LiveMinute } from './schema'

const NOW_MS = Date.parse('2026-11-20T10:00:30Z')

function minute(ago: number, attempts: number): LiveMinute {
  const start = new Date(Date.parse('2026-11-20T10:00:00Z') - ago * 60_000).toISOString()
  return { start, attempts, ok: attempts, errorsByClass: {} }
}

const attemptsOf = ({ points }: ReturnType<typeof lastHour>) => points.map(({ attempts }) => attempts)

test('the stream goes over what was fetched, and adds what is new', () => {
  const fetched = [minute(40, 4), minute(1, 2)]
  const live = [minute(1, 5), minute(0, 1)]
  expect(attemptsOf(lastHour({ fetched, live, nowMs: NOW_MS }))).toEqual([4, 5, 1])
})

test('a stream that stood still does not hide what was fetched after it', () => {
  expect(attemptsOf(lastHour({ fetched: [minute(1, 9)], live: [minute(1, 5)], nowMs: NOW_MS }))).toEqual([9])
})

test('it is an hour long, the running minute included; what is older or ahead of the clock is left out', () => {
  const fetched = [minute(HOUR_MINUTES, 1), minute(HOUR_MINUTES - 1, 2), minute(0, 3), minute(-1, 4)]
  const hour = lastHour({ fetched, live: [], nowMs: NOW_MS })
  expect(attemptsOf(hour)).toEqual([2, 3])
  expect(hour).toMatchObject({ from: '2026-11-20T09:01:00.000Z', to: '2026-11-20T10:01:00.000Z' })
})
