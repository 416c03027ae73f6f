import { expect, test } from 'vitest'
import { toRequestRef } from '@/lib/analytics/logs/request-ref'
import { requestTitle } from './request-title'

test.each([
  ['acme/atlas-120b', 'atlas-120b · 0b1f9c2e'],
  ['atlas', 'atlas · 0b1f9c2e'],
])('a request of %s is called %s', (model, title) => {
  const ref = toRequestRef({ startedAtMs: 1_795_000_000_000, id: '0b1f9c2e-1111-5222-8333-444455556666' })
  expect(requestTitle({ model, ref })).toBe(title)
})
