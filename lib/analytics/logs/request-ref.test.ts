import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRequestRef, toRequestRef } from './request-ref'

test('a reference reads back as the request it names', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), fc.uuid(), (startedAtMs, id) => {
      expect(parseRequestRef(toRequestRef({ startedAtMs, id }))).toEqual({ startedAtMs, id })
    }),
  )
})

test.each([
  '',
  'x',
  '-00000000-0000-4000-8000-000000000000',
  'mc5xk-0000',
  '../../etc/passwd',
  'zzzzzzzzzzz-00000000-0000-4000-8000-000000000000',
])('%j is no reference', (ref) => {
  expect(parseRequestRef(ref)).toBeNull()
})
