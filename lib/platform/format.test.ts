import { describe, expect, test } from 'vitest'
import {
  formatAgo,
  formatBucket,
  formatChange,
  formatCompact,
  formatDuration,
  formatExact,
  formatPercent,
  formatPoints,
  formatUsd,
  formatWholePercent,
  formatWindow,
} from './format'

const at = (iso: string) => Date.parse(iso)

describe('compact numbers keep three significant digits', () => {
  test.each([
    [0, '0'],
    [7, '7'],
    [999, '999'],
    [999.6, '1.00K'],
    [1000, '1.00K'],
    [12_345, '12.3K'],
    [999_949, '1.00M'],
    [456_000_000, '456M'],
    [1_234_000_000, '1.23B'],
    [28_400_000_000_000, '28.4T'],
    [2_840_000_000_000_000, '2840T'],
    [-12_345, '−12.3K'],
    [0.25, '0.25'],
  ])('%d is %s', (value, text) => {
    expect(formatCompact(value)).toBe(text)
  })
})

describe('durations show three digits and a unit, long ones two units', () => {
  test.each([
    [null, '–'],
    [0, '0 ms'],
    [411.6, '412 ms'],
    [999.5, '1.00 s'],
    [1940, '1.94 s'],
    [30_000, '30.0 s'],
    [59_940, '59.9 s'],
    [59_960, '1 min'],
    [125_000, '2 min 5 s'],
    [720_000, '12 min'],
    [3_600_000, '1 h'],
    [20_400_000, '5 h 40 min'],
    [266_400_000, '3 d 2 h'],
  ])('%s is %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text)
  })
})

test('exact numbers show every digit', () => {
  expect(formatExact(1_234_567)).toBe('1,234,567')
  expect(formatExact(-999)).toBe('−999')
})

describe('shares', () => {
  test.each([
    [null, '–'],
    [0, '0.0%'],
    [0.0001, '<0.1%'],
    [0.4567, '45.7%'],
    [0.9999, '>99.9%'],
    [1, '100.0%'],
  ])('%s is %s', (share, text) => {
    expect(formatPercent(share)).toBe(text)
  })
})

describe('headline shares are whole percents', () => {
  test.each([
    [null, '–'],
    [0, '0%'],
    [0.0001, '<1%'],
    [0.55, '55%'],
    [0.4565, '46%'],
    [0.9999, '>99%'],
    [1, '100%'],
  ])('%s is %s', (share, text) => {
    expect(formatWholePercent(share)).toBe(text)
  })
})

describe('changes carry their sign', () => {
  test.each([
    [null, '–'],
    [0, '0.0%'],
    [0.1234, '+12.3%'],
    [-0.041, '−4.1%'],
    [2.6, '+260%'],
    [11, '×12'],
    [2499, '×2.50K'],
    [-1, '−100%'],
  ])('%s is %s', (change, text) => {
    expect(formatChange(change)).toBe(text)
  })

  test('a ratio changes in points', () => {
    expect(formatPoints(0.0123)).toBe('+1.2 pp')
    expect(formatPoints(-0.0004)).toBe('−0.04 pp')
    expect(formatPoints(0)).toBe('0.0 pp')
  })
})

describe('money shows the digits that matter', () => {
  test.each([
    [null, '–'],
    [0, '$0'],
    [0.0021, '$0.0021'],
    [0.0000001, '$0.00'],
    [0.42, '$0.42'],
    [12.345, '$12.35'],
    [1234.5, '$1,235'],
    [12_345, '$12.3K'],
    [1_250_000, '$1.25M'],
  ])('%s is %s', (amount, text) => {
    expect(formatUsd(amount)).toBe(text)
  })
})

describe('windows read like people say them', () => {
  test.each([
    ['2026-11-14T00:00:00Z', '2026-11-15T00:00:00Z', '14 Nov 2026 UTC'],
    ['2026-11-14T00:00:00Z', '2026-11-21T00:00:00Z', '14–20 Nov 2026 UTC'],
    ['2026-10-25T00:00:00Z', '2026-11-21T00:00:00Z', '25 Oct – 20 Nov 2026 UTC'],
    ['2025-12-30T00:00:00Z', '2026-01-02T00:00:00Z', '30 Dec 2025 – 1 Jan 2026 UTC'],
    ['2026-11-14T09:05:00Z', '2026-11-15T09:05:00Z', '14–15 Nov 2026, 09:05 UTC'],
    ['2026-10-25T09:05:00Z', '2026-11-15T09:05:00Z', '25 Oct – 15 Nov 2026, 09:05 UTC'],
    ['2026-11-14T09:05:00Z', '2026-11-15T10:05:00Z', '14 Nov, 09:05 – 15 Nov 2026, 10:05 UTC'],
    ['2024-02-29T00:00:00Z', '2024-03-01T00:00:00Z', '29 Feb 2024 UTC'],
  ])('%s to %s is %s', (from, to, text) => {
    expect(formatWindow(at(from), at(to))).toBe(text)
  })

  test('a bucket names its day, and its hours when it is shorter than a day', () => {
    expect(formatBucket(at('2026-11-14T00:00:00Z'), at('2026-11-15T00:00:00Z'))).toBe('Sat 14 Nov')
    expect(formatBucket(at('2026-11-14T23:00:00Z'), at('2026-11-15T00:00:00Z'))).toBe(
      'Sat 14 Nov, 23:00–00:00',
    )
    expect(formatBucket(at('2026-11-09T00:00:00Z'), at('2026-11-16T00:00:00Z'))).toBe('9 Nov – 15 Nov')
  })
})

test('age is told in one unit', () => {
  const now = at('2026-11-14T12:00:00Z')
  expect(formatAgo(now - 20_000, now)).toBe('just now')
  expect(formatAgo(now - 3 * 60_000, now)).toBe('3 min ago')
  expect(formatAgo(now - 5 * 3_600_000, now)).toBe('5 h ago')
  expect(formatAgo(now - 30 * 3_600_000, now)).toBe('yesterday')
  expect(formatAgo(now - 5 * 86_400_000, now)).toBe('5 days ago')
})
