import { describe, expect, test } from 'vitest'
import { type JsonObject, objectOf, objectsOf } from '../../platform/json-value'
import { parseJson } from '../../platform/parse-json'
import { createSseParser } from '../../platform/sse/parse-sse'
import { callIdFor } from '../call-id'
import { sealReasoning } from '../foreign-reasoning'
import type { Message, Request } from '../hub'
import type { StreamPiece } from '../shape'
import { openaiResponses } from './shape'

const identity = {
  id: 'gen-1-ab',
  model: 'acme/atlas-120b',
  providerName: 'Acme',
  createdSeconds: 1_764_547_200,
}
const options = { identity, promptTokens: null, request: {} }
const sealed = sealReasoning({
  type: 'reasoning',
  kind: 'text',
  text: '',
  signature: 's',
  id: null,
  format: 'anthropic-claude-v1',
})

function parse(sse: string): StreamPiece[] {
  const parser = createSseParser()
  const events = [...parser.push(new TextEncoder().encode(sse)), ...parser.end()]
  return events.map(({ event, data }) => ({ event, data, value: parseJson(data) }))
}

describe('the relay between like shapes', () => {
  const piece = (value: JsonObject, data = JSON.stringify(value)): StreamPiece => ({
    event: String(value.type),
    data,
    value,
  })
  const response = {
    id: 'resp_1',
    model: 'gpt-5.4-2026-03-05',
    status: 'in_progress',
    output: [],
    usage: null,
    store: false,
  }
  const created = piece({ type: 'response.created', sequence_number: 0, response })
  const delta = piece(
    { type: 'response.output_text.delta', sequence_number: 1, delta: 'Hi' },
    '{ "type": "response.output_text.delta",  "sequence_number": 1, "delta": "Hi", "obfuscation": "x" }',
  )
  const completed = piece({
    type: 'response.completed',
    sequence_number: 2,
    response: {
      ...response,
      status: 'completed',
      usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
    },
  })

  test('passes pieces as they came, puts the response under our name, and lets the last wait for the cost', () => {
    const relay = openaiResponses.createRelay(options)
    const [first, second, ...more] = parse(relay.pass([created, delta, completed]))
    expect(more).toEqual([])
    expect(first?.value).toEqual({
      type: 'response.created',
      sequence_number: 0,
      response: { ...response, id: 'gen-1-ab', model: 'acme/atlas-120b', provider: 'Acme' },
    })
    expect(second).toMatchObject({ event: 'response.output_text.delta', data: delta.data })
    expect(parse(relay.finish({ costUsd: 0.5, metadata: { a: 1 } }))).toMatchObject([
      {
        event: 'response.completed',
        value: {
          response: {
            id: 'gen-1-ab',
            status: 'completed',
            usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3, cost: 0.5 },
            openrouter_metadata: { a: 1 },
          },
        },
      },
    ])
  })

  test('events without names get them', () => {
    const relay = openaiResponses.createRelay(options)
    expect(parse(relay.pass([{ ...delta, event: null }]))).toMatchObject([
      { event: 'response.output_text.delta' },
    ])
  })

  test('says an error once, going on in the numbers of the provider', () => {
    const relay = openaiResponses.createRelay(options)
    const error = piece({ type: 'error', sequence_number: 2, error: { message: 'gone' } })
    const passed = parse(relay.pass([created, delta, error]))
    expect(passed).toHaveLength(2)
    const problem = { status: 502, type: 'provider_unavailable' as const, message: 'Acme: gone' }
    expect(parse(relay.fail(problem, { costUsd: null, metadata: null }))).toMatchObject([
      { event: 'error', value: { sequence_number: 2, message: 'Acme: gone', code: 'server_error' } },
      {
        event: 'response.failed',
        value: {
          sequence_number: 3,
          response: {
            id: 'gen-1-ab',
            status: 'failed',
            error: { code: 'server_error', message: 'Acme: gone' },
          },
        },
      },
    ])
  })
})

describe('a request between like shapes', () => {
  test('goes as it came but for what only we understand and what would need a store', () => {
    const body = {
      input: [
        { role: 'user', content: 'Hi' },
        { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAA' },
        { type: 'reasoning', id: 'rs_2', summary: [], encrypted_content: sealed },
        { type: 'reasoning', id: 'rs_3', summary: [{ type: 'summary_text', text: 'Hm.' }] },
        { type: 'item_reference', id: 'rs_4' },
        {
          type: 'function_call',
          call_id: callIdFor({ id: 'c1', thoughtSignature: 'sig' }),
          name: 'a',
          arguments: '{}',
        },
        { type: 'function_call_output', call_id: 'c2', output: 'x' },
      ],
      client_metadata: { a: 1 },
      seed: 7,
      store: true,
      stream: true,
    }
    expect(openaiResponses.relayRequest(body, { upstreamModel: 'gpt-5.4', isStream: true })).toEqual({
      model: 'gpt-5.4',
      input: [
        body.input[0],
        body.input[1],
        { type: 'function_call', call_id: 'c1', name: 'a', arguments: '{}' },
        body.input[6],
      ],
      client_metadata: { a: 1 },
      store: false,
      stream: true,
    })
    expect(
      openaiResponses.relayRequest({ input: 'Hi', stream: true }, { upstreamModel: 'm', isStream: false }),
    ).toEqual({
      model: 'm',
      input: 'Hi',
      store: false,
    })
  })

  test.each<[JsonObject, unknown]>([
    [{}, undefined],
    [{ reasoning: { effort: 'low' } }, ['reasoning.encrypted_content']],
    [{ reasoning: { effort: 'low' }, include: ['a'] }, ['a', 'reasoning.encrypted_content']],
    [{ reasoning: { effort: 'none' } }, undefined],
    [{ reasoning: { effort: 'low' }, store: false }, undefined],
    [
      { reasoning: { effort: 'low' }, include: ['reasoning.encrypted_content'] },
      ['reasoning.encrypted_content'],
    ],
  ])('%j includes %j, since nobody keeps the reasoning', (body, expected) => {
    const relayed = openaiResponses.relayRequest(
      { input: 'Hi', ...body },
      { upstreamModel: 'm', isStream: false },
    )
    expect(relayed.include).toEqual(expected)
  })

  test.each([
    ['of a call and its output, as OpenAI gives them', { type: 'function_call', id: 'fc_1' }, 'fc_1'],
    ['of an output that a client made up', { type: 'function_call_output', id: 'output_call_1' }, undefined],
    ['that is the id of the call', { type: 'function_call', id: 'call_1' }, undefined],
    ['of a custom call', { type: 'custom_tool_call', id: 'ctc_1' }, 'ctc_1'],
    ['of a message', { type: 'message', role: 'assistant', id: 'msg_1' }, 'msg_1'],
    ['of a message that does not say so', { role: 'user', id: '019f629b-43ee-7a82' }, undefined],
    ['that is empty', { type: 'message', role: 'assistant', id: '' }, undefined],
    ['that is too long', { type: 'message', role: 'assistant', id: `msg_${'a'.repeat(61)}` }, undefined],
    ['of reasoning', { type: 'reasoning', id: 'item_1', encrypted_content: 'gAAA' }, undefined],
    ['of an item that has no rule', { type: 'web_search_call', id: 'x1' }, 'x1'],
  ])('an id %s', (_, item, id) => {
    const { input } = openaiResponses.relayRequest({ input: [item] }, { upstreamModel: 'm', isStream: false })
    expect(input).toEqual([id === undefined ? { ...item, id: undefined } : item])
  })
})

describe('a whole answer', () => {
  const body = {
    id: 'resp_1',
    status: 'completed',
    service_tier: 'default',
    output: [
      {
        type: 'reasoning',
        id: 'rs_1',
        summary: [{ type: 'summary_text', text: 'Hm.' }],
        encrypted_content: 'gAAA',
      },
      {
        type: 'message',
        id: 'msg_1',
        role: 'assistant',
        status: 'completed',
        content: [
          { type: 'output_text', text: 'Hi', annotations: [], logprobs: [] },
          { type: 'refusal', refusal: 'No.' },
        ],
      },
      { type: 'web_search_call', id: 'ws_1', status: 'completed' },
      { type: 'function_call', id: 'fc_1', call_id: 'c1', name: 'a', arguments: '{}', status: 'completed' },
    ],
    usage: {
      input_tokens: 1,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 2,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 3,
    },
  }

  test('is read, and written again as the same answer', () => {
    const answer = openaiResponses.readAnswer(body)
    expect(answer).toMatchObject({
      id: 'resp_1',
      finishReason: 'tool_calls',
      problem: null,
      serviceTier: 'default',
    })
    const written = openaiResponses.writeAnswer(answer, options)
    expect(written).toMatchObject({
      id: 'gen-1-ab',
      status: 'completed',
      service_tier: 'default',
      usage: body.usage,
    })
    expect(objectsOf(written.output).map(({ id, ...item }) => item)).toEqual(
      body.output.map(({ id, ...item }) => item),
    )
  })

  test.each<[unknown, string | null]>([
    [body, null],
    [{ output: [] }, null],
    [{ ...body, status: 'failed', error: { code: 'server_error', message: 'Sorry.' } }, 'Sorry.'],
    [{ ...body, status: 'failed', error: null }, 'failed'],
    [{ ...body, status: 'queued' }, 'queued'],
    [{ error: { message: 'No such model', code: 'model_not_found' } }, 'No such model'],
    [{ choices: [] }, 'no response of the Responses API'],
    [null, 'no response of the Responses API'],
    ['<html>', 'no response of the Responses API'],
  ])('%j has the problem %j', (given, message) => {
    const { problem } = openaiResponses.readAnswer(given)
    if (message === null) expect(problem).toBeNull()
    else expect(problem?.message).toContain(message)
  })

  test('one that failed says so', () => {
    const problem = { message: 'Sorry.', code: null, status: null }
    const written = openaiResponses.writeAnswer({ ...openaiResponses.readAnswer(body), problem }, options)
    expect(written).toMatchObject({ status: 'failed', error: { code: 'server_error', message: 'Sorry.' } })
  })

  test('one of the same shape is stamped: our id, model, provider, cost and metadata', () => {
    expect(
      openaiResponses.stampAnswer({ ...body, extra: 1 }, identity, { costUsd: 0.1, metadata: { a: 1 } }),
    ).toEqual({
      ...body,
      extra: 1,
      id: 'gen-1-ab',
      model: 'acme/atlas-120b',
      provider: 'Acme',
      usage: { ...body.usage, cost: 0.1 },
      openrouter_metadata: { a: 1 },
    })
  })
})

describe('what the gateway decides by', () => {
  test('is read from the body', () => {
    const schema = { type: 'object' }
    expect(
      openaiResponses.inspectRequest({
        model: 'a/b',
        instructions: 'Be short.',
        input: [
          { role: 'developer', content: 'Go.' },
          { type: 'function_call_output', call_id: 'c', output: 'x' },
        ],
        tools: [
          { type: 'function', name: 'a', parameters: schema },
          { type: 'namespace', name: 'crm', tools: [{ type: 'function', name: 'find' }] },
          { type: 'custom', name: 'run' },
          { type: 'web_search' },
        ],
        max_output_tokens: 10,
        temperature: null,
        text: { format: { type: 'json_schema', name: 'n', schema }, verbosity: 'low' },
        user: 'u-1',
        prompt_cache_key: 'k',
        stream: true,
      }),
    ).toMatchObject({
      isStream: true,
      offeredTools: [
        { name: 'a', schema },
        { name: 'crm__find' },
        { name: 'run', schema: undefined },
        { name: 'web_search' },
      ],
      parameters: ['tools', 'max_tokens', 'response_format', 'verbosity'],
      maxTokens: 10,
      endUser: 'u-1',
      promptCacheKey: 'k',
      responseFormat: { type: 'json_schema', schema },
      hasToolResults: true,
      system: 'Be short.',
      messages: [{ role: 'developer', content: 'Go.' }],
    })
    expect(openaiResponses.inspectRequest({ input: 'Hi', temperature: null })).toMatchObject({
      isStream: false,
      offeredTools: [],
      parameters: [],
      responseFormat: null,
      hasToolResults: false,
      messages: [{ role: 'user', content: 'Hi' }],
    })
  })

  test('a prompt is weighed by its parts', () => {
    const words = (count: number) => 'x'.repeat(count * 4)
    const parts = openaiResponses.promptParts({
      instructions: words(100),
      input: [
        { role: 'user', content: [{ type: 'input_text', text: words(50) }] },
        { type: 'function_call_output', call_id: 'c', output: words(30) },
        { type: 'message', role: 'assistant', content: words(20) },
      ],
      tools: [
        {
          type: 'namespace',
          name: 'mcp__crm',
          tools: [{ type: 'function', name: 'find', description: words(40) }],
        },
      ],
    })
    expect(parts).toMatchObject({
      system: 100,
      userText: 50,
      toolResults: 30,
      assistantHistory: 20,
      toolDefinitions: 0,
    })
    expect(parts.mcpToolDefinitions).toBeGreaterThan(40)
  })
})

describe('presets', () => {
  test('a system prompt goes before the instructions, once', () => {
    const body = { input: 'Hi', instructions: 'Be short.' }
    const merged = openaiResponses.withSystemPrompt(body, 'You are Ada.')
    expect(merged.instructions).toBe('You are Ada.\n\nBe short.')
    expect(openaiResponses.withSystemPrompt(merged, 'You are Ada.')).toBe(merged)
    expect(openaiResponses.withSystemPrompt({ input: 'Hi' }, 'You are Ada.').instructions).toBe(
      'You are Ada.',
    )
  })

  test('chat words fill the gaps of the request as fields of this shape', () => {
    const parameters = {
      max_tokens: 100,
      temperature: 0.2,
      verbosity: 'low',
      response_format: { type: 'json_schema', json_schema: { name: 'n', schema: {} } },
      tools: [{ type: 'function', function: { name: 'a' } }, { type: 'web_search' }],
      tool_choice: { type: 'function', function: { name: 'a' } },
      reasoning: { effort: 'low' },
      provider: { order: ['acme'] },
    }
    expect(
      openaiResponses.writeDefaults(parameters, { input: 'Hi', temperature: 1, text: { verbosity: 'high' } }),
    ).toEqual({
      max_output_tokens: 100,
      text: { format: { type: 'json_schema', name: 'n', schema: {} } },
      tools: [{ type: 'function', name: 'a' }, { type: 'web_search' }],
      tool_choice: { type: 'function', name: 'a' },
      reasoning: { effort: 'low' },
      provider: { order: ['acme'] },
    })
    expect(openaiResponses.writeDefaults({ max_tokens: 5 }, { max_output_tokens: 9 })).toEqual({})
  })
})

test('an error is written as OpenAI writes it', () => {
  const fields = [{ path: 'input.0.role', message: 'expected user' }]
  const problem = {
    status: 400,
    type: 'invalid_request' as const,
    message: 'input.0.role: expected user',
    metadata: { fields },
  }
  expect(openaiResponses.errorBody(problem, { a: 1 })).toEqual({
    error: {
      message: 'input.0.role: expected user',
      type: 'invalid_request_error',
      param: 'input.0.role',
      code: null,
      metadata: { error_type: 'invalid_request', fields },
    },
    openrouter_metadata: { a: 1 },
  })
  expect(
    openaiResponses.errorBody(
      { status: 429, type: 'rate_limit_exceeded', message: 'slow', code: 'tpm' },
      null,
    ),
  ).toMatchObject({
    error: { type: 'rate_limit_error', code: 'tpm', param: null },
  })
})

test('where a provider is asked', () => {
  const upstream = { upstreamModel: 'm', isStream: true }
  expect(openaiResponses.requestUrl({ baseUrl: 'https://api.example/v1/', ...upstream })).toBe(
    'https://api.example/v1/responses',
  )
  expect(openaiResponses.modelListUrl('https://api.example/v1')).toBe('https://api.example/v1/models')
  expect(openaiResponses.readModelList({ data: [{ id: 'a' }, { id: 7 }, 'x', { id: 'b' }] })).toEqual([
    'a',
    'b',
  ])
})

describe('a request of another shape for a provider of this one', () => {
  const empty = objectOf(openaiResponses.readRequest({ input: 'Hi' }))
  const request = (more: Partial<Request>): Request => ({ ...(empty as Request), ...more })
  const written = (more: Partial<Request>) => openaiResponses.writeRequest(request(more), 'm')
  const text = (said: string) => ({ type: 'text' as const, text: said, cacheControl: null, annotations: [] })

  test.each<[string, Message, JsonObject[]]>([
    ['an empty assistant message as nothing', { role: 'assistant', parts: [text('')] }, []],
    [
      'a tool that failed',
      {
        role: 'tool',
        callId: 'c',
        name: null,
        parts: [text('no such file')],
        isError: true,
        isCustom: false,
        cacheControl: null,
      },
      [{ type: 'function_call_output', call_id: 'c', output: 'Error: no such file' }],
    ],
    [
      'a tool that said nothing',
      {
        role: 'tool',
        callId: 'c',
        name: null,
        parts: [],
        isError: false,
        isCustom: false,
        cacheControl: null,
      },
      [{ type: 'function_call_output', call_id: 'c', output: '' }],
    ],
    [
      'reasoning of another format as nothing',
      {
        role: 'assistant',
        parts: [
          {
            type: 'reasoning',
            kind: 'text',
            text: 'Hm.',
            signature: 's',
            id: null,
            format: 'anthropic-claude-v1',
          },
          text('Hi'),
        ],
      },
      [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] }],
    ],
    [
      'a recording as a note',
      {
        role: 'user',
        name: null,
        parts: [
          {
            type: 'audio',
            source: { kind: 'base64', mediaType: 'audio/wav', data: 'AA' },
            filename: null,
            detail: null,
            cacheControl: null,
          },
        ],
      },
      [
        {
          type: 'message',
          role: 'user',
          content: [{ type: 'input_text', text: '[audio was left out: this provider does not take it]' }],
        },
      ],
    ],
    [
      'a text document as its text',
      {
        role: 'user',
        name: null,
        parts: [
          {
            type: 'document',
            source: { kind: 'text', text: 'Once.', mediaType: 'text/plain' },
            filename: 'a.txt',
            detail: null,
            cacheControl: null,
          },
        ],
      },
      [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Once.' }] }],
    ],
  ])('writes %s', (_, message, items) => {
    expect(written({ messages: [message] }).input).toEqual(items)
  })

  test.each<[string, Partial<Request>, JsonObject]>([
    ['nothing is stored', {}, { store: false }],
    [
      'no schema is one without properties',
      {
        tools: [
          {
            type: 'function',
            name: 'a',
            description: null,
            parameters: null,
            strict: null,
            namespace: null,
            cacheControl: null,
          },
        ],
      },
      {
        tools: [
          { type: 'function', name: 'a', parameters: { type: 'object', properties: {} }, strict: false },
        ],
      },
    ],
    [
      'no choice without tools',
      { toolChoice: { mode: 'required' }, parallelToolCalls: true },
      { tool_choice: undefined, parallel_tool_calls: undefined },
    ],
    [
      'thinking that is wanted is seen',
      { reasoning: { effort: null, maxTokens: 8000, isEnabled: true, isExcluded: false, summary: null } },
      { reasoning: { effort: 'medium', summary: 'auto' }, include: ['reasoning.encrypted_content'] },
    ],
    [
      'an effort alone is an effort',
      { reasoning: { effort: 'high', maxTokens: null, isEnabled: null, isExcluded: false, summary: null } },
      { reasoning: { effort: 'high' }, include: ['reasoning.encrypted_content'] },
    ],
    [
      'thinking that is off is not mentioned',
      { reasoning: { effort: null, maxTokens: null, isEnabled: false, isExcluded: false, summary: null } },
      { reasoning: undefined, include: undefined },
    ],
    [
      'a schema without a name gets one',
      { responseFormat: { type: 'json_schema', name: null, schema: {}, strict: null, description: null } },
      { text: { format: { type: 'json_schema', name: 'answer', schema: {}, strict: false } } },
    ],
  ])('%s', (_, more, expected) => {
    const body = written(more)
    for (const [name, value] of Object.entries(expected)) expect(body[name]).toEqual(value)
  })
})
