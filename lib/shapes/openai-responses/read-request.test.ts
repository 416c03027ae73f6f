import type OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { sealReasoning } from '../foreign-reasoning'
import type { Message, Request } from '../hub'
import { readResponsesRequest } from './read-request'
import { writeResponsesRequest } from './write-request'

type Item = OpenAI.Responses.ResponseInputItem

const text = (said: string) => ({ type: 'text' as const, text: said, cacheControl: null, annotations: [] })
const user = (said: string): Message => ({ role: 'user', parts: [text(said)], name: null })
const read = (input: string | Item[], more: object = {}): Request =>
  readResponsesRequest({ model: 'a/b', input, ...more })

describe('readResponsesRequest: input', () => {
  test.each<[string, string | Item[], Message[]]>([
    ['a text', 'Hi', [user('Hi')]],
    [
      'messages, with and without their type, as text and in parts',
      [
        { role: 'developer', content: 'Be short.' },
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
        {
          type: 'message',
          role: 'assistant',
          id: 'msg_1',
          status: 'completed',
          content: [{ type: 'output_text', text: 'Yes', annotations: [] }],
        },
        { role: 'system', content: 'Go on.' },
      ],
      [
        { role: 'developer', parts: [text('Be short.')] },
        user('Hi'),
        { role: 'assistant', parts: [text('Yes')] },
        { role: 'system', parts: [text('Go on.')] },
      ],
    ],
    [
      'what the assistant said in one go as one message, and the results of its calls',
      [
        {
          type: 'reasoning',
          id: 'rs_1',
          summary: [{ type: 'summary_text', text: 'Hm.' }],
          encrypted_content: 'gAAA',
        },
        { role: 'assistant', content: 'I look.' },
        {
          type: 'function_call',
          call_id: 'c1',
          name: 'get_weather',
          arguments: '{"city":"Oslo"}',
          namespace: 'crm',
        },
        { type: 'custom_tool_call', call_id: 'c2', name: 'run', input: 'ls' },
        { type: 'function_call_output', call_id: 'c1', output: 'Rain' },
        { type: 'custom_tool_call_output', call_id: 'c2', output: [{ type: 'input_text', text: 'a.txt' }] },
      ],
      [
        {
          role: 'assistant',
          parts: [
            {
              type: 'reasoning',
              kind: 'summary',
              text: 'Hm.',
              signature: null,
              id: 'rs_1',
              format: 'openai-responses-v1',
            },
            {
              type: 'reasoning',
              kind: 'encrypted',
              text: 'gAAA',
              signature: null,
              id: 'rs_1',
              format: 'openai-responses-v1',
            },
            text('I look.'),
            {
              type: 'tool_call',
              id: 'c1',
              name: 'get_weather',
              arguments: '{"city":"Oslo"}',
              isCustom: false,
              namespace: 'crm',
              thoughtSignature: null,
            },
            {
              type: 'tool_call',
              id: 'c2',
              name: 'run',
              arguments: 'ls',
              isCustom: true,
              namespace: null,
              thoughtSignature: null,
            },
          ],
        },
        {
          role: 'tool',
          callId: 'c1',
          name: 'get_weather',
          parts: [text('Rain')],
          isError: false,
          isCustom: false,
          cacheControl: null,
        },
        {
          role: 'tool',
          callId: 'c2',
          name: 'run',
          parts: [text('a.txt')],
          isError: false,
          isCustom: true,
          cacheControl: null,
        },
      ],
    ],
    [
      'calls and results of built-in tools as what only this shape has',
      [
        {
          type: 'local_shell_call',
          id: 'lsh_1',
          call_id: 'c1',
          status: 'completed',
          action: { type: 'exec', command: ['ls'], env: {} },
        },
        { type: 'local_shell_call_output', id: 'lsh_1', output: 'a.txt' },
      ],
      [
        {
          role: 'assistant',
          parts: [
            expect.objectContaining({ type: 'foreign', shape: 'openai-responses', kind: 'local_shell_call' }),
          ],
        },
        {
          role: 'user',
          parts: [expect.objectContaining({ type: 'foreign', kind: 'local_shell_call_output' })],
          name: null,
        },
      ],
    ],
    [
      'references to reasoning as nothing',
      [
        { role: 'user', content: 'Hi' },
        { type: 'item_reference', id: 'rs_1' },
      ],
      [user('Hi')],
    ],
  ])('reads %s', (_, input, messages) => {
    expect(read(input).messages).toEqual(messages)
  })

  test.each<[string, object, object]>([
    [
      'a picture by its address',
      { type: 'input_image', image_url: 'https://a.example/x.png', detail: 'low' },
      {
        type: 'image',
        source: { kind: 'url', url: 'https://a.example/x.png', mediaType: null },
        detail: 'low',
      },
    ],
    [
      'a picture in base64',
      { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
      { type: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' } },
    ],
    [
      'an uploaded picture',
      { type: 'input_image', file_id: 'file_1' },
      { type: 'image', source: { kind: 'file', id: 'file_1' } },
    ],
    [
      'a document',
      { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBE' },
      {
        type: 'document',
        filename: 'a.pdf',
        source: { kind: 'base64', mediaType: 'application/pdf', data: 'JVBE' },
      },
    ],
    [
      'a document without a header',
      { type: 'input_file', filename: 'a.pdf', file_data: 'JVBE' },
      { type: 'document', source: { kind: 'base64', mediaType: 'application/pdf', data: 'JVBE' } },
    ],
    [
      'a document by its address',
      { type: 'input_file', file_url: 'https://a.example/a.pdf' },
      { type: 'document', source: { kind: 'url', url: 'https://a.example/a.pdf' } },
    ],
    [
      'a recording',
      { type: 'input_audio', input_audio: { data: 'UklG', format: 'mp3' } },
      { type: 'audio', source: { kind: 'base64', mediaType: 'audio/mp3', data: 'UklG' } },
    ],
    [
      'a film',
      { type: 'input_video', video_url: 'https://a.example/a.mp4' },
      { type: 'video', source: { kind: 'url' } },
    ],
    [
      'a text that ends a cached beginning',
      { type: 'input_text', text: 'x', prompt_cache_breakpoint: { mode: 'explicit' } },
      { type: 'text', text: 'x', cacheControl: { type: 'ephemeral' } },
    ],
    [
      'a part that we do not know',
      { type: 'input_hologram', x: 1 },
      { type: 'foreign', kind: 'input_hologram', value: { type: 'input_hologram', x: 1 } },
    ],
  ])('reads %s', (_, part, expected) => {
    const { messages } = readResponsesRequest({ input: [{ role: 'user', content: [part] }] })
    expect(messages[0]?.parts[0]).toMatchObject(expected)
  })

  test('reasoning that we sealed for a client is what it was, its words taken from the summary', () => {
    const sealed = sealReasoning({
      type: 'reasoning',
      kind: 'text',
      text: '',
      signature: 'sig',
      id: null,
      format: 'anthropic-claude-v1',
    })
    const { messages } = read([
      {
        type: 'reasoning',
        id: 'rs_1',
        summary: [{ type: 'summary_text', text: 'Hm.' }],
        encrypted_content: sealed,
      },
    ])
    expect(messages[0]?.parts).toEqual([
      {
        type: 'reasoning',
        kind: 'text',
        text: 'Hm.',
        signature: 'sig',
        id: null,
        format: 'anthropic-claude-v1',
      },
    ])
  })
})

describe('readResponsesRequest: the rest', () => {
  test('instructions are the first system message', () => {
    expect(read('Hi', { instructions: 'Be short.' }).messages).toEqual([
      { role: 'system', parts: [text('Be short.')] },
      user('Hi'),
    ])
  })

  test('reads functions, custom tools, namespaces and built-in tools, also those that came later', () => {
    const schema = { type: 'object', properties: {} }
    const format = { type: 'grammar', syntax: 'lark', definition: 'start: /.+/' }
    const { tools } = readResponsesRequest({
      tools: [
        { type: 'function', name: 'a', description: 'A', parameters: schema, strict: true },
        { type: 'custom', name: 'run', description: 'Runs', format },
        {
          type: 'namespace',
          name: 'crm',
          description: 'CRM',
          tools: [{ type: 'function', name: 'find', parameters: schema, defer_loading: true }],
        },
        { type: 'web_search', external_web_access: true },
      ],
      input: [
        {
          type: 'additional_tools',
          role: 'developer',
          tools: [{ type: 'function', name: 'late', parameters: null, strict: null }],
        },
      ],
    })
    expect(tools).toEqual([
      {
        type: 'function',
        name: 'a',
        description: 'A',
        parameters: schema,
        strict: true,
        namespace: null,
        cacheControl: null,
      },
      { type: 'custom', name: 'run', description: 'Runs', format, namespace: null },
      {
        type: 'function',
        name: 'find',
        description: null,
        parameters: schema,
        strict: null,
        namespace: 'crm',
        cacheControl: null,
      },
      {
        type: 'built_in',
        shape: 'openai-responses',
        kind: 'web_search',
        value: { type: 'web_search', external_web_access: true },
      },
      {
        type: 'function',
        name: 'late',
        description: null,
        parameters: null,
        strict: null,
        namespace: null,
        cacheControl: null,
      },
    ])
  })

  test.each<[unknown, unknown]>([
    [undefined, null],
    ['auto', { mode: 'auto' }],
    ['none', { mode: 'none' }],
    ['required', { mode: 'required' }],
    [
      { type: 'function', name: 'a' },
      { mode: 'tool', name: 'a', isCustom: false },
    ],
    [
      { type: 'custom', name: 'run' },
      { mode: 'tool', name: 'run', isCustom: true },
    ],
    [
      {
        type: 'allowed_tools',
        mode: 'required',
        tools: [{ type: 'function', name: 'a' }, { type: 'web_search' }],
      },
      { mode: 'allowed', names: ['a'], isRequired: true },
    ],
    [
      { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'web_search' }] },
      expect.objectContaining({ mode: 'built_in', kind: 'web_search' }),
    ],
    [{ type: 'file_search' }, expect.objectContaining({ mode: 'built_in', kind: 'file_search' })],
  ])('reads the choice %j', (tool_choice, expected) => {
    expect(read('Hi', { tool_choice }).toolChoice).toEqual(expected)
  })

  test('reads settings', () => {
    expect(
      read('Hi', {
        max_output_tokens: 100,
        temperature: 0.5,
        top_p: 0.9,
        top_logprobs: 3,
        include: ['reasoning.encrypted_content', 'message.output_text.logprobs'],
        parallel_tool_calls: false,
        reasoning: { effort: 'high', summary: 'detailed' },
        text: {
          verbosity: 'low',
          format: { type: 'json_schema', name: 'n', schema: { type: 'object' }, strict: true },
        },
        safety_identifier: 'u-1',
        user: 'older',
        prompt_cache_key: 'k',
        service_tier: 'flex',
        metadata: { a: 'b' },
        stream: true,
      }),
    ).toMatchObject({
      maxTokens: 100,
      temperature: 0.5,
      topP: 0.9,
      topLogprobs: 3,
      logprobs: true,
      parallelToolCalls: false,
      reasoning: { effort: 'high', summary: 'detailed', isEnabled: null, maxTokens: null, isExcluded: false },
      verbosity: 'low',
      responseFormat: {
        type: 'json_schema',
        name: 'n',
        schema: { type: 'object' },
        strict: true,
        description: null,
      },
      user: 'u-1',
      promptCacheKey: 'k',
      serviceTier: 'flex',
      metadata: { a: 'b' },
      isStream: true,
    })
  })

  test('a request that says nothing is read as nothing said', () => {
    const { messages: _messages, ...rest } = readResponsesRequest({ input: 'Hi' })
    const said = Object.entries(rest).filter(
      ([, value]) => value !== null && value !== false && !Array.isArray(value),
    )
    expect(said).toEqual([])
  })
})

describe('a request of this shape for a provider of it', () => {
  const schema = { type: 'object', properties: { city: { type: 'string' } } }
  const body = {
    model: 'gpt-5.4',
    instructions: 'Be short.',
    input: [
      {
        type: 'message',
        role: 'user',
        content: [
          { type: 'input_text', text: 'Hi' },
          { type: 'input_image', detail: 'low', image_url: 'https://a.example/x.png' },
          { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBE' },
        ],
      },
      {
        type: 'reasoning',
        id: 'rs_1',
        summary: [{ type: 'summary_text', text: 'Hm.' }],
        encrypted_content: 'gAAA',
      },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'I look.' }] },
      {
        type: 'function_call',
        call_id: 'c1',
        name: 'find',
        namespace: 'crm',
        arguments: '{"n":12345678901234567890}',
      },
      { type: 'custom_tool_call', call_id: 'c2', name: 'run', input: 'ls' },
      { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'x' } },
      { type: 'function_call_output', call_id: 'c1', output: 'Rain' },
      {
        type: 'custom_tool_call_output',
        call_id: 'c2',
        output: [
          { type: 'input_text', text: 'a' },
          { type: 'input_text', text: 'b' },
        ],
      },
      { type: 'mcp_approval_response', approval_request_id: 'mcpr_1', approve: true },
      { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'Go on.' }] },
    ],
    tools: [
      { type: 'function', name: 'a', description: 'A', parameters: schema, strict: true },
      {
        type: 'namespace',
        name: 'crm',
        description: 'Tools of crm.',
        tools: [{ type: 'function', name: 'find', parameters: schema, strict: false }],
      },
      { type: 'custom', name: 'run', format: { type: 'text' } },
      { type: 'web_search' },
    ],
    tool_choice: {
      type: 'allowed_tools',
      mode: 'auto',
      tools: [
        { type: 'function', name: 'a' },
        { type: 'custom', name: 'run' },
      ],
    },
    parallel_tool_calls: true,
    max_output_tokens: 100,
    reasoning: { effort: 'high', summary: 'auto' },
    text: { format: { type: 'json_schema', name: 'n', schema, strict: false }, verbosity: 'low' },
    include: ['reasoning.encrypted_content'],
    user: 'u-1',
    metadata: { a: 'b' },
    prompt_cache_key: 'k',
    store: false,
    stream: true,
  }

  test('is the same after the hub', () => {
    expect(writeResponsesRequest(readResponsesRequest(body), 'gpt-5.4')).toEqual(body)
  })
})
