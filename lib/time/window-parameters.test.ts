import { expect, test } from 'vitest'
import { resolveWindow } from './window'
import { windowParameters } from './window-parameters'

const FORMAT = 'expected a UTC day or an ISO 8601 time, such as 2026-11-20 or 2026-11-20T10:00:00Z'

test('a day is its start in UTC, so that days make a half-open window of whole days', () => {
  const window = resolveWindow(windowParameters.parse({ from: '2026-11-02', to: '2026-11-03' }), 0)
  expect(window).toEqual({
    fromMs: Date.parse('2026-11-02T00:00:00Z'),
    toMs: Date.parse('2026-11-03T00:00:00Z'),
  })
})

test('a day and a time with an offset go together', () => {
  const window = resolveWindow(
    windowParameters.parse({ from: '2026-11-02', to: '2026-11-02T12:00:00+02:00' }),
    0,
  )
  expect(window.toMs - window.fromMs).toBe(10 * 3_600_000)
})

test.each([
  [{}, ['period: give period, or from and to']],
  [{ period: '1y' }, ['period: expected one of 24h, 7d, 30d, 90d']],
  [{ from: '2026-13-01', to: '2026-01-01' }, [`from: ${FORMAT}`]],
  [{ from: 'yesterday', to: '2026-02-30' }, [`from: ${FORMAT}`, `to: ${FORMAT}`]],
  [{ from: '2026-11-02' }, ['to: from and to go together']],
  [{ to: '2026-11-02T10:00:00Z' }, ['from: from and to go together']],
  [{ from: '2026-11-03', to: '2026-11-02' }, ['to: expected a time after from']],
  [{ from: '2026-11-03', to: '2026-11-03T00:00:00Z' }, ['to: expected a time after from']],
])('%j is refused, the field named and nothing said twice', (parameters, expected) => {
  const issues = windowParameters.safeParse(parameters).error?.issues ?? []
  expect(issues.map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual(expected)
})
