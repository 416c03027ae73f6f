import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../platform/json-value'
import type { StreamEvent } from '../hub'
import { createResponsesReader } from './create-reader'

const response = (more: object): JsonObject => ({
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  output: [],
  usage: {
    input_tokens: 19,
    input_tokens_details: { cached_tokens: 4, cache_write_tokens: 2 },
    output_tokens: 105,
    output_tokens_details: { reasoning_tokens: 44 },
    total_tokens: 124,
  },
  ...more,
})
const created = { type: 'response.created', response: response({ status: 'in_progress', usage: null }) }
const completed = { type: 'response.completed', response: response({}) }
const usage = {
  type: 'usage',
  usage: {
    promptTokens: 19,
    cachedTokens: 4,
    cacheWriteTokens: 2,
    completionTokens: 105,
    reasoningTokens: 44,
    reportedCostUsd: null,
  },
}
const finish = (finishReason: string, nativeFinishReason = 'completed') => ({
  type: 'finish',
  finishReason,
  nativeFinishReason,
})
const done = { type: 'done' }
const summary = (block: number, text: string, id: string | null = 'rs_1', kind = 'summary') => ({
  type: 'reasoning',
  block,
  piece: { type: 'reasoning', kind, text, signature: null, id, format: 'openai-responses-v1' },
})
const call = (index: number, argumentsPiece: string, more: object = {}) => ({
  type: 'tool_call',
  index,
  id: 'call_1',
  name: 'get_weather',
  argumentsPiece,
  isCustom: false,
  namespace: null,
  thoughtSignature: null,
  ...more,
})

function read(events: readonly unknown[]): StreamEvent[] {
  const reader = createResponsesReader()
  const pieces = events.map((value) => ({ event: null, data: JSON.stringify(value) ?? '', value }))
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()]
}

describe('createResponsesReader', () => {
  test('reads text, and what is done says nothing again', () => {
    const at = { output_index: 0, content_index: 0, item_id: 'msg_1' }
    const item = {
      type: 'message',
      id: 'msg_1',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'Hello' }],
    }
    expect(
      read([
        created,
        { type: 'response.output_item.added', output_index: 0, item: { ...item, content: [] } },
        { type: 'response.content_part.added', ...at, part: { type: 'output_text', text: '' } },
        { type: 'response.output_text.delta', ...at, delta: 'Hel', obfuscation: 'x7d' },
        { type: 'response.output_text.delta', ...at, delta: 'lo' },
        { type: 'response.output_text.done', ...at, text: 'Hello' },
        { type: 'response.content_part.done', ...at, part: { type: 'output_text', text: 'Hello' } },
        { type: 'response.output_item.done', output_index: 0, item },
        { type: 'response.completed', response: response({ output: [item] }) },
      ]),
    ).toEqual([{ type: 'text', text: 'Hel' }, { type: 'text', text: 'lo' }, usage, finish('stop'), done])
  })

  test('reads reasoning by its place, whatever ids the items have in each event, and its encrypted form once', () => {
    const item = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'early' }
    const at = { output_index: 0, summary_index: 0 }
    expect(
      read([
        created,
        { type: 'response.output_item.added', output_index: 0, item },
        {
          type: 'response.reasoning_summary_part.added',
          ...at,
          item_id: 'id-2',
          part: { type: 'summary_text', text: '' },
        },
        { type: 'response.reasoning_summary_text.delta', ...at, item_id: 'id-3', delta: 'Hm' },
        { type: 'response.reasoning_summary_text.delta', ...at, item_id: 'id-4', delta: '.' },
        {
          type: 'response.reasoning_summary_text.delta',
          ...at,
          item_id: 'id-5',
          summary_index: 1,
          delta: 'So.',
        },
        {
          type: 'response.output_item.done',
          output_index: 0,
          item: {
            ...item,
            id: 'id-6',
            summary: [
              { type: 'summary_text', text: 'Hm.' },
              { type: 'summary_text', text: 'So.' },
            ],
            encrypted_content: 'gAAA',
          },
        },
        completed,
      ]),
    ).toEqual([
      summary(0, 'Hm'),
      summary(0, '.'),
      summary(1, 'So.'),
      summary(2, 'gAAA', 'rs_1', 'encrypted'),
      usage,
      finish('stop'),
      done,
    ])
  })

  test('reads calls of functions and custom tools, mixed', () => {
    const fn = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'get_weather', arguments: '' }
    const custom = {
      type: 'custom_tool_call',
      id: 'ctc_1',
      call_id: 'call_2',
      name: 'run',
      input: '',
      namespace: 'sh',
    }
    const second = { id: 'call_2', name: 'run', isCustom: true, namespace: 'sh' }
    expect(
      read([
        created,
        { type: 'response.output_item.added', output_index: 0, item: fn },
        { type: 'response.output_item.added', output_index: 1, item: custom },
        { type: 'response.custom_tool_call_input.delta', output_index: 1, delta: 'ls' },
        { type: 'response.function_call_arguments.delta', output_index: 0, delta: '{"city":' },
        { type: 'response.function_call_arguments.delta', output_index: 0, delta: '"Oslo"}' },
        { type: 'response.function_call_arguments.done', output_index: 0, arguments: '{"city":"Oslo"}' },
        { type: 'response.output_item.done', output_index: 0, item: { ...fn, arguments: '{"city":"Oslo"}' } },
        { type: 'response.custom_tool_call_input.delta', output_index: 1, delta: ' -l' },
        { type: 'response.custom_tool_call_input.done', output_index: 1, input: 'ls -l' },
        { type: 'response.output_item.done', output_index: 1, item: { ...custom, input: 'ls -l' } },
        completed,
      ]),
    ).toEqual([
      call(0, ''),
      call(1, '', second),
      call(1, 'ls', second),
      call(0, '{"city":'),
      call(0, '"Oslo"}'),
      call(0, '', { isLast: true }),
      call(1, ' -l', second),
      call(1, '', { ...second, isLast: true }),
      usage,
      finish('tool_calls'),
      done,
    ])
  })

  test('two calls at the same place are two calls', () => {
    const item = (id: string) => ({
      type: 'function_call',
      call_id: id,
      name: 'get_weather',
      arguments: '{}',
    })
    const events = read([
      { type: 'response.output_item.added', output_index: 0, item: item('call_1') },
      { type: 'response.output_item.done', output_index: 0, item: item('call_1') },
      { type: 'response.output_item.added', output_index: 0, item: item('call_2') },
      { type: 'response.function_call_arguments.delta', output_index: 0, delta: '{}' },
    ])
    expect(events).toEqual([
      call(0, ''),
      call(0, '{}', { isLast: true }),
      call(1, '', { id: 'call_2' }),
      call(1, '{}', { id: 'call_2' }),
    ])
  })

  const said = [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] }]
  const called = { type: 'function_call', call_id: 'call_1', name: 'get_weather', arguments: '{}' }
  test.each<[string, unknown[], unknown[]]>([
    [
      'items that are only there when they are done',
      [
        { type: 'response.output_item.done', output_index: 0, item: said[0] },
        { type: 'response.output_item.done', output_index: 1, item: called },
        completed,
      ],
      [
        { type: 'text', text: 'Hello' },
        call(0, ''),
        call(0, '{}', { isLast: true }),
        usage,
        finish('tool_calls'),
        done,
      ],
    ],
    [
      'an answer that is only there at the end',
      [{ type: 'response.completed', response: response({ output: said }) }],
      [{ type: 'text', text: 'Hello' }, usage, finish('stop'), done],
    ],
    [
      'an answer that ran into its limit',
      [
        {
          type: 'response.incomplete',
          response: response({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }),
        },
      ],
      [usage, finish('length', 'max_output_tokens'), done],
    ],
    [
      'an answer that ran into a filter',
      [
        {
          type: 'response.incomplete',
          response: response({
            status: 'incomplete',
            incomplete_details: { reason: 'content_filter' },
            usage: null,
          }),
        },
      ],
      [finish('content_filter', 'content_filter'), done],
    ],
    [
      'a refusal',
      [
        { type: 'response.refusal.delta', output_index: 0, content_index: 0, delta: 'No.' },
        { type: 'response.refusal.done', output_index: 0, content_index: 0, refusal: 'No.' },
      ],
      [{ type: 'refusal', text: 'No.' }],
    ],
    [
      'annotations, once',
      [
        {
          type: 'response.output_text.annotation.added',
          output_index: 0,
          content_index: 0,
          annotation: { type: 'url_citation', url: 'https://a.example' },
        },
        {
          type: 'response.output_item.done',
          output_index: 0,
          item: {
            type: 'message',
            role: 'assistant',
            content: [
              {
                type: 'output_text',
                text: '',
                annotations: [{ type: 'url_citation', url: 'https://a.example' }],
              },
            ],
          },
        },
      ],
      [
        {
          type: 'annotations',
          annotations: [{ type: 'url_citation', url_citation: { url: 'https://a.example' } }],
        },
      ],
    ],
    [
      'a picture of the provider, and what only this shape has',
      [
        {
          type: 'response.output_item.done',
          output_index: 0,
          item: { type: 'image_generation_call', id: 'ig_1', result: 'AAAA', output_format: 'webp' },
        },
        { type: 'response.output_item.done', output_index: 1, item: { type: 'web_search_call', id: 'ws_1' } },
      ],
      [
        {
          type: 'media',
          part: expect.objectContaining({
            source: { kind: 'base64', mediaType: 'image/webp', data: 'AAAA' },
          }),
        },
        {
          type: 'foreign',
          part: {
            type: 'foreign',
            shape: 'openai-responses',
            kind: 'web_search_call',
            value: { type: 'web_search_call', id: 'ws_1' },
          },
        },
      ],
    ],
    [
      'nothing after its end',
      [completed, { type: 'response.output_text.delta', output_index: 0, delta: 'x' }],
      [usage, finish('stop'), done],
    ],
    [
      'nothing in events that it does not know',
      [
        created,
        { type: 'response.queued' },
        { type: 'keepalive', sequence_number: 3 },
        { type: 'response.web_search_call.searching', output_index: 0 },
        null,
        'x',
        7,
      ],
      [],
    ],
  ])('reads %s', (_, events, expected) => {
    expect(read(events)).toEqual(expected)
  })

  const quota = { code: 'insufficient_quota', message: 'You exceeded your current quota.' }
  const failed = {
    type: 'response.failed',
    response: response({ status: 'failed', error: quota, usage: null }),
  }
  const problem = (message: string, code: string | null, status: number | null) => ({
    type: 'problem',
    problem: { message: expect.stringContaining(message), code, status },
  })
  test.each<[string, unknown[], unknown[]]>([
    [
      'as OpenAI sends it, twice',
      [
        created,
        { type: 'error', sequence_number: 2, error: { type: 'insufficient_quota', param: null, ...quota } },
        failed,
      ],
      [problem('quota', 'insufficient_quota', 429), done],
    ],
    ['in the failed response alone', [created, failed], [problem('quota', 'insufficient_quota', 429), done]],
    [
      'flat, as the reference has it',
      [{ type: 'error', sequence_number: 0, ...quota, param: null }],
      [problem('quota', 'insufficient_quota', 429)],
    ],
    [
      'without a code',
      [{ type: 'error', error: { type: 'server_error', code: null, message: 'Sorry.' } }],
      [problem('Sorry.', 'server_error', 500)],
    ],
    ['in a bare body', [{ error: { message: 'Overloaded', code: 503 } }], [problem('Overloaded', null, 503)]],
    [
      'in a response that was cancelled',
      [{ type: 'response.cancelled', response: response({ status: 'cancelled', usage: null }) }],
      [problem('cancelled', null, null), done],
    ],
  ])('reads an error %s', (_, events, expected) => {
    expect(read(events)).toEqual(expected)
  })

  test('a stream of another shape is a problem, and one that breaks off just ends', () => {
    expect(read([{ choices: [{ delta: { content: 'Hi' } }] }])).toEqual([
      problem('none of the Responses API', null, null),
    ])
    expect(read([])).toEqual([problem('none of the Responses API', null, null)])
    expect(read([created, { type: 'response.output_text.delta', output_index: 0, delta: 'Hal' }])).toEqual([
      { type: 'text', text: 'Hal' },
    ])
  })
})
