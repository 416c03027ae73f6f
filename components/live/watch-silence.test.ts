import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { HEARTBEAT_MS, SILENCE_MS } from '@/lib/live/heartbeat'
import { isSilent, SILENCE_TICK_MS, watchSilence } from './watch-silence'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test.each([
  { silentTicks: 0, isIt: false },
  { silentTicks: 4, isIt: false },
  { silentTicks: 10, isIt: false },
  { silentTicks: 11, isIt: true },
  { silentTicks: 40, isIt: true },
])('$silentTicks ticks without a word: silent $isIt', ({ silentTicks, isIt }) => {
  expect(isSilent(silentTicks)).toBe(isIt)
})

test('a line is silent after two and a half heartbeats and at most one tick more, and that is told once', () => {
  const onSilence = vi.fn()
  const { heard } = watchSilence(onSilence)
  vi.advanceTimersByTime(7_000)
  heard()
  vi.advanceTimersByTime(SILENCE_MS)
  expect(onSilence).not.toHaveBeenCalled()
  vi.advanceTimersByTime(SILENCE_TICK_MS)
  expect(onSilence).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(10 * SILENCE_MS)
  expect(onSilence).toHaveBeenCalledTimes(1)
})

test('a line of which little is expected is silent sooner, until its first word', () => {
  const onSilence = vi.fn()
  const { heard } = watchSilence(onSilence, 5_000)
  vi.advanceTimersByTime(5_000)
  heard()
  vi.advanceTimersByTime(SILENCE_MS)
  expect(onSilence).not.toHaveBeenCalled()
  const onSuspect = vi.fn()
  watchSilence(onSuspect, 5_000)
  vi.advanceTimersByTime(7_500)
  expect(onSuspect).toHaveBeenCalledTimes(1)
})

test('a line that is heard every heartbeat is never silent, nor is one that has ended', () => {
  const onSilence = vi.fn()
  const { heard, end } = watchSilence(onSilence)
  for (let beat = 0; beat < 20; beat++) {
    vi.advanceTimersByTime(HEARTBEAT_MS)
    heard()
  }
  end()
  vi.advanceTimersByTime(10 * SILENCE_MS)
  expect(onSilence).not.toHaveBeenCalled()
})

test('a clock that jumps, or a page that slept, is no silence', () => {
  const onSilence = vi.fn()
  watchSilence(onSilence)
  vi.advanceTimersByTime(SILENCE_TICK_MS)
  vi.setSystemTime(Date.now() + 3_600_000)
  vi.advanceTimersByTime(SILENCE_TICK_MS)
  expect(onSilence).not.toHaveBeenCalled()
})
