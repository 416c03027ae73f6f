import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom, cumulate, logNormal, mixSeed, pickIndex, poisson } from './random'

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw)
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

test('gives the same sequence for the same seed and another for its neighbour', () => {
  expect(draws(5, createRandom(7))).toEqual(draws(5, createRandom(7)))
  expect(draws(5, createRandom(7))).not.toEqual(draws(5, createRandom(8)))
})

test('spreads evenly over [0, 1)', () => {
  const random = createRandom(1)
  const buckets = new Array<number>(10).fill(0)
  for (const draw of draws(100_000, random)) {
    const bucket = Math.floor(draw * 10)
    buckets[bucket] = (buckets[bucket] ?? 0) + 1
  }
  for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(400)
})

test('gives minutes that follow each other unrelated seeds', () => {
  const seeds = Array.from({ length: 50_000 }, (_, minute) => mixSeed(1, 8, 29_000_000 + minute))
  expect(new Set(seeds).size).toBeGreaterThan(49_990)
  expect(mean(seeds.map((seed) => seed / 2 ** 32))).toBeCloseTo(0.5, 1)
})

test.each([0, 0.3, 5, 40, 700])('draws Poisson counts with mean %d', (expected) => {
  const random = createRandom(3)
  const counts = draws(4000, () => poisson(random, expected))
  expect(Math.abs(mean(counts) - expected)).toBeLessThanOrEqual(0.1 + 4 * Math.sqrt(expected / 4000))
})

test('never counts fewer for a larger mean and the same draws', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.double({ min: 0, max: 900, noNaN: true }),
      fc.double({ min: 0, max: 99, noNaN: true }),
      (seed, less, more) => {
        expect(poisson(createRandom(seed), less + more)).toBeGreaterThanOrEqual(
          poisson(createRandom(seed), less),
        )
      },
    ),
  )
})

test('draws log-normal values around their median', () => {
  const random = createRandom(4)
  const values = draws(20_001, () => logNormal(random, 500, 0.5)).sort((a, b) => a - b)
  expect(Math.abs((values[10_000] ?? 0) - 500)).toBeLessThan(15)
})

test('picks each index as often as its weight and never one of weight zero', () => {
  const random = createRandom(5)
  const cumulative = cumulate([0, 3, 0, 1])
  const picks = draws(40_000, () => pickIndex(cumulative, random()))
  expect([...new Set(picks)].sort()).toEqual([1, 3])
  expect(picks.filter((index) => index === 1).length / picks.length).toBeCloseTo(0.75, 1)
  expect(pickIndex(cumulative, 0)).toBe(1)
})
