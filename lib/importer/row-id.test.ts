import { expect, test } from 'vitest'
import { fileFingerprint, rowId } from './row-id'

const fingerprint = fileFingerprint('a,b', '1,2')

test('gives the same row the same id', () => {
  expect(rowId({ fingerprint, line: 2, text: '1,2' })).toBe(rowId({ fingerprint, line: 2, text: '1,2' }))
})

test('tells equal rows on different lines apart', () => {
  expect(rowId({ fingerprint, line: 2, text: '1,2' })).not.toBe(rowId({ fingerprint, line: 3, text: '1,2' }))
})

test('tells the same line of files that begin differently apart', () => {
  const other = fileFingerprint('a,b', '1,3')
  expect(rowId({ fingerprint, line: 5, text: '1,2' })).not.toBe(
    rowId({ fingerprint: other, line: 5, text: '1,2' }),
  )
})
