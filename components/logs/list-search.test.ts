import { expect, test } from 'vitest'
import { isNarrowed, listSearch } from './list-search'
import { requestPath } from './logs-path'

test.each([
  ['', '', false],
  ['period=30d', 'period=30d', false],
  [
    'from=2026-05-01T00:00:00.000Z&to=2026-05-02T00:00:00.000Z',
    'from=2026-05-01T00%3A00%3A00.000Z&to=2026-05-02T00%3A00%3A00.000Z',
    false,
  ],
  ['period=7d&provider=helios&status=error', 'period=7d&provider=helios&status=error', true],
  ['model=acme%2Fatlas&tool=get+weather', 'model=acme%2Fatlas&tool=get+weather', true],
  ['view=sessions&utm=x&app=&verdict=bad', 'verdict=bad', true],
])('of "%s" the way back keeps "%s"', (search, kept, narrowed) => {
  expect(listSearch(new URLSearchParams(search))).toBe(kept)
  expect(isNarrowed(kept)).toBe(narrowed)
})

test('a request carries along the list it was opened from', () => {
  expect(requestPath('abc-1')).toBe('/logs/abc-1')
  expect(requestPath('abc-1', 'provider=helios')).toBe('/logs/abc-1?provider=helios')
})
