import { describe, expect, test } from 'vitest'
import { anthropicMessages } from './shape'

test('an error carries status, type and sentence, and a provider’s own code', () => {
  const problem = {
    status: 401,
    type: 'authentication',
    message: 'This API key is unknown or revoked.',
  } as const
  expect(anthropicMessages.errorBody(problem, null)).toEqual({
    type: 'error',
    error: {
      type: 'authentication_error',
      message: 'This API key is unknown or revoked.',
      metadata: { error_type: 'authentication', code: 401 },
    },
  })
  expect(anthropicMessages.errorBody({ ...problem, code: 'x' }, { attempt: 1 })).toMatchObject({
    error: { metadata: { code: 'x' } },
    openrouter_metadata: { attempt: 1 },
  })
})

test('a base URL stands before the version, or after it', () => {
  const url = (baseUrl: string) =>
    anthropicMessages.requestUrl({ baseUrl, upstreamModel: 'm', isStream: false })
  expect(url('https://a.example/')).toBe('https://a.example/v1/messages')
  expect(url('https://a.example/v1')).toBe('https://a.example/v1/messages')
  expect(anthropicMessages.modelListUrl('https://a.example')).toBe('https://a.example/v1/models')
})

test('a whole answer is handed on under our id with provider and cost, the rest stays', () => {
  const identity = { id: 'gen-1', model: 'acme/atlas', providerName: 'Helios', createdSeconds: 1 }
  const body = { id: 'msg', model: 'x', content: [], usage: { input_tokens: 1 }, x: 1 }
  expect(anthropicMessages.stampAnswer(body, identity, { costUsd: 0.5, metadata: null })).toEqual({
    id: 'gen-1',
    model: 'acme/atlas',
    provider: 'Helios',
    content: [],
    usage: { input_tokens: 1, cost: 0.5 },
    x: 1,
  })
})

describe('inspectRequest', () => {
  test('tells what the gateway decides by', () => {
    const result = { type: 'tool_result', tool_use_id: 't', content: '1' }
    expect(
      anthropicMessages.inspectRequest({
        messages: [{ role: 'user', content: [result] }],
        system: 'Be short.',
        tools: [
          { name: 'a', input_schema: { type: 'object' } },
          { type: 'bash_20250124', name: 'bash' },
        ],
        max_tokens: 5,
        thinking: { type: 'enabled', budget_tokens: 1024 },
        metadata: { user_id: 'u' },
        output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
      }),
    ).toMatchObject({
      isStream: false,
      offeredTools: [{ name: 'a' }, { name: 'bash' }],
      parameters: ['tools', 'max_tokens', 'reasoning', 'response_format'],
      maxTokens: 5,
      endUser: 'u',
      responseFormat: { type: 'json_schema', schema: { type: 'object' } },
      hasToolResults: true,
      system: 'Be short.',
    })
  })
})

describe('a preset in this shape', () => {
  test('stands in its own words, without what the shape does not know', () => {
    const parameters = {
      temperature: 0,
      seed: 7,
      stop: 'END',
      max_completion_tokens: 100,
      tools: [{ type: 'function', function: { name: 'a', parameters: { type: 'object' } } }],
      tool_choice: 'required',
      parallel_tool_calls: false,
      reasoning: { effort: 'low' },
      provider: { only: ['helios'] },
    }
    expect(anthropicMessages.writeDefaults(parameters, {})).toEqual({
      temperature: 0,
      stop_sequences: ['END'],
      max_tokens: 100,
      tools: [{ type: 'custom', name: 'a', input_schema: { type: 'object' } }],
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
      reasoning: { effort: 'low' },
      provider: { only: ['helios'] },
    })
    expect(
      anthropicMessages.writeDefaults(parameters, { thinking: { type: 'disabled' } }),
    ).not.toHaveProperty('reasoning')
  })

  test.each([
    [undefined, [{ type: 'text', text: 'P' }]],
    ['', [{ type: 'text', text: 'P' }]],
    [
      'S',
      [
        { type: 'text', text: 'P' },
        { type: 'text', text: 'S' },
      ],
    ],
    [[{ type: 'text', text: 'P' }], [{ type: 'text', text: 'P' }]],
  ])('its system prompt goes before %j', (system, expected) => {
    expect(anthropicMessages.withSystemPrompt({ system }, 'P').system).toEqual(expected)
  })
})
