import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeFrame, readFrames } from './frame'

const texts = fc.array(
  fc.jsonValue().map((value) => JSON.stringify(value)),
  { maxLength: 8 },
)

test('what is written is read, in order', () => {
  fc.assert(
    fc.property(texts, (written) => {
      const { frames, damagedBytes } = readFrames(Buffer.concat(written.map(encodeFrame)))
      expect(frames.map(({ text }) => text)).toEqual(written)
      expect(damagedBytes).toBe(0)
    }),
  )
})

test('a segment torn anywhere gives exactly the entries that were whole', () => {
  fc.assert(
    fc.property(texts, fc.nat(), (written, cut) => {
      const encoded = written.map(encodeFrame)
      const whole = Buffer.concat(encoded)
      const torn = whole.subarray(0, whole.length === 0 ? 0 : cut % whole.length)
      let end = 0
      const complete = written.filter((_, index) => {
        end += encoded[index]?.length ?? 0
        return end <= torn.length
      })
      expect(readFrames(torn).frames.map(({ text }) => text)).toEqual(complete)
    }),
  )
})

test('one damaged byte costs the entry it is in and no other', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.nat().map((value) => JSON.stringify({ value })),
        { minLength: 1, maxLength: 5 },
      ),
      fc.nat(),
      (written, position) => {
        const encoded = written.map(encodeFrame)
        const whole = Buffer.concat(encoded)
        const at = position % whole.length
        // Not a line break: that would also join or split entries.
        if (whole[at] === 0x0a) return
        whole[at] = (whole[at] ?? 0) === 0x58 ? 0x59 : 0x58
        let end = 0
        const intact = written.filter((_, index) => {
          const start = end
          end += encoded[index]?.length ?? 0
          return at < start || at >= end
        })
        expect(readFrames(whole).frames.map(({ text }) => text)).toEqual(intact)
      },
    ),
  )
})
