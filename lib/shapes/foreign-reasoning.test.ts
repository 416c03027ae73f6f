import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callIdFor, readCallId } from './call-id'
import { openReasoning, sealReasoning } from './foreign-reasoning'
import { REASONING_FORMATS, type ReasoningPart } from './hub'

const text = fc.string({ unit: 'grapheme' })
const part: fc.Arbitrary<ReasoningPart> = fc.record(
  {
    type: fc.constant('reasoning' as const),
    kind: fc.constantFrom('text' as const, 'summary' as const, 'encrypted' as const),
    text,
    signature: fc.option(text, { nil: null }),
    id: fc.option(text, { nil: null }),
    format: fc.constantFrom(...REASONING_FORMATS),
    via: fc.constant('reasoning_details' as const),
  },
  { requiredKeys: ['type', 'kind', 'text', 'signature', 'id', 'format'] },
)

test('what was sealed is opened as it was, and is safe in a URL or an id', () => {
  fc.assert(
    fc.property(part, (given) => {
      const sealed = sealReasoning(given)
      expect(openReasoning(sealed)).toEqual(given)
      expect(sealed).toMatch(/^sg1\.[\w-]+$/)
    }),
  )
})

test.each(['', 'sig', 'unsigned', 'sg1.', 'sg1.!!!', 'sg1.e30', 'sg1.bnVsbA'])(
  '%j is none of ours',
  (signature) => {
    expect(openReasoning(signature)).toBeNull()
  },
)

test('a thought signature travels in the id of its call and comes back, whatever the id', () => {
  fc.assert(
    fc.property(text, fc.option(text, { nil: null }), (id, thoughtSignature) => {
      fc.pre(!id.includes('__sgts_'))
      const given = { id, thoughtSignature }
      expect(readCallId(callIdFor(given))).toEqual(given)
    }),
  )
  expect(callIdFor({ id: 'call_1', thoughtSignature: 'a+/=' })).toBe('call_1__sgts_YSsvPQ')
})
