import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCursor, toCursor } from './cursor'

test('a cursor reads back as the position it stands for', () => {
  const position = fc.record({
    startedAtMs: fc.integer({ min: 0, max: 4_102_444_800_000 }),
    id: fc.option(fc.uuid()),
  })
  fc.assert(
    fc.property(position, (one) => {
      expect(parseCursor(toCursor(one))).toEqual(one)
    }),
  )
})

test.each(['', 't', 'x', 't-1', 'T1', 'tmc5xk-', '../../etc/passwd', 't'.repeat(13), 'tzzzzzzzzzzz'])(
  '%j is no cursor',
  (word) => {
    expect(parseCursor(word)).toBeNull()
  },
)
