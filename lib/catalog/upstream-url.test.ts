import { expect, test } from 'vitest'
import type { ApiShape } from '../records/vocabulary'
import { completionUrl, modelListUrl, shapeHeaders } from './upstream-url'

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
  expect(completionUrl({ apiShape, baseUrl, upstreamModel: 'm', isStream: false })).toBe(completion)
  expect(modelListUrl({ apiShape, baseUrl })).toBe(models)
})

test('the model stands in the path where the base URL says so', () => {
  const baseUrl = 'https://a.example/openai/deployments/{model}'
  expect(
    completionUrl({ apiShape: 'openai-chat', baseUrl, upstreamModel: 'gpt/5 mini', isStream: false }),
  ).toBe('https://a.example/openai/deployments/gpt%2F5%20mini/chat/completions')
})

test('messages say their version', () => {
  expect(shapeHeaders('openai-chat')).toEqual({})
  expect(shapeHeaders('anthropic-messages')).toEqual({ 'anthropic-version': '2023-06-01' })
})
