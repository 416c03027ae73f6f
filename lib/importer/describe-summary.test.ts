import { expect, test } from 'vitest'
import { describeSummary } from './describe-summary'

const clean = {
  rowsRead: 19_366,
  accepted: 19_000,
  amended: 0,
  duplicates: 366,
  ignored: 0,
  rejectedCount: 0,
  rejections: [],
  warnings: [],
  ignoredColumns: [],
}

test('adds up an import without rejections', () => {
  expect(describeSummary({ path: 'conv.csv', summary: clean, elapsedMs: 2000 })).toBe(
    [
      'Read        19,366 rows from conv.csv',
      'Accepted    19,000',
      'Amended          0',
      'Duplicates     366 (already there; nothing changed)',
      'Rejected         0',
      'Took        2.0 s (9,683 rows/s)',
    ].join('\n'),
  )
})

test('shows the first twenty rejections with line and reason, and how many more', () => {
  const rejections = Array.from({ length: 25 }, (_, index) => ({
    line: index + 2,
    errors: [{ path: 'promptTokens', message: 'expected a whole number' }],
  }))
  const text = describeSummary({
    path: 'conv.csv',
    summary: { ...clean, rejectedCount: 1025, rejections, warnings: ['unknown field: x'] },
    elapsedMs: 1,
  })
  expect(text).toContain('Warning: unknown field: x')
  expect(text).toContain('\n  line 2: promptTokens: expected a whole number\n')
  expect(text).toContain('  line 21:')
  expect(text).not.toContain('  line 22:')
  expect(text.endsWith('… and 1,005 more')).toBe(true)
})
