import { describe, expect, test } from 'vitest'
import { prepareEntities } from './prepare-entities'

const DAYS = ['2024-03-01', '2024-03-02', '2024-03-03'].map((day) => `${day}T00:00:00.000Z`)
const answer = { from: '2024-03-01T00:00:00Z', to: '2024-03-04T00:00:00Z', granularity: 'day' as const }
const entity = (key: string, values: (number | null | undefined)[]) => ({
  key,
  label: key.toUpperCase(),
  // Undefined: no point there.
  points: values.flatMap((value, index) => {
    const start = DAYS[index]
    return value === undefined || start === undefined ? [] : [{ start, value }]
  }),
})
const input = {
  answer,
  read: ({ value }: { value: number | null }) => value,
  topCount: 2,
  nowMs: Date.parse('2024-03-03T06:00:00Z'),
}

describe('measures that do not add up', () => {
  const entities = [entity('a', [1, undefined, null]), entity('b', [null, null]), entity('c', [5, 6, 7])]

  test('have a gap where there is no point or no value, and no total', () => {
    const chart = prepareEntities({ ...input, entities, isAdditive: false })
    expect(chart.series.map(({ key, values }) => [key, values])).toEqual([['a', [1, null, null]]])
    expect(chart.totals).toEqual([])
    expect(chart.buckets.map(({ isPartial }) => isPartial)).toEqual([false, false, true])
  })
})

describe('counts', () => {
  const entities = [entity('a', [1, undefined, 2]), entity('b', [0]), entity('c', [5]), entity('d', [1, 1])]

  test('are zero where there is no point, and what is beyond the first is summed', () => {
    const chart = prepareEntities({ ...input, entities, isAdditive: true })
    expect(chart.series.map(({ key, label, values }) => [key, label, values])).toEqual([
      ['a', 'A', [1, 0, 2]],
      ['other', 'Others', [6, 1, 0]],
    ])
    expect(chart.totals).toEqual([7, 1, 2])
  })

  test('keep the colour an entity already has', () => {
    const chart = prepareEntities({
      ...input,
      entities,
      isAdditive: true,
      rememberedColors: new Map([['a', 'var(--chart-9)']]),
    })
    expect(chart.series[0]?.color).toBe('var(--chart-9)')
  })
})
