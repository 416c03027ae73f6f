import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { costOfAttempts, costOfLastAttempt } from './attempt-costs'

const costs = (...values: (number | null)[]) => values.map((costMicroUsd) => ({ costMicroUsd }))

describe('a request costs what its attempts did', () => {
  test.each<[(number | null)[], number | null]>([
    [[300], 300],
    [[200, 300], 500],
    [[null, 300], 300],
    [[200, null], 200],
    [[null, null], null],
    [[0, null], 0],
    [[], null],
  ])('%j: %s', (values, total) => {
    expect(costOfAttempts(costs(...values))).toBe(total)
  })
})

describe('the last attempt costs what the others leave', () => {
  test.each<[number | null, (number | null)[], number | null]>([
    [300, [], 300],
    [500, [200], 300],
    [500, [null], 500],
    [0, [0, null], 0],
    [200, [200], null],
    [100, [200], null],
    [null, [200], null],
  ])('of %s after %j: %s', (total, earlier, last) => {
    expect(costOfLastAttempt(total, costs(...earlier, 777))).toBe(last)
  })

  test('and all of them add up to the request’s cost again', () => {
    const cost = fc.option(fc.nat(1_000_000))
    fc.assert(
      fc.property(fc.array(cost), cost, (earlier, last) => {
        const total = costOfAttempts(costs(...earlier, last))
        const told = costOfLastAttempt(total, costs(...earlier, total))
        expect(costOfAttempts(costs(...earlier, told))).toBe(total)
      }),
    )
  })
})
