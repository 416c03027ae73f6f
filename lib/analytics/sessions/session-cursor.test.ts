import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSessionCursor, toSessionCursor } from './session-cursor'

test('a cursor reads back as the position it stands for', () => {
  const position = fc.record({
    lastAtMs: fc.integer({ min: 0, max: 4_102_444_800_000 }),
    sessionId: fc.string(),
  })
  fc.assert(
    fc.property(position, (one) => {
      expect(parseSessionCursor(toSessionCursor(one))).toEqual(one)
    }),
  )
})

test.each(['', 'x', '.', 'mc5xk', 'mc5xk.a b', '../../etc/passwd', 'zzzzzzzzzzz.YQ', 'mc5xk.AA'])(
  '%j is no cursor',
  (word) => {
    expect(parseSessionCursor(word)).toBeNull()
  },
)
