import type Anthropic from '@anthropic-ai/sdk'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../platform/json-value'
import { anthropicMessages } from '../anthropic-messages/shape'
import { openaiChat } from '../openai-chat/shape'

const model = 'acme/atlas-120b'
const toChat = (body: JsonObject) => openaiChat.writeRequest(anthropicMessages.readRequest(body), model)
const toMessages = (body: JsonObject) => anthropicMessages.writeRequest(openaiChat.readRequest(body), model)

const user = { role: 'user' as const, content: 'Hi' }
const cached = { type: 'ephemeral' as const }

/** A request as a coding agent sends it through Anthropic's SDK. */
const messagesBody = {
  model: 'acme/atlas-120b',
  max_tokens: 4000,
  system: [
    { type: 'text', text: 'You write code.', cache_control: cached },
    { type: 'text', text: 'Be short.' },
  ],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is in this?' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
        { type: 'text', text: 'I look.' },
        { type: 'tool_use', id: 'toolu_1', name: 'read', input: { path: 'a.ts' } },
        { type: 'tool_use', id: 'toolu_2', name: 'read', input: { __raw_arguments: '{"path": "b' } },
      ],
    },
    {
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: 'toolu_1',
          content: [
            { type: 'text', text: 'const a = 1' },
            { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
          ],
        },
        { type: 'tool_result', tool_use_id: 'toolu_2', is_error: true, content: 'no such file' },
        { type: 'text', text: 'Go on.', cache_control: cached },
      ],
    },
  ],
  tools: [
    { name: 'read', description: 'Reads a file.', input_schema: { type: 'object' }, cache_control: cached },
    { type: 'web_search_20250305', name: 'web_search' },
  ],
  tool_choice: { type: 'any', disable_parallel_tool_use: true },
  stop_sequences: ['END'],
  metadata: { user_id: 'user-7' },
  thinking: { type: 'enabled', budget_tokens: 2000 },
  stream: true,
} satisfies Anthropic.MessageCreateParams

const chatBody = {
  model: 'acme/atlas-120b',
  messages: [
    {
      role: 'system',
      content: [
        { type: 'text', text: 'You write code.', cache_control: cached },
        { type: 'text', text: 'Be short.' },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is in this?' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
      ],
    },
    {
      role: 'assistant',
      content: 'I look.',
      tool_calls: [
        { id: 'toolu_1', type: 'function', function: { name: 'read', arguments: '{"path":"a.ts"}' } },
        { id: 'toolu_2', type: 'function', function: { name: 'read', arguments: '{"path": "b' } },
      ],
    },
    { role: 'tool', tool_call_id: 'toolu_1', content: 'const a = 1' },
    { role: 'tool', tool_call_id: 'toolu_2', content: 'Error: no such file' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'From the result of toolu_1:' },
        { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
        { type: 'text', text: 'Go on.', cache_control: cached },
      ],
    },
  ],
  tools: [
    {
      type: 'function',
      function: { name: 'read', description: 'Reads a file.', parameters: { type: 'object' } },
      cache_control: cached,
    },
  ],
  tool_choice: 'required',
  parallel_tool_calls: false,
  max_tokens: 4000,
  stop: ['END'],
  reasoning_effort: 'low',
  user: 'user-7',
  stream: true,
  stream_options: { include_usage: true },
}

describe('a messages request for a chat provider', () => {
  test('translates an agent request', () => {
    expect(toChat(messagesBody)).toEqual(chatBody)
  })

  const base = { model, max_tokens: 10, messages: [user] }
  const tools = [{ name: 'a', input_schema: { type: 'object' } }]

  test.each<[unknown, unknown]>([
    [{ type: 'auto' }, 'auto'],
    [{ type: 'none' }, 'none'],
    [{ type: 'any' }, 'required'],
    [
      { type: 'tool', name: 'a' },
      { type: 'function', function: { name: 'a' } },
    ],
    [undefined, undefined],
    [{ type: 'sometimes' }, undefined],
  ])('tool choice %j becomes %j', (choice, expected) => {
    const request = toChat({ ...base, tools, tool_choice: choice })
    expect(request.tool_choice).toEqual(expected)
    expect(request).not.toHaveProperty('parallel_tool_calls')
  })

  test('without a tool that can go there is no tool choice either', () => {
    const builtIn = {
      ...base,
      tools: [{ type: 'bash_20250124', name: 'bash' }],
      tool_choice: { type: 'any' },
    }
    expect(toChat(builtIn)).toEqual(base)
  })

  test.each<[object, string | undefined]>([
    [{ thinking: { type: 'enabled', budget_tokens: 1024 } }, 'low'],
    [{ thinking: { type: 'enabled', budget_tokens: 8192 } }, 'medium'],
    [{ thinking: { type: 'enabled', budget_tokens: 32_000 } }, 'high'],
    [{ thinking: { type: 'adaptive' }, output_config: { effort: 'high' } }, 'high'],
    [{ thinking: { type: 'disabled' } }, undefined],
    [{}, undefined],
  ])('thinking %j is the effort %j', (fields, effort) => {
    expect(toChat({ ...base, ...fields }).reasoning_effort).toBe(effort)
  })

  test('a JSON schema for the answer, sampling and service tier', () => {
    const request = {
      ...base,
      temperature: 0.5,
      top_p: 0.9,
      top_k: 5,
      service_tier: 'standard_only',
      output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
    }
    expect(toChat(request)).toEqual({
      ...base,
      temperature: 0.5,
      top_p: 0.9,
      service_tier: 'default',
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: { type: 'object' } } },
    })
  })

  const chatMessages = (...messages: object[]) => toChat({ ...base, messages }).messages

  test.each<[string, object, unknown]>([
    ['empty', {}, ''],
    ['failed without a word', { is_error: true }, 'Error'],
    ['failed and saying so', { is_error: true, content: 'TypeError: x' }, 'TypeError: x'],
    [
      'found by a search',
      {
        content: [
          { type: 'search_result', title: 'T', source: 'https://a', content: [{ type: 'text', text: 'x' }] },
        ],
      },
      'T\nhttps://a\nx',
    ],
    [
      'of a kind that cannot go',
      { content: [{ type: 'tool_reference', tool_name: 'a' }] },
      '[tool_reference was left out: this provider does not take it]',
    ],
  ])('a tool result that is %s', (_, fields, content) => {
    const result = { type: 'tool_result', tool_use_id: 't', ...fields }
    expect(chatMessages({ role: 'user', content: [result] })).toEqual([
      { role: 'tool', tool_call_id: 't', content },
    ])
  })

  test.each<[string, object, unknown]>([
    [
      'a PDF',
      {
        type: 'document',
        source: { type: 'base64', media_type: 'application/pdf', data: 'AAAA' },
        title: 'a.pdf',
      },
      [{ type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' } }],
    ],
    [
      'a text document',
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'x' } },
      'x',
    ],
    [
      'an uploaded file',
      { type: 'image', source: { type: 'file', file_id: 'f' } },
      '[image was left out: this provider does not take it]',
    ],
  ])('content: %s', (_, block, content) => {
    expect(chatMessages({ role: 'user', content: [block] })).toEqual([{ role: 'user', content }])
  })

  test('leaves out turns of nothing but thinking and keeps system messages in place', () => {
    const thought = { role: 'assistant', content: [{ type: 'thinking', thinking: 'Hm.', signature: 's' }] }
    const system = { role: 'system', content: [{ type: 'text', text: 'Now in French.' }] }
    expect(chatMessages(user, thought, system)).toEqual([user, { role: 'system', content: 'Now in French.' }])
  })

  test('never throws, whatever the messages hold', () => {
    const odd = [
      {},
      { role: 'assistant', content: [{ type: 'tool_use' }] },
      { role: 'user', content: [{ type: 'tool_result' }, null] },
    ]
    expect(() => toChat({ messages: odd, tools: [{}], tool_choice: 'x', system: 7 })).not.toThrow()
    expect(() => toChat({})).not.toThrow()
  })
})

describe('chat → messages → chat', () => {
  // Anthropic takes no text of white space alone, and none at the end of the last turn.
  const text = fc
    .string({ minLength: 1, unit: 'grapheme' })
    .filter((value) => value !== '' && value === value.trimEnd())
  const id = fc.stringMatching(/^[a-zA-Z0-9_-]{1,20}$/)
  const input = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue(), { maxKeys: 4 })
  const argumentsText = fc.oneof(
    input.map((value) => JSON.stringify(JSON.parse(JSON.stringify(value)))),
    text,
  )
  const call = fc.record({
    id,
    type: fc.constant('function'),
    function: fc.record({ name: id, arguments: argumentsText }),
  })
  const turn = fc.oneof(
    text.map((content) => [{ role: 'user', content }]),
    text.map((content) => [{ role: 'assistant', content }]),
    fc
      .tuple(fc.option(text, { nil: null }), fc.array(call, { minLength: 1, maxLength: 4 }), text, text)
      .map(([content, calls, result, next]) => [
        { role: 'assistant', content, tool_calls: calls },
        ...calls.map((one) => ({ role: 'tool', tool_call_id: one.id, content: result })),
        { role: 'user', content: next },
      ]),
  )

  test('system, text, tool calls and results survive', () => {
    fc.assert(
      fc.property(fc.option(text, { nil: null }), fc.array(turn, { minLength: 1 }), (system, turns) => {
        const messages = [...(system === null ? [] : [{ role: 'system', content: system }]), ...turns.flat()]
        const there = toMessages({ model: 'm', messages, max_tokens: 10 })
        expect(toChat(there).messages).toEqual(messages)
      }),
    )
  })

  test('tools and their choice survive', () => {
    const tool = fc.record({
      type: fc.constant('function'),
      function: fc.record({
        name: id,
        description: text,
        parameters: fc.constant({ type: 'object', properties: {} }),
      }),
    })
    const choice = fc.oneof(
      fc.constantFrom('auto', 'none', 'required'),
      id.map((name) => ({ type: 'function', function: { name } })),
    )
    fc.assert(
      fc.property(fc.array(tool, { minLength: 1 }), choice, (tools, tool_choice) => {
        const there = toMessages({ messages: [user], tools, tool_choice })
        expect(toChat(there)).toMatchObject({ tools, tool_choice })
      }),
    )
  })
})
