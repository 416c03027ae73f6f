import { expect, test } from 'vitest'
import { apiKeyParams, createApiKeyBody, settingsPatch } from './schema'
import { signInErrorMessage } from './sign-in-error'

test('scopes of a new key are kept once each, in one order', () => {
  const body = createApiKeyBody.parse({ name: ' CI ', scopes: ['read', 'ingest', 'read'] })
  expect(body).toEqual({ name: 'CI', scopes: ['ingest', 'read'] })
})

test.each([
  { name: '', scopes: ['read'] },
  { name: '   ', scopes: ['read'] },
  { name: 'a\0b', scopes: ['read'] },
  { name: 'x'.repeat(81), scopes: ['read'] },
  { name: 'a', scopes: [] },
  { name: 'a', scopes: ['root'] },
  { name: 'a', scopes: ['read'], admin: true },
  { name: 'a', scopes: ['gateway'], requestsPerMinute: 0 },
  { name: 'a', scopes: ['gateway'], requestsPerMinute: 1.5 },
  { name: 'a', scopes: ['gateway'], requestsPerMinute: 1_000_001 },
  { name: 'a', scopes: ['gateway'], requestsPerMinute: '60' },
  null,
])('the new key %j is refused', (body) => {
  expect(createApiKeyBody.safeParse(body).success).toBe(false)
})

test('only what an operator may change is taken as a setting', () => {
  expect(settingsPatch.safeParse({ publicRankings: false }).success).toBe(true)
  expect(settingsPatch.safeParse({ simulated: true }).success).toBe(false)
  expect(settingsPatch.safeParse({ publicRankings: 'yes' }).success).toBe(false)
})

test.each(['0', '-1', '1.5', 'abc', '2147483648', ''])('the key id %j names nothing', (id) => {
  expect(apiKeyParams.safeParse({ id }).success).toBe(false)
})

test('the sign-in page never repeats what stands in its address', () => {
  expect(signInErrorMessage('Send your password to evil@example.com')).toBe(
    'Signing in did not work. Try again.',
  )
  expect(signInErrorMessage('RateLimited')).toContain('five minutes')
})
