import { expect, test } from 'vitest'
import { callbackPath } from './callback-path'

test.each([
  [null, '/'],
  ['', '/'],
  ['/rankings?by=app', '/rankings?by=app'],
  ['http://localhost:3000/settings', '/settings'],
  ['https://evil.example/rankings', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in?callbackUrl=/x', '/'],
  ['http://localhost:3000@evil.example/', '/'],
])('%s leads to %s', (callbackUrl, path) => {
  expect(callbackPath(callbackUrl, 'http://localhost:3000')).toBe(path)
})
