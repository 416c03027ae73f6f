import { expect, test } from 'vitest'
import { isJsonRequest, isSameOrigin } from './same-origin'

test.each<[Record<string, string>, boolean]>([
  [{ 'sec-fetch-site': 'same-origin' }, true],
  [{ 'sec-fetch-site': 'same-site' }, false],
  [{ 'sec-fetch-site': 'cross-site', origin: 'http://a.test', host: 'a.test' }, false],
  [{ 'sec-fetch-site': 'none' }, false],
  [{ origin: 'http://a.test:3000', host: 'a.test:3000' }, true],
  [{ origin: 'https://a.test', host: '127.0.0.1:3000', 'x-forwarded-host': 'a.test' }, true],
  [{ origin: 'http://b.test', host: 'a.test' }, false],
  [{ origin: 'null', host: 'a.test' }, false],
  [{ host: 'a.test' }, false],
])('a request with %j is from our own page: %s', (headers, expected) => {
  expect(isSameOrigin(new Headers(headers))).toBe(expected)
})

test.each<[Record<string, string>, boolean]>([
  [{ 'content-type': 'application/json' }, true],
  [{ 'content-type': 'Application/JSON; charset=utf-8' }, true],
  [{ 'content-type': 'application/merge-patch+json' }, true],
  [{ 'content-type': 'text/plain' }, false],
  [{ 'content-type': 'application/x-www-form-urlencoded' }, false],
  [{}, false],
])('a body declared by %j counts as JSON: %s', (headers, expected) => {
  expect(isJsonRequest(new Headers(headers))).toBe(expected)
})
