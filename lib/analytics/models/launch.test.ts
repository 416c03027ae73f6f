import { expect, test } from 'vitest'
import { launchOf } from './launch'

const RELEASED = Date.parse('2024-02-29T00:00:00Z')
const FIRST = Date.parse('2024-03-01T23:59:59Z')

test.each([
  ['an operator gave a day', RELEASED, FIRST, '2024-02-29', 'catalog'],
  ['it has no request yet', RELEASED, null, '2024-02-29', 'catalog'],
  ['nobody gave a day', null, FIRST, '2024-03-01', 'first_seen'],
  ['neither is known', null, null, null, null],
])('when %s', (_case, releasedOnMs, firstRequestMs, launchedOn, launchSource) => {
  expect(launchOf({ releasedOnMs, firstRequestMs })).toEqual({ launchedOn, launchSource })
})
