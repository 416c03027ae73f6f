import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldAvailability } from './fold-availability'

const HOUR_MS = 3_600_000
const fromMs = Date.parse('2026-03-02T00:00:00Z')
const toMs = fromMs + 48 * HOUR_MS

/** Two days by the hour: `[requests that count, those of them that failed]` of each hour, none where null. */
function answerOf(hours: readonly ([counted: number, failed: number] | null)[]) {
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    granularity: 'hour' as const,
    availability: hours.flatMap((hour, index) => {
      if (hour === null) return []
      const [counted, failed] = hour
      return [
        {
          start: new Date(fromMs + index * HOUR_MS).toISOString(),
          withRouting: null,
          withoutRouting: null,
          okRequests: counted,
          countedRequests: counted,
          okAttempts: counted - failed,
          countedAttempts: counted,
        },
      ]
    }),
  }
}

const fold = (hours: Parameters<typeof answerOf>[0], nowMs = toMs) => foldAvailability(answerOf(hours), nowMs)

describe('columns are as narrow as traffic allows', () => {
  test.each([
    ['busy hours stay hours', 20, 1],
    ['ten an hour need two', 10, 2],
    ['seven an hour need three', 7, 3],
    ['four an hour need six, as five make no round day', 4, 6],
    ['one an hour needs a day', 1, 24],
    ['less than that gets no wider than a day', 0.5, 24],
  ])('%s', (_, each, hours) => {
    expect(fold(Array.from({ length: 48 }, () => [each, 0])).columnMs).toBe(hours * HOUR_MS)
  })

  test('quiet hours do not widen the columns of busy ones', () => {
    const { columns, columnMs } = fold(Array.from({ length: 48 }, (_, hour) => (hour < 24 ? [30, 3] : null)))
    expect(columnMs).toBe(HOUR_MS)
    expect(columns).toHaveLength(48)
    expect(columns[0]).toMatchObject({ withRouting: 1, withoutRouting: 0.9, countedAttempts: 30 })
    expect(columns[47]).toMatchObject({ withRouting: null, withoutRouting: null, countedAttempts: 0 })
  })

  test('a share of a wide column is of its sums, not the mean of its shares', () => {
    const { columns } = fold(Array.from({ length: 48 }, (_, hour) => (hour % 2 === 0 ? [1, 1] : [19, 0])))
    expect(columns[0]?.withoutRouting).toBe(0.95)
  })
})

test('a column that is still filling says so', () => {
  const { columns } = fold(
    Array.from({ length: 30 }, () => [7, 0] as [number, number]),
    fromMs + 31 * HOUR_MS,
  )
  expect(columns.map(({ isPartial }) => isPartial)).toEqual([
    ...Array.from({ length: 10 }, () => false),
    true,
  ])
})

test('folding loses and adds nothing, and columns stand one after another', () => {
  const hour = fc.option(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.constant(0)), { nil: null })
  fc.assert(
    fc.property(fc.array(hour, { minLength: 48, maxLength: 48 }), (hours) => {
      const { columns } = fold(hours)
      const sum = hours.reduce((all, one) => all + (one?.[0] ?? 0), 0)
      expect(columns.reduce((all, { countedRequests }) => all + countedRequests, 0)).toBe(sum)
      expect(columns[0]?.startMs).toBe(fromMs)
      expect(columns.at(-1)?.endMs).toBe(toMs)
      for (const [index, { startMs }] of columns.entries()) {
        if (index > 0) expect(startMs).toBe(columns[index - 1]?.endMs)
      }
    }),
  )
})
