import { expect, test } from 'vitest'
import { readCookie, sessionCookieName } from './session-cookie'

test.each([
  ['a=1; session=abc; b=2', 'abc'],
  ['session=abc==', 'abc=='],
  ['a=session=no', null],
  ['xsession=no', null],
  ['session', null],
  ['session=first; session=second', 'first'],
  ['', null],
  [null, null],
])('the header %j carries the session %j', (header, value) => {
  expect(readCookie({ header, name: 'session' })).toBe(value)
})

test('the cookie of an https site has a name that browsers keep to https', () => {
  expect(sessionCookieName({ isSecure: true })).toMatch(/^__Secure-/)
  expect(sessionCookieName({ isSecure: false })).not.toMatch(/^__/)
})
