import { expect, test } from 'vitest'
import { httpStatusInText } from './http-status-in-text'

test.each([
  ["Error code: 402 - {'error': {'message': 'Insufficient credits'}}", 402],
  ['Error: 429 slow', 429],
  ['Error: 429 Too Many Requests', 429],
  ['429 Rate limit reached for gpt-4o', 429],
  ['429 Rate limit', 429],
  ['503 overloaded', 503],
  ['529 {"type":"error","error":{"type":"overloaded_error"}}', 529],
  ['401 Incorrect API key provided', 401],
  ['400 status code (no body)', 400],
  ['Request failed with status code 503', 503],
  ['Response status: 500', 500],
  ['HTTP/1.1 502 Bad Gateway', 502],
  ['HTTP 504', 504],
  ['got status: 429. {"error":{"code":429}}', 429],
  ['404', 404],
])('%s says %d', (text, status) => {
  expect(httpStatusInText(text)).toBe(status)
})

test.each([
  '150 tools were given, at most 128 are allowed',
  '500 images at most can be sent in one message',
  '429000 tokens are too many',
  'You asked for 450 tokens',
  'maximum context length is 400 tokens',
  'error in 3 of 500 rows',
  '',
])('%s says none', (text) => {
  expect(httpStatusInText(text)).toBeNull()
})

test('nothing says none', () => {
  expect(httpStatusInText(null)).toBeNull()
})
