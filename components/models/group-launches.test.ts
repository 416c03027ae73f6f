import { expect, test } from 'vitest'
import { groupLaunches } from './group-launches'

const launch = (launchedOn: string) => ({
  model: `acme/${launchedOn}`,
  name: launchedOn,
  author: 'acme',
  launchedOn,
  launchSource: 'first_seen' as const,
  totalTokens: 1,
  requests: 1,
  rank: 1,
})
/** Newest first, around a Monday and the end of a leap February. */
const ROWS = ['2024-03-04', '2024-03-03', '2024-03-01', '2024-02-29', '2024-02-26', '2024-02-25'].map(launch)

test.each([
  [
    'month' as const,
    [
      ['March 2024', 3],
      ['February 2024', 3],
    ],
  ],
  [
    'week' as const,
    [
      ['4–10 Mar 2024 UTC', 1],
      ['26 Feb – 3 Mar 2024 UTC', 4],
      ['19–25 Feb 2024 UTC', 1],
    ],
  ],
])('by %s', (by, expected) => {
  expect(groupLaunches(ROWS, by).map(({ label, rows }) => [label, rows.length])).toEqual(expected)
})

test('without launches there is no group', () => {
  expect(groupLaunches([], 'month')).toEqual([])
})
