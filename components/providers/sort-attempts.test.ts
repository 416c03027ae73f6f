import { describe, expect, test } from 'vitest'
import { ATTEMPT_SORTS, type AttemptRow, sortAttempts } from './sort-attempts'

type Row = AttemptRow & { name: string }

function row(name: string, figures: Partial<AttemptRow> = {}): Row {
  return {
    name,
    attempts: 100,
    ok: 100,
    errorsByClass: {},
    uptime: 1,
    rateLimitedShare: 0,
    latencyMsP50: 200,
    latencyMsP95: 400,
    tokensPerSecondP50: 50,
    toolCallErrorRate: null,
    requests: 100,
    totalTokens: 1000,
    ...figures,
  }
}

function namesBy(rows: Row[], sort: (typeof ATTEMPT_SORTS)[number], direction: 'asc' | 'desc'): string[] {
  return sortAttempts({ rows, sort, direction, nameOf: ({ name }) => name }).map(({ name }) => name)
}

test('worst first is the lowest uptime, then most errors where there is too little to judge', () => {
  const rows = [
    row('quiet', { uptime: null }),
    row('good', { uptime: 0.99 }),
    row('few', { uptime: null, errorsByClass: { timeout: 3 } }),
    row('bad', { uptime: 0.4 }),
  ]
  expect(namesBy(rows, 'worst', 'asc')).toEqual(['bad', 'good', 'few', 'quiet'])
})

describe('what is not known stands last in both directions', () => {
  const rows = [
    row('none', { latencyMsP95: null }),
    row('slow', { latencyMsP95: 900 }),
    row('fast', { latencyMsP95: 100 }),
  ]
  test.each([
    ['desc', ['slow', 'fast', 'none']],
    ['asc', ['fast', 'slow', 'none']],
  ] as const)('%s', (direction, expected) => {
    expect(namesBy(rows, 'latencyMsP95', direction)).toEqual(expected)
  })
})

test('errors are those of all classes together', () => {
  const rows = [
    row('a', { errorsByClass: { rate_limited: 2, timeout: 2 } }),
    row('b', { errorsByClass: { upstream_5xx: 3 } }),
  ]
  expect(namesBy(rows, 'errors', 'desc')).toEqual(['a', 'b'])
})

test('names go by their letters, whatever their case, as in every table', () => {
  const rows = [row('helios'), row('Borealis'), row('aurora')]
  expect(namesBy(rows, 'name', 'asc')).toEqual(['aurora', 'Borealis', 'helios'])
  expect(namesBy(rows, 'name', 'desc')).toEqual(['helios', 'Borealis', 'aurora'])
})

test('equal rows go by name, whatever order they came in', () => {
  const rows = [row('c'), row('a'), row('b')]
  for (const sort of ATTEMPT_SORTS) expect(namesBy(rows, sort, 'asc'), sort).toEqual(['a', 'b', 'c'])
})
