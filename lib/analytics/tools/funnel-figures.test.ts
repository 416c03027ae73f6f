import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addFunnelSums, type FunnelSums, funnelFigures } from './funnel-figures'

const sums = (
  requests: number,
  [toolsKnown = 0, toolsOffered = 0, toolsUsed = 0, finished = 0]: number[],
) => ({
  ...{ requests, toolsKnown, toolsOffered, toolsUsed, finishedByToolCall: finished },
})

describe('funnelFigures', () => {
  test.each<[string, FunnelSums, [number | null, number | null, number | null], number]>([
    ['nothing logged', sums(0, [0]), [null, null, null], 0],
    ['tools never known', sums(7, [0]), [null, null, null], 7],
    ['nobody offered tools', sums(4, [4, 0, 0, 0]), [0, null, 0], 0],
    ['one request that ended by a tool call', sums(1, [1, 1, 1, 1]), [1, 1, 1], 0],
    // 55 % × 83 % = 46 %: the figures of the talk are one funnel.
    ['the talk’s proportions', sums(2150, [2000, 1100, 913, 913]), [0.55, 0.83, 0.4565], 150],
  ])('%s', (_case, given, [offeredShare, usedShare, finishedShare], unknownRequests) => {
    expect(funnelFigures(given)).toMatchObject({ offeredShare, usedShare, finishedShare, unknownRequests })
  })

  test('counts as requests only those whose tools are known', () => {
    expect(funnelFigures(sums(10, [6, 3, 2, 1]))).toEqual({
      requests: 6,
      offered: 3,
      used: 2,
      finishedByToolCall: 1,
      offeredShare: 0.5,
      usedShare: 2 / 3,
      finishedShare: 1 / 6,
      unknownRequests: 4,
    })
  })
})

test('addFunnelSums adds each step, so that a share of many buckets is no average of their shares', () => {
  const part = fc.nat(1_000_000)
  const sumsOf = fc.tuple(part, part, part, part, part).map(([requests, ...steps]) => sums(requests, steps))
  fc.assert(
    fc.property(fc.array(sumsOf), (all) => {
      const total = addFunnelSums(all)
      for (const name of [
        'requests',
        'toolsKnown',
        'toolsOffered',
        'toolsUsed',
        'finishedByToolCall',
      ] as const) {
        expect(total[name]).toBe(all.reduce((sum, one) => sum + one[name], 0))
      }
    }),
  )
  expect(addFunnelSums([])).toEqual(sums(0, [0, 0, 0, 0]))
})
