import { expect, test } from 'vitest'
import { createLiveMask, createMask } from './mask-secrets'

const KEY = 'sk-live "7/9+ab"=='

test.each([
  [`Incorrect API key provided: ${KEY}.`, 'Incorrect API key provided: ….'],
  [`${KEY} and ${KEY}`, '… and …'],
  [JSON.stringify({ message: `Bearer ${KEY}` }), '{"message":"Bearer …"}'],
  [`https://a.example/?key=${encodeURIComponent(KEY)}&x=1`, 'https://a.example/?key=…&x=1'],
  ['nothing of it', 'nothing of it'],
])('%s', (text, masked) => {
  expect(createMask([KEY])(text)).toBe(masked)
})

test('of secrets within each other the longer one goes first', () => {
  expect(createMask(['abcdefgh', 'abcdefgh-ijkl'])('abcdefgh-ijkl, abcdefgh')).toBe('…, …')
})

test('what is too short to be a secret stays', () => {
  expect(createMask(['k', ''])('ok, thank you')).toBe('ok, thank you')
})

test('secrets that change are masked as they are now', () => {
  let token = 'first-token'
  const mask = createLiveMask(() => [token])
  expect(mask('first-token')).toBe('…')
  token = 'second-token'
  expect(mask('a second-token')).toBe('a …')
})
