import { expect, test } from 'vitest'
import { inputToConnect, isInsideAddress, isKeyInClear, toBody } from './provider-input'

test('a key that nobody touched is left out, so that it stays', () => {
  const input = inputToConnect(null, 'helios')
  expect(toBody(input)).not.toHaveProperty('apiKey')
  expect(toBody({ ...input, key: { kind: 'replace', apiKey: 'sk-1' } })).toMatchObject({ apiKey: 'sk-1' })
  expect(toBody({ ...input, key: { kind: 'forget' } })).toMatchObject({ apiKey: null })
})

test('the private network follows the address until somebody says otherwise', () => {
  const input = inputToConnect(null, null)
  expect(toBody(input)).not.toHaveProperty('allowPrivateNetwork')
  expect(toBody({ ...input, allowPrivateNetwork: false })).toMatchObject({ allowPrivateNetwork: false })
})

test.each([
  ['http://127.0.0.1:9801/v1', true, false],
  ['http://localhost:11434/v1', true, false],
  ['http://10.0.0.5/v1', true, false],
  ['http://[::1]/v1', true, false],
  ['https://api.example.com/v1', false, false],
  ['http://api.example.com/v1', false, true],
  ['http://93.184.215.14/v1', false, true],
  ['https://', false, false],
  ['', false, false],
])('%s is inside: %s, carries a key in clear: %s', (baseUrl, inside, inClear) => {
  expect(isInsideAddress(baseUrl)).toBe(inside)
  expect(isKeyInClear(baseUrl)).toBe(inClear)
})
