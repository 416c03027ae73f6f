import { expect, test } from 'vitest'
import type { ApiShape } from '../records/vocabulary'
import { completionUrl, keyHeaders, modelListUrl } from './upstream-url'

test.each<[ApiShape, string, string, string]>([
  [
    'openai-chat',
    'https://a.example/v1',
    'https://a.example/v1/chat/completions',
    'https://a.example/v1/models',
  ],
  [
    'openai-chat',
    'https://a.example/v1/',
    'https://a.example/v1/chat/completions',
    'https://a.example/v1/models',
  ],
  ['openai-chat', 'https://a.example', 'https://a.example/chat/completions', 'https://a.example/models'],
  ['anthropic-messages', 'https://a.example', 'https://a.example/v1/messages', 'https://a.example/v1/models'],
  [
    'anthropic-messages',
    'https://a.example/v1',
    'https://a.example/v1/messages',
    'https://a.example/v1/models',
  ],
  [
    'anthropic-messages',
    'https://a.example/proxy/',
    'https://a.example/proxy/v1/messages',
    'https://a.example/proxy/v1/models',
  ],
])('%s at %s', (apiShape, baseUrl, completion, models) => {
  expect(completionUrl({ apiShape, baseUrl })).toBe(completion)
  expect(modelListUrl({ apiShape, baseUrl })).toBe(models)
})

test('a key goes where its shape looks for it, and no header is made up without one', () => {
  expect(keyHeaders({ apiShape: 'openai-chat', apiKey: 'k' })).toEqual({ authorization: 'Bearer k' })
  expect(keyHeaders({ apiShape: 'openai-chat', apiKey: null })).toEqual({})
  expect(keyHeaders({ apiShape: 'anthropic-messages', apiKey: 'k' })).toEqual({
    'anthropic-version': '2023-06-01',
    'x-api-key': 'k',
  })
  expect(keyHeaders({ apiShape: 'anthropic-messages', apiKey: null })).toEqual({
    'anthropic-version': '2023-06-01',
  })
})
