import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DayTokens, findCrossover } from './find-crossover'

const DAY_MS = 86_400_000
const FIRST_DAY = Date.parse('2026-01-01T00:00:00Z')
const dayAt = (index: number) => FIRST_DAY + index * DAY_MS
const isoOf = (dayMs: number | null) => (dayMs === null ? null : new Date(dayMs).toISOString().slice(0, 10))

/** One entry a day from 1 January on: [agentic, human], or null for a day without traffic. */
type Course = readonly (readonly [number, number] | null)[]

function toDays(course: Course): DayTokens[] {
  return course.flatMap((tokens, index) =>
    tokens ? [{ dayMs: dayAt(index), agenticTokens: tokens[0], humanTokens: tokens[1] }] : [],
  )
}

/** The crossover as seen at the end of the course. */
function crossoverOf(course: Course): string | null {
  const toMs = dayAt(course.length)
  return isoOf(findCrossover({ days: toDays(course), toMs, nowMs: toMs }))
}

const HUMAN = [0, 10] as const
const AGENTIC = [10, 0] as const
const repeat = (count: number, day: Course[number]): Course => Array.from({ length: count }, () => day)

describe('the crossover is', () => {
  test.each<[string, Course, string | null]>([
    ['none without any traffic', [], null],
    ['the first day of all when agents lead from it on', repeat(3, AGENTIC), '2026-01-01'],
    ['the only day there is', [[11, 10]], '2026-01-01'],
    ['none while people lead', repeat(10, HUMAN), null],
    ['none while both are equal', repeat(10, [10, 10]), null],
    // 4 of 7 days are agentic first on the fourth: 11 January.
    ['the day the trailing week tips', [...repeat(7, HUMAN), ...repeat(5, AGENTIC)], '2026-01-11'],
    ['at once when one day outweighs the week', [...repeat(7, HUMAN), [100, 0]], '2026-01-08'],
    ['none when the last day only draws level', [...repeat(6, HUMAN), [60, 0]], null],
    ['none when people lead again at the end', [...repeat(7, AGENTIC), ...repeat(7, HUMAN)], null],
    [
      'the start of the last run when the lead changes twice',
      [...repeat(7, AGENTIC), ...repeat(7, HUMAN), ...repeat(7, AGENTIC)],
      '2026-01-18',
    ],
    [
      'kept through days without traffic while the week before still counts',
      [...repeat(3, AGENTIC), ...repeat(6, null)],
      '2026-01-01',
    ],
    [
      'a day without traffic, when on it the people’s last day leaves the week',
      [[0, 100], [60, 0], ...repeat(6, null)],
      '2026-01-08',
    ],
    ['none after a week without traffic', [...repeat(3, AGENTIC), ...repeat(7, null)], null],
    [
      'the day traffic returns after a longer silence',
      [...repeat(3, AGENTIC), ...repeat(8, null), ...repeat(2, AGENTIC)],
      '2026-01-12',
    ],
  ])('%s', (_, course, expected) => {
    expect(crossoverOf(course)).toBe(expected)
  })
})

test('traffic at or after the window’s end says nothing about it', () => {
  const days = toDays([...repeat(7, HUMAN), ...repeat(7, AGENTIC)])
  expect(findCrossover({ days, toMs: dayAt(7), nowMs: dayAt(14) })).toBeNull()
})

test('a window that ends in the middle of a day counts that day', () => {
  const days = toDays([...repeat(7, HUMAN), [100, 0]])
  const toMs = dayAt(7) + DAY_MS / 2
  expect(isoOf(findCrossover({ days, toMs, nowMs: toMs }))).toBe('2026-01-08')
})

test('days that have not begun are not a week without traffic, unless a clock ahead filled them', () => {
  const days = toDays(repeat(3, AGENTIC))
  expect(isoOf(findCrossover({ days, toMs: dayAt(30), nowMs: dayAt(2) + 1 }))).toBe('2026-01-01')
  const ahead = [...days, { dayMs: dayAt(4), agenticTokens: 0, humanTokens: 1000 }]
  expect(findCrossover({ days: ahead, toMs: dayAt(30), nowMs: dayAt(2) + 1 })).toBeNull()
})

test('agrees with the definition taken word by word, in any order of days', () => {
  const course = fc.array(fc.option(fc.tuple(fc.nat(3), fc.nat(3)), { nil: null }), { maxLength: 40 })
  fc.assert(
    fc.property(course, (days) => {
      const isOver = days.map((_, day) => {
        const week = days.slice(Math.max(0, day - 6), day + 1)
        const sum = (kind: 0 | 1) => week.reduce((total, tokens) => total + (tokens?.[kind] ?? 0), 0)
        return sum(0) > sum(1)
      })
      const first = isOver.lastIndexOf(false) + 1
      const expected = first < days.length ? dayAt(first) : null
      const toMs = dayAt(days.length)
      expect(findCrossover({ days: toDays(days).reverse(), toMs, nowMs: toMs })).toBe(expected)
    }),
  )
})
