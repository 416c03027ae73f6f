import { expect, test } from 'vitest'
import { sortToolNames, type ToolNameSums, toToolNameRow } from './derive-tool-name'

const sums = (tool: string, verdicts: Partial<ToolNameSums>): ToolNameSums => ({
  ...{ tool, valid: 0, unknown: 0, invalid_json: 0, unknown_name: 0, schema_mismatch: 0 },
  ...verdicts,
})

test('a call that could not be checked is a call, but neither good nor bad', () => {
  const row = toToolNameRow(sums('search', { valid: 30, unknown: 100, invalid_json: 4, schema_mismatch: 6 }))
  expect(row).toMatchObject({ calls: 140, checkedCalls: 40, badCalls: 10, errorRate: 0.25 })
  expect(row.byClass).toEqual({ invalid_json: 4, unknown_name: 0, schema_mismatch: 6 })
})

test.each([
  [19, null],
  [20, 0],
])('of %i checked calls without a bad one the error rate is %s', (valid, errorRate) => {
  expect(toToolNameRow(sums('search', { valid })).errorRate).toBe(errorRate)
})

test('sorts by calls, or worst first with too small samples last', () => {
  const rows = [
    toToolNameRow(sums('clean', { valid: 500 })),
    toToolNameRow(sums('broken', { valid: 10, invalid_json: 10 })),
    toToolNameRow(sums('rare', { invalid_json: 3 })),
    toToolNameRow(sums('also rare', { invalid_json: 3 })),
  ]
  expect(sortToolNames(rows, 'calls').map(({ tool }) => tool)).toEqual([
    ...['clean', 'broken', 'also rare', 'rare'],
  ])
  expect(sortToolNames(rows, 'errorRate').map(({ tool }) => tool)).toEqual([
    ...['broken', 'clean', 'also rare', 'rare'],
  ])
})
