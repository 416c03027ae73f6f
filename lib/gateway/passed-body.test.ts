import { expect, test } from 'vitest'
import { readPassedBody } from './passed-body'

const NOTHING = new Set<string>()

test('a JSON body keeps everything but the model and the gateway’s own fields', () => {
  const bytes = Buffer.from(
    '{"input":["a"],"model":"acme/embed","provider":{"only":["helios"]},"id":12345678901234567890}',
  )
  const body = readPassedBody(bytes, 'application/json', new Set(['model', 'provider']))
  expect(body?.fields.model).toBe('acme/embed')
  expect(body?.withModel('embed-3').toString()).toBe(
    '{"model":"embed-3","input":["a"],"id":12345678901234567890}',
  )
})

test('of a form only the model’s bytes change', () => {
  const file = Buffer.from([0, 1, 2, 253, 254, 255, 13, 10, 45, 45])
  const form = (model: string) =>
    Buffer.concat([
      Buffer.from('--xx\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n'),
      file,
      Buffer.from(`\r\n--xx\r\ncontent-disposition: form-data; name="model"\r\n\r\n${model}\r\n--xx--\r\n`),
    ])
  const body = readPassedBody(form('acme/whisper'), 'multipart/form-data; boundary=xx', NOTHING)
  expect(body?.fields).toEqual({ model: 'acme/whisper' })
  expect(body?.withModel('whisper-large-v3')).toEqual(form('whisper-large-v3'))
})

test.each([
  ['no JSON', 'not json', 'application/json'],
  ['a list', '[]', 'application/json'],
  [
    'a form without a model',
    '--xx\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--xx--',
    'multipart/form-data; boundary="xx"',
  ],
  [
    'half a form',
    '--xx\r\nContent-Disposition: form-data; name="model"\r\n\r\nacme',
    'multipart/form-data; boundary=xx',
  ],
])('%s is nothing to pass on', (_, text, contentType) => {
  expect(readPassedBody(Buffer.from(text), contentType, NOTHING)).toBeNull()
})
