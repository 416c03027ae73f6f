import { describe, expect, test } from 'vitest'
import { type PrepareSeriesInput, prepareSeries, prepareTrend } from './prepare-series'

const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T00:00:00.000Z`
const point = (number: number, totalTokens: number, costUsd: number | null = 1) => ({
  start: day(number),
  requests: 1,
  promptTokens: totalTokens,
  completionTokens: 0,
  totalTokens,
  costUsd,
})
const answer: PrepareSeriesInput['answer'] = {
  from: day(1),
  to: day(4),
  granularity: 'day',
  series: [
    { key: 'a/big', points: [point(1, 50), point(2, 60), point(3, 10)] },
    { key: 'a/small', points: [point(2, 5, null)] },
    { key: 'b/mid', points: [point(1, 20), point(3, 20)] },
    { key: 'other', points: [point(1, 500)] },
  ],
}
const input = (overrides: Partial<PrepareSeriesInput> = {}): PrepareSeriesInput => ({
  answer,
  metric: 'totalTokens',
  topCount: 9,
  nowMs: Date.parse(day(3)) + 3_600_000,
  labelOf: (key) => key.toUpperCase(),
  ...overrides,
})

describe('series', () => {
  test('come largest first with other last, however large it is', () => {
    expect(prepareSeries(input()).series.map((series) => series.key)).toEqual([
      'a/big',
      'b/mid',
      'a/small',
      'other',
    ])
  })

  test('of a closed set keep its order', () => {
    const { series } = prepareSeries(input({ order: ['a/small', 'b/mid', 'a/big', 'other'] }))
    expect(series.map((row) => row.key)).toEqual(['a/small', 'b/mid', 'a/big', 'other'])
  })

  test('beyond the top are added to other, column by column', () => {
    const { series } = prepareSeries(input({ topCount: 1 }))
    expect(series.map((row) => [row.key, row.values])).toEqual([
      ['a/big', [50, 60, 10]],
      ['other', [520, 5, 20]],
    ])
  })

  test('without anything to show are left out', () => {
    const silent = { ...answer, series: [...answer.series, { key: 'c/none', points: [] }] }
    expect(prepareSeries(input({ answer: silent })).series.map((series) => series.key)).not.toContain(
      'c/none',
    )
  })

  test('carry the label and a colour of their entity', () => {
    const first = prepareSeries(input()).series[0]
    expect(first?.label).toBe('A/BIG')
    expect(first?.color).toMatch(/^var\(--chart-/)
  })
})

describe('columns', () => {
  test('without traffic are zero', () => {
    const small = prepareSeries(input()).series.find((series) => series.key === 'a/small')
    expect(small?.values).toEqual([0, 5, 0])
  })

  test('whose cost is unknown are gaps, not zero', () => {
    const { series } = prepareSeries(
      input({
        metric: 'costUsd',
        answer: { ...answer, series: [{ key: 'a', points: [point(1, 5, 2), point(2, 5, null)] }] },
      }),
    )
    expect(series[0]?.values).toEqual([2, null, 0])
  })

  test('are totalled over what is drawn', () => {
    expect(prepareSeries(input()).totals).toEqual([570, 65, 30])
  })

  test('the one that is filling is marked', () => {
    expect(prepareSeries(input()).buckets.map((bucket) => bucket.isPartial)).toEqual([false, false, true])
  })
})

test('no series, no chart', () => {
  const empty = prepareSeries(input({ answer: { ...answer, series: [] } }))
  expect(empty.series).toEqual([])
  expect(empty.totals).toEqual([null, null, null])
})

test('a trend leaves out the column that is still filling', () => {
  const points = answer.series[0]?.points ?? []
  expect(prepareTrend(answer, points, 'totalTokens', Date.parse(day(3)) + 1)).toEqual([50, 60])
})
