import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordId } from './record-id'

const pair = fc.record({ source: fc.string({ unit: 'binary' }), externalId: fc.string({ unit: 'binary' }) })

describe('recordId', () => {
  test('is pinned: a changed id would count resent records twice', () => {
    expect(recordId({ source: 'my-gateway', externalId: 'req-1' })).toBe(
      '6de7523a-1844-5e11-b407-21f8665f0e4b',
    )
  })

  test('is a version 5 UUID with the RFC variant', () => {
    fc.assert(
      fc.property(pair, (input) => {
        expect(recordId(input)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        )
      }),
    )
  })

  test('keeps pairs apart whose concatenation is the same', () => {
    expect(recordId({ source: 'a', externalId: 'b:c' })).not.toBe(
      recordId({ source: 'a:b', externalId: 'c' }),
    )
    expect(recordId({ source: '1:a', externalId: 'b' })).not.toBe(
      recordId({ source: '1', externalId: 'a:b' }),
    )
  })

  test('gives the same id for the same pair', () => {
    fc.assert(fc.property(pair, (input) => recordId(input) === recordId({ ...input })))
  })
})
