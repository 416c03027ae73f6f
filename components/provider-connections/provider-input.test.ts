import { expect, test } from 'vitest'
import {
  inputToConnect,
  isInsideAddress,
  isKeyInClear,
  NO_ENTRY,
  type ProviderInput,
  toBody,
} from './provider-input'

test('a key that nobody touched is left out, so that it stays', () => {
  const input = inputToConnect(null, 'helios')
  expect(toBody(input)).not.toHaveProperty('apiKey')
  expect(
    toBody({ ...input, key: { kind: 'replace', entry: { ...NO_ENTRY, apiKey: 'sk-1' } } }),
  ).toMatchObject({ apiKey: 'sk-1' })
  expect(toBody({ ...input, key: { kind: 'forget' } })).toMatchObject({ apiKey: null })
})

test.each<[string, Partial<ProviderInput>, Record<string, unknown>]>([
  ['a template’s own way', { authScheme: 'api-key' }, { authScheme: 'api-key' }],
  [
    'the shape’s own way',
    { authScheme: '' },
    { authScheme: null, region: null, apiVersion: null, headers: {}, query: {} },
  ],
  [
    'AWS credentials',
    {
      authScheme: 'aws-sigv4',
      region: 'eu-west-1',
      key: { kind: 'replace', entry: { ...NO_ENTRY, accessKeyId: 'AKID', secretAccessKey: 's' } },
    },
    { region: 'eu-west-1', awsCredentials: { accessKeyId: 'AKID', secretAccessKey: 's' } },
  ],
  [
    'a key file',
    {
      authScheme: 'google-service-account',
      key: { kind: 'replace', entry: { ...NO_ENTRY, apiKey: 'left over', serviceAccountKey: '{}' } },
    },
    { serviceAccountKey: '{}' },
  ],
  ['headers', { headers: 'A: b', query: 'c: d' }, { headers: { A: 'b' }, query: { c: 'd' } }],
])('%s is sent', (_what, over, body) => {
  expect(toBody({ ...inputToConnect(null, 'helios'), ...over })).toMatchObject(body)
})

test('credentials of another way of signing in are not sent', () => {
  const entry = { ...NO_ENTRY, apiKey: 'sk-1', serviceAccountKey: '{}', accessKeyId: 'AKID' }
  const input: ProviderInput = { ...inputToConnect(null, 'helios'), key: { kind: 'replace', entry } }
  expect(Object.keys(toBody({ ...input, authScheme: 'none' }))).not.toContain('apiKey')
  expect(toBody({ ...input, authScheme: 'google-service-account' })).not.toHaveProperty('apiKey')
  expect(toBody({ ...input, authScheme: 'aws-sigv4' })).not.toHaveProperty('serviceAccountKey')
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
