import { describe, expect, test } from 'vitest'
import { openaiChat } from './shape'

const problem = {
  status: 401,
  type: 'authentication',
  message: 'This API key is unknown or revoked.',
} as const

test('an error carries status, type and sentence, and a provider’s own code where clients read it', () => {
  expect(openaiChat.errorBody(problem, null)).toEqual({
    error: {
      code: 401,
      message: 'This API key is unknown or revoked.',
      metadata: { error_type: 'authentication' },
    },
  })
  expect(openaiChat.errorBody({ ...problem, code: 'context_length_exceeded' }, { attempt: 1 })).toMatchObject(
    {
      error: { code: 'context_length_exceeded' },
      openrouter_metadata: { attempt: 1 },
    },
  )
})

test('a base URL ends before /chat/completions, with or without a slash', () => {
  const url = (baseUrl: string) => openaiChat.requestUrl({ baseUrl, upstreamModel: 'm', isStream: false })
  expect(url('https://a.example/v1')).toBe('https://a.example/v1/chat/completions')
  expect(url('https://a.example/v1/')).toBe('https://a.example/v1/chat/completions')
  expect(openaiChat.modelListUrl('https://a.example/v1')).toBe('https://a.example/v1/models')
})

test.each([
  [{ data: [{ id: 'a' }, {}, { id: 'b' }] }, ['a', 'b']],
  [[{ id: 'a' }], ['a']],
  [null, []],
])('the models of %j are %j', (body, names) => {
  expect(openaiChat.readModelList(body)).toEqual(names)
})

test('an answer is handed on under our id with provider and cost, the rest stays', () => {
  const identity = { id: 'gen-1', model: 'acme/atlas', providerName: 'Helios', createdSeconds: 1 }
  const body = { id: 'up', model: 'x', choices: [], usage: { prompt_tokens: 1 }, x: 1 }
  expect(openaiChat.stampAnswer(body, identity, { costUsd: 0.5, metadata: { a: 1 } })).toEqual({
    id: 'gen-1',
    model: 'acme/atlas',
    provider: 'Helios',
    choices: [],
    system_fingerprint: null,
    usage: { prompt_tokens: 1, cost: 0.5 },
    x: 1,
    openrouter_metadata: { a: 1 },
  })
})

describe('inspectRequest', () => {
  test('tells what the gateway decides by', () => {
    const facts = openaiChat.inspectRequest({
      messages: [{ role: 'tool', tool_call_id: 'c', content: '1' }],
      stream: true,
      tools: [{ type: 'function', function: { name: 'a', parameters: { type: 'object' } } }],
      functions: [{ name: 'b' }],
      max_tokens: 5,
      max_completion_tokens: 7,
      reasoning_effort: 'low',
      user: 'u',
      prompt_cache_key: 'k',
      response_format: { type: 'json_object' },
    })
    expect(facts).toMatchObject({
      isStream: true,
      offeredTools: [{ name: 'a' }, { name: 'b' }],
      parameters: ['tools', 'max_tokens', 'max_completion_tokens', 'reasoning', 'response_format'],
      maxTokens: 7,
      endUser: 'u',
      promptCacheKey: 'k',
      responseFormat: { type: 'json_object' },
      hasToolResults: true,
    })
  })

  test('no tools are none, what cannot be read is unknown', () => {
    const offered = (body: object) => openaiChat.inspectRequest({ messages: [], ...body }).offeredTools
    expect([offered({}), offered({ tools: null }), offered({ tools: [7] })]).toEqual([[], [], null])
  })
})
