import type Anthropic from '@anthropic-ai/sdk'
import type OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../platform/json-value'
import { anthropicMessages } from '../anthropic-messages/shape'
import { openaiChat } from '../openai-chat/shape'

type ChatBody = OpenAI.Chat.ChatCompletionCreateParams
type MessagesBody = Anthropic.MessageCreateParams

const model = 'acme/atlas-120b'
const translate = (body: JsonObject) => anthropicMessages.writeRequest(openaiChat.readRequest(body), model)

const user = { role: 'user' as const, content: 'Hi' }
const weather = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'Weather of a city.',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    strict: true,
  },
}

/** A whole tool loop as the OpenAI SDK sends it, and what Anthropic's would. */
const chatBody = {
  model: 'acme/atlas-120b',
  messages: [
    { role: 'system', content: 'Be short.' },
    { role: 'user', content: 'Weather in Riga and Oslo?' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Riga"}' } },
        { id: 'call_2', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: '12 °C' },
    { role: 'tool', tool_call_id: 'call_2', content: [{ type: 'text', text: '9 °C' }] },
    { role: 'user', content: 'And in words?' },
  ],
  tools: [weather],
  tool_choice: 'auto',
  parallel_tool_calls: false,
  max_completion_tokens: 500,
  temperature: 1.4,
  top_p: 0.9,
  stop: 'END',
  user: 'user-7',
  seed: 1,
  frequency_penalty: 0.5,
  stream: true,
  stream_options: { include_usage: true },
} satisfies ChatBody
const messagesBody = {
  model: 'acme/atlas-120b',
  max_tokens: 500,
  system: 'Be short.',
  messages: [
    { role: 'user', content: 'Weather in Riga and Oslo?' },
    {
      role: 'assistant',
      content: [
        { type: 'tool_use', id: 'call_1', name: 'get_weather', input: { city: 'Riga' } },
        { type: 'tool_use', id: 'call_2', name: 'get_weather', input: { city: 'Oslo' } },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'call_1', content: '12 °C' },
        { type: 'tool_result', tool_use_id: 'call_2', content: '9 °C' },
        { type: 'text', text: 'And in words?' },
      ],
    },
  ],
  tools: [
    {
      name: 'get_weather',
      description: 'Weather of a city.',
      input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ],
  tool_choice: { type: 'auto', disable_parallel_tool_use: true },
  stop_sequences: ['END'],
  metadata: { user_id: 'user-7' },
  stream: true,
} satisfies MessagesBody

describe('a chat request for a messages provider', () => {
  test('translates a whole tool loop and drops what Anthropic has no word for', () => {
    expect(translate(chatBody)).toEqual({ ...messagesBody, temperature: 1, top_p: 0.9 })
  })

  const withTools = (fields: object) => translate({ messages: [user], tools: [weather], ...fields })

  test.each<[string, object, unknown]>([
    ['auto', { tool_choice: 'auto' }, { type: 'auto' }],
    ['none', { tool_choice: 'none' }, { type: 'none' }],
    [
      'none has nothing to do in parallel',
      { tool_choice: 'none', parallel_tool_calls: false },
      { type: 'none' },
    ],
    ['required', { tool_choice: 'required' }, { type: 'any' }],
    ['one tool', { tool_choice: { type: 'function', function: { name: 'a' } } }, { type: 'tool', name: 'a' }],
    [
      'one custom tool',
      { tool_choice: { type: 'custom', custom: { name: 'a' } } },
      { type: 'tool', name: 'a' },
    ],
    [
      'one tool, one at a time',
      { tool_choice: 'required', parallel_tool_calls: false },
      { type: 'any', disable_parallel_tool_use: true },
    ],
    ['one at a time', { parallel_tool_calls: false }, { type: 'auto', disable_parallel_tool_use: true }],
    ['in parallel, which is the default', { parallel_tool_calls: true }, undefined],
    ['the legacy spelling', { function_call: { name: 'a' } }, { type: 'tool', name: 'a' }],
    ['nothing', {}, undefined],
    ['what is no choice', { tool_choice: 'sometimes' }, undefined],
  ])('tool choice: %s', (_, fields, expected) => {
    expect(withTools(fields).tool_choice).toEqual(expected)
  })

  test('sends no tool choice without tools', () => {
    expect(translate({ messages: [user], tool_choice: 'auto' })).not.toHaveProperty('tool_choice')
  })

  test.each<[string, unknown, unknown]>([
    [
      'without parameters',
      { type: 'function', function: { name: 'now' } },
      [{ name: 'now', input_schema: { type: 'object', properties: {} } }],
    ],
    [
      'with a schema that does not say that it is an object',
      { type: 'function', function: { name: 'a', parameters: { properties: { b: {} } } } },
      [{ name: 'a', input_schema: { type: 'object', properties: { b: {} } } }],
    ],
    [
      'with cache_control',
      { type: 'function', function: { name: 'a' }, cache_control: { type: 'ephemeral' } },
      [{ name: 'a', input_schema: { type: 'object', properties: {} }, cache_control: { type: 'ephemeral' } }],
    ],
    [
      'custom',
      { type: 'custom', custom: { name: 'sql', description: 'Runs SQL.', format: { type: 'text' } } },
      [
        {
          name: 'sql',
          description: 'Runs SQL.',
          input_schema: { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] },
        },
      ],
    ],
    [
      "that is Anthropic's already",
      { name: 'a', input_schema: { type: 'object' } },
      [{ name: 'a', input_schema: { type: 'object' } }],
    ],
    [
      'built in at Anthropic',
      { type: 'bash_20250124', name: 'bash' },
      [{ type: 'bash_20250124', name: 'bash' }],
    ],
    ['built in elsewhere', { type: 'web_search' }, undefined],
  ])('a tool %s', (_, tool, expected) => {
    expect(translate({ messages: [user], tools: [tool] }).tools).toEqual(expected)
  })

  test('offers only the tools that "allowed_tools" names', () => {
    const other = { type: 'function', function: { name: 'other' } }
    const choice = {
      type: 'allowed_tools',
      allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'get_weather' } }] },
    }
    const request = translate({
      messages: [user],
      tools: [weather, other],
      tool_choice: choice,
    })
    expect(request.tool_choice).toEqual({ type: 'any' })
    expect(request.tools).toMatchObject([{ name: 'get_weather' }])
  })

  const messagesOf = (...messages: object[]) => translate({ messages })

  test('system and developer messages become blocks that keep cache_control', () => {
    const part = { type: 'text', text: 'Long.', cache_control: { type: 'ephemeral' } }
    const request = messagesOf({ role: 'system', content: [part] }, user, {
      role: 'developer',
      content: 'Short.',
    })
    expect(request.system).toEqual([part, { type: 'text', text: 'Short.' }])
    expect(request.messages).toEqual([user])
  })

  test('a prompt of nothing but a system message is said by the user', () => {
    expect(messagesOf({ role: 'system', content: 'Tell a joke.' })).toEqual({
      model,
      max_tokens: 8192,
      messages: [{ role: 'user', content: 'Tell a joke.' }],
    })
  })

  test.each<[string, string, unknown]>([
    ['not JSON', '{"city": "Ri', { __raw_arguments: '{"city": "Ri' }],
    ['JSON but no object', '["Riga"]', { __raw_arguments: '["Riga"]' }],
    ['empty', '', {}],
  ])('arguments that are %s are not lost', (_, text, input) => {
    const call = { id: 'c', type: 'function', function: { name: 'a', arguments: text } }
    expect(messagesOf(user, { role: 'assistant', tool_calls: [call] }).messages).toEqual([
      user,
      { role: 'assistant', content: [{ type: 'tool_use', id: 'c', name: 'a', input }] },
    ])
  })

  test('an id that Anthropic refuses is changed in the call and in its result alike', () => {
    const call = { id: 'functions.a:0', type: 'function', function: { name: 'a', arguments: '{}' } }
    const result = { role: 'tool', tool_call_id: 'functions.a:0', content: '', is_error: true }
    expect(messagesOf(user, { role: 'assistant', tool_calls: [call] }, result).messages).toMatchObject([
      user,
      { content: [{ id: 'functions_2ea_3a0' }] },
      { content: [{ type: 'tool_result', tool_use_id: 'functions_2ea_3a0', is_error: true }] },
    ])
  })

  test('the legacy call and its result are paired by name', () => {
    const called = { role: 'assistant', content: null, function_call: { name: 'a', arguments: '{"b":1}' } }
    expect(messagesOf(user, called, { role: 'function', name: 'a', content: '2' }).messages).toEqual([
      user,
      { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'a', input: { b: 1 } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: '2' }] },
    ])
  })

  test.each<[string, object, object]>([
    [
      'an image in base64',
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
    ],
    [
      'an image by URL',
      { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
      { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
    ],
    [
      'a PDF file',
      { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' } },
      {
        type: 'document',
        source: { type: 'base64', media_type: 'application/pdf', data: 'AAAA' },
        title: 'a.pdf',
      },
    ],
    [
      'what cannot go, as a note',
      { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
      { type: 'text', text: '[audio was left out: this provider does not take it]' },
    ],
  ])('content: %s', (_, part, block) => {
    const content = [{ type: 'text', text: 'See:' }, part]
    expect(messagesOf({ role: 'user', content }).messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'See:' }, block] },
    ])
  })

  test('signed thinking goes back, unsigned stays out, and empty messages too', () => {
    const signed = { type: 'reasoning.text', text: 'Hm.', signature: 'sig' }
    const unsigned = { type: 'reasoning.text', text: 'Hm.', signature: null }
    const encrypted = { type: 'reasoning.encrypted', data: 'xyz' }
    const assistant = { role: 'assistant', content: 'Yes.', reasoning: 'Hm.' }
    expect(
      messagesOf(
        user,
        { ...assistant, reasoning_details: [signed, encrypted] },
        user,
        { ...assistant, reasoning_details: [unsigned] },
        { role: 'assistant', content: '' },
      ).messages,
    ).toEqual([
      user,
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
          { type: 'redacted_thinking', data: 'xyz' },
          { type: 'text', text: 'Yes.' },
        ],
      },
      user,
      { role: 'assistant', content: 'Yes.' },
    ])
  })

  const budget = (tokens: number) => ({ type: 'enabled', budget_tokens: tokens })
  test.each<[string, object, unknown, number]>([
    ['nothing asked', {}, undefined, 8192],
    ['a limit', { max_tokens: 100 }, undefined, 100],
    ['the newer limit wins', { max_tokens: 100, max_completion_tokens: 200 }, undefined, 200],
    ['an effort', { reasoning_effort: 'medium' }, budget(8192), 16_384],
    ['an effort in the nested form', { reasoning: { effort: 'low' } }, budget(2048), 10_240],
    ['an effort within a limit', { reasoning_effort: 'high', max_tokens: 5000 }, budget(4999), 5000],
    [
      'a limit too small to think',
      { reasoning_effort: 'high', max_tokens: 1000 },
      { type: 'disabled' },
      1000,
    ],
    ['a number of tokens', { reasoning: { max_tokens: 4000 } }, budget(4000), 12_192],
    ['a number below the least', { reasoning: { max_tokens: 10 } }, budget(1024), 9216],
    ['enabled without more', { reasoning: { enabled: true } }, budget(8192), 16_384],
    ['no effort', { reasoning_effort: 'none' }, { type: 'disabled' }, 8192],
    ['switched off', { reasoning: { enabled: false, effort: 'high' } }, { type: 'disabled' }, 8192],
  ])('thinking: %s', (_, fields, thinking, maxTokens) => {
    const request = translate({ messages: [user], ...fields })
    expect([request.thinking, request.max_tokens]).toEqual([thinking, maxTokens])
  })

  test('thinking takes no temperature, and gives way to a forced tool or an unsigned call', () => {
    const thinking = { reasoning_effort: 'low', temperature: 0.2, top_p: 0.5, top_k: 5 }
    expect(Object.keys(withTools(thinking))).not.toEqual(expect.arrayContaining(['temperature']))
    expect(withTools({ ...thinking, tool_choice: 'required' })).toMatchObject({
      temperature: 0.2,
      top_p: 0.5,
      top_k: 5,
    })
    expect(withTools({ ...thinking, tool_choice: 'required' })).not.toHaveProperty('thinking')
    const call = { id: 'c', type: 'function', function: { name: 'get_weather', arguments: '{}' } }
    const signed = { type: 'reasoning.text', text: 'Hm.', signature: 'sig' }
    const loop = (fields: object) => [
      user,
      { role: 'assistant', tool_calls: [call], ...fields },
      { role: 'tool', tool_call_id: 'c', content: '1' },
    ]
    expect(withTools({ ...thinking, messages: loop({}) })).not.toHaveProperty('thinking')
    expect(withTools({ ...thinking, messages: loop({ reasoning_details: [signed] }) })).toHaveProperty(
      'thinking',
    )
  })

  test.each<[unknown, unknown]>([
    [0, 0],
    [0.7, 0.7],
    [2, 1],
    [null, undefined],
    ['hot', undefined],
  ])('temperature %j becomes %j', (temperature, expected) => {
    expect(translate({ messages: [user], temperature }).temperature).toBe(expected)
  })

  test('stop, answer schema and service tier', () => {
    const format = {
      type: 'json_schema',
      json_schema: { name: 'x', strict: true, schema: { type: 'object' } },
    }
    expect(
      translate({
        messages: [user],
        stop: ['a', ' ', ''],
        response_format: format,
        service_tier: 'default',
      }),
    ).toMatchObject({
      stop_sequences: ['a'],
      output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
      service_tier: 'standard_only',
    })
    const plain = translate({
      messages: [user],
      stop: null,
      response_format: { type: 'json_object' },
    })
    expect(plain).toEqual({ model, max_tokens: 8192, messages: [user] })
  })

  test('never throws, whatever the messages hold', () => {
    const odd = [
      {},
      { role: 'assistant', tool_calls: [{}] },
      { role: 'tool' },
      { role: 'user', content: [null, 7] },
    ]
    expect(() => translate({ messages: odd, tools: [{}, 'x'], tool_choice: {} })).not.toThrow()
    expect(() => translate({})).not.toThrow()
  })
})
