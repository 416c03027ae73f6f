import { expect, test } from 'vitest'
import { readFormat, recordsOf } from '../../testing/read-format'
import { LOG, PUSHED } from './examples.fixture'

test('a log of the API is a request', () => {
  expect(recordsOf(readFormat('cloudflare', { result: [LOG], success: true }))).toMatchObject([
    {
      externalId: LOG.id,
      operation: 'chat',
      app: 'shop',
      endUser: 'u1',
      promptTokens: 30,
      completionTokens: 12,
      costSource: 'reported',
      attempts: [{ provider: 'workers-ai', httpStatus: 200, errorClass: null, durationMs: 1250 }],
    },
  ])
})

test('a pushed log is one too, and a failure has no tokens', () => {
  expect(recordsOf(readFormat('cloudflare', PUSHED))).toMatchObject([
    { app: 'prod', promptTokens: null, attempts: [{ httpStatus: 429, errorClass: 'rate_limited' }] },
  ])
})

test.each([
  ['v1/embeddings', 'embedding'],
  ['v1/images/generations', 'image'],
  ['v1/messages', 'chat'],
])('the path %s is an operation', (path, operation) => {
  expect(recordsOf(readFormat('cloudflare', { ...LOG, path }))).toMatchObject([{ operation }])
})
