import { describe, expect, test } from 'vitest'
import { intervalScale, placeInterval } from './interval-scale'

const interval = (low: number, value: number, high: number) => ({ low, value, high })

describe('intervalScale', () => {
  test.each<[string, number[], number, number[]]>([
    ['nothing to show', [], 1, [0, 1]],
    ['a clean sample', [0.11], 0.15, [0, 0.05, 0.1, 0.15]],
    ['the widest decides', [0.11, 0.47], 0.6, [0, 0.2, 0.4, 0.6]],
    ['everything fails', [1], 1, [0, 0.25, 0.5, 0.75, 1]],
  ])('%s', (_case, highs, highest, ticks) => {
    const scale = intervalScale(highs.map((high) => interval(0, 0, high)))
    expect(scale.highest).toBeCloseTo(highest, 9)
    expect(scale.ticks).toHaveLength(ticks.length)
    for (const [index, tick] of ticks.entries()) expect(scale.ticks[index]).toBeCloseTo(tick, 9)
  })

  test('a share is never drawn beyond 100 %', () => {
    const { highest, ticks } = intervalScale([interval(0.8, 0.9, 0.97)])
    expect(highest).toBeLessThanOrEqual(1)
    expect(Math.max(...ticks)).toBeLessThanOrEqual(1)
  })
})

test('marks stand in percent of the width', () => {
  expect(placeInterval(interval(0.1, 0.2, 0.4), { highest: 0.4, ticks: [] })).toEqual({
    ...{ low: 25, value: 50, high: 100 },
  })
})
