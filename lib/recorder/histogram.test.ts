import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  histogramBin,
  histogramEntries,
  histogramQuantile,
  histogramValue,
  readHistogram,
  readSentHistograms,
} from './histogram'

/** Entries of a histogram of some values, as Postgres keeps them. */
function entriesOf(values: readonly number[]): number[] {
  const countByBin = new Map<number, number>()
  for (const value of values) {
    const bin = histogramBin(value)
    countByBin.set(bin, (countByBin.get(bin) ?? 0) + 1)
  }
  return histogramEntries(countByBin)
}

/** The nearest-rank quantile by its textbook definition. */
function exactQuantile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(1, Math.ceil(fraction * sorted.length)) - 1] ?? Number.NaN
}

/** From the smallest value that has a bin of its own to a week in milliseconds, evenly over the magnitudes. */
const value = fc.double({ min: Math.log(0.001), max: Math.log(604_800_000), noNaN: true }).map(Math.exp)
const values = fc.array(value, { minLength: 1, maxLength: 60 })
const fraction = fc.oneof(
  fc.constantFrom(0, 0.5, 0.75, 0.95, 0.99, 1),
  fc.double({ min: 0, max: 1, noNaN: true }),
)
const counts = fc
  .array(fc.tuple(fc.integer({ min: -200, max: 1000 }), fc.integer({ min: 1, max: 2 ** 39 - 1 })), {
    maxLength: 20,
  })
  .map((pairs) => new Map(pairs))

const inOrder = (countByBin: ReadonlyMap<number, number>) => [...countByBin].sort(([a], [b]) => a - b)

/** A bigint[] as PostgreSQL's `array_send` writes it. */
function sendArray(entries: readonly number[]): Buffer {
  const int8 = 20
  const head = entries.length === 0 ? [0, 0, int8] : [1, 0, int8, entries.length, 1]
  const sent = Buffer.alloc(4 * head.length + 12 * entries.length)
  for (const [index, value] of head.entries()) sent.writeInt32BE(value, 4 * index)
  for (const [index, entry] of entries.entries()) {
    const at = 4 * head.length + 12 * index
    sent.writeInt32BE(8, at)
    sent.writeBigInt64BE(BigInt(entry), at + 4)
  }
  return sent
}

describe('quantiles', () => {
  test('are within 2 % of the exact ones', () => {
    fc.assert(
      fc.property(values, fraction, (all, at) => {
        const exact = exactQuantile(all, at)
        const read = histogramQuantile(entriesOf(all), at) ?? Number.NaN
        expect(Math.abs(read - exact) / exact).toBeLessThanOrEqual(0.02)
      }),
      { numRuns: 500 },
    )
  })

  test('rise with the fraction', () => {
    fc.assert(
      fc.property(values, fraction, fraction, (all, a, b) => {
        const entries = entriesOf(all)
        const low = histogramQuantile(entries, Math.min(a, b)) ?? Number.NaN
        expect(low).toBeLessThanOrEqual(histogramQuantile(entries, Math.max(a, b)) ?? Number.NaN)
      }),
    )
  })

  test('of nothing are unknown', () => {
    expect(histogramQuantile([], 0.5)).toBeNull()
  })

  test('of one value are that value at every fraction', () => {
    const entries = entriesOf([250])
    for (const at of [0, 0.5, 1])
      expect(histogramQuantile(entries, at)).toBe(histogramValue(histogramBin(250)))
  })

  test.each([
    [0.5, 10],
    [0.9, 10],
    [0.91, 1000],
    [1, 1000],
  ])('nine fast and one slow: the %d quantile is about %d', (at, about) => {
    const read = histogramQuantile(entriesOf([...Array(9).fill(10), 1000]), at) ?? Number.NaN
    expect(Math.abs(read - about) / about).toBeLessThanOrEqual(0.02)
  })
})

describe('bins', () => {
  test.each([[0], [-5], [0.001], [0.0005]])('%d goes to the lowest bin', (small) => {
    expect(histogramBin(small)).toBe(histogramBin(0.001))
  })

  test('are in the order of their values, and a bin’s own value falls into it', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(histogramBin(Math.min(a, b))).toBeLessThanOrEqual(histogramBin(Math.max(a, b)))
        expect(histogramBin(histogramValue(histogramBin(a)))).toBe(histogramBin(a))
      }),
    )
  })
})

describe('entries', () => {
  test('read back as the counts they were made of, and are exact integers', () => {
    fc.assert(
      fc.property(counts, (countByBin) => {
        const entries = histogramEntries(countByBin)
        expect(entries.every(Number.isSafeInteger)).toBe(true)
        expect([...readHistogram(entries)]).toEqual(inOrder(countByBin))
      }),
    )
  })

  test('put behind one another are the histogram of all values together', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const together = readHistogram([...entriesOf(a), ...entriesOf(b)])
        expect([...together]).toEqual([...readHistogram(entriesOf([...a, ...b]))])
      }),
    )
  })

  test('sent as Postgres sends arrays are the same histogram', () => {
    fc.assert(
      fc.property(fc.array(fc.array(value, { maxLength: 30 }), { maxLength: 4 }), (parts) => {
        const read = readSentHistograms(Buffer.concat(parts.map(entriesOf).map(sendArray)))
        expect([...readHistogram(read)]).toEqual([...readHistogram(entriesOf(parts.flat()))])
      }),
    )
  })

  test('give the same quantile in whatever order and pieces they come', () => {
    const pieces = fc
      .array(values, { minLength: 1, maxLength: 5 })
      .chain((parts) => fc.tuple(fc.constant(parts), fc.shuffledSubarray(parts, { minLength: parts.length })))
    fc.assert(
      fc.property(pieces, fraction, ([parts, shuffled], at) => {
        const whole = histogramQuantile(entriesOf(parts.flat()), at)
        expect(histogramQuantile(shuffled.flatMap(entriesOf), at)).toBe(whole)
      }),
    )
  })
})
