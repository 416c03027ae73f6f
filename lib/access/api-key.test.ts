import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  apiKeyPrefix,
  createApiKeySecret,
  hashApiKey,
  pickCharacters,
  readBearerKey,
  readRequestKey,
} from './api-key'
import { createReadablePassword } from './readable-password'

test('a new key is sg_ and 40 base62 characters, another each time', () => {
  const keys = Array.from({ length: 100 }, () => createApiKeySecret(randomBytes))
  for (const key of keys) expect(key).toMatch(/^sg_[0-9A-Za-z]{40}$/)
  expect(new Set(keys).size).toBe(100)
})

test('bytes that would favour the first characters are dropped', () => {
  const sources = [Uint8Array.of(255, 248, 247), Uint8Array.of(0, 61, 62)]
  const fromList = () => sources.shift() ?? Uint8Array.of(1)
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  expect(pickCharacters({ alphabet, count: 4, randomBytes: fromList })).toBe('z0z0')
})

test('a key is kept as the SHA-256 of its text', () => {
  expect(hashApiKey('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('a list shows eight characters of a key, and never more than half of it', () => {
  expect(apiKeyPrefix('sg_0123456789')).toBe('sg_012')
  expect(apiKeyPrefix(`sg_${'x'.repeat(40)}`)).toBe('sg_xxxxx')
  expect(apiKeyPrefix('password')).toBe('pass')
})

test.each([
  ['Bearer sg_1', 'sg_1'],
  ['bearer   sg_1  ', 'sg_1'],
  ['Bearer two words', 'two words'],
  ['Bearer', null],
  ['Bearer ', null],
  ['Basic dTpw', null],
  ['sg_1', null],
  ['', null],
  [null, null],
])('the Authorization header %j carries the key %j', (header, key) => {
  expect(readBearerKey(header)).toBe(key)
})

test('x-api-key and x-goog-api-key count when there is no Authorization header', () => {
  expect(readRequestKey(new Headers({ 'x-api-key': ' sg_1 ' }))).toBe('sg_1')
  expect(readRequestKey(new Headers({ 'x-goog-api-key': 'sg_1' }))).toBe('sg_1')
  expect(readRequestKey(new Headers({ 'x-api-key': 'sg_1', authorization: 'Bearer sg_2' }))).toBe('sg_2')
  expect(readRequestKey(new Headers({ 'x-api-key': 'sg_1', authorization: 'Basic x' }))).toBeNull()
  expect(readRequestKey(new Headers())).toBeNull()
})

test('a made-up password can be read out and typed', () => {
  expect(createReadablePassword(randomBytes)).toMatch(
    /^([bdfgklmnprstvz][aeiou]){2}(-([bdfgklmnprstvz][aeiou]){2}){3}-[2-9]{4}$/,
  )
})
