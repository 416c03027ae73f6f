import { expect, test } from 'vitest'
import { withClientKey } from './client-key'

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

test.each<[string | null, string | null, string | null]>([
  [basic('pk-lf-anything:sg_1'), null, 'Bearer sg_1'],
  [basic('sg_1:'), null, 'Bearer sg_1'],
  [basic('pk:sg:with:colons'), null, 'Bearer sg:with:colons'],
  ['Bearer sg_1', 'sg_2', 'Bearer sg_1'],
  [null, 'sg_2', 'Bearer sg_2'],
  [null, null, null],
  ['Basic', null, 'Basic'],
])('%s and %s in the body are %s', (authorization, keyInBody, expected) => {
  const headers = new Headers(authorization === null ? {} : { authorization })
  expect(withClientKey(headers, keyInBody).get('authorization')).toBe(expected)
})

test('Helicone’s own header is one too', () => {
  const headers = new Headers({ 'helicone-auth': 'Bearer sg_1' })
  expect(withClientKey(headers, null).get('authorization')).toBe('Bearer sg_1')
})
