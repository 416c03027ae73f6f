import { describe, expect, test } from 'vitest'
import { withFieldNames } from './field-names'
import { ABSENT_SIGNATURE } from './model-rules'
import { readGeminiRequest } from './read-request'
import { sealSignature } from './sealed-signature'

const plain = { cacheControl: null, annotations: [] }
const text = (words: string) => ({ type: 'text' as const, text: words, ...plain })
const messagesOf = (contents: unknown[]) => readGeminiRequest({ contents }).messages

/** The function calling guide of ai.google.dev: two calls at once, answered in one turn, with a signature. */
const LOOP = [
  { role: 'user', parts: [{ text: 'Check the weather in Paris and London.' }] },
  {
    role: 'model',
    parts: [
      {
        functionCall: { name: 'get_current_temperature', args: { location: 'Paris' } },
        thoughtSignature: 'c2lnLUE=',
      },
      { functionCall: { name: 'get_current_temperature', args: { location: 'London' } } },
    ],
  },
  {
    role: 'user',
    parts: [
      { functionResponse: { name: 'get_current_temperature', response: { temp: '15C' } } },
      { functionResponse: { name: 'get_current_temperature', response: { output: '12C' } } },
      { text: 'Be short.' },
    ],
  },
]

describe('readGeminiRequest', () => {
  test('reads a request of every setting', () => {
    const read = readGeminiRequest({
      model: 'acme/atlas-120b',
      stream: true,
      systemInstruction: { parts: [{ text: 'You are a cat.' }, { text: 'Your name is Neko.' }] },
      contents: [{ parts: [{ text: 'Hello there' }] }],
      generationConfig: {
        maxOutputTokens: 800,
        temperature: 1,
        topP: 0.8,
        topK: 10,
        candidateCount: 1,
        stopSequences: ['Title'],
        seed: 7,
        presencePenalty: 0.5,
        frequencyPenalty: 0.25,
        responseLogprobs: true,
        logprobs: 3,
        responseMimeType: 'application/json',
        responseSchema: { type: 'ARRAY', items: { type: 'STRING', nullable: true } },
        responseModalities: ['TEXT', 'IMAGE'],
        thinkingConfig: { thinkingBudget: 1024, includeThoughts: true },
      },
      serviceTier: 'standard',
    })
    expect(read).toMatchObject({
      messages: [
        { role: 'system', parts: [text('You are a cat.'), text('Your name is Neko.')] },
        { role: 'user', parts: [text('Hello there')], name: null },
      ],
      maxTokens: 800,
      temperature: 1,
      topP: 0.8,
      topK: 10,
      candidateCount: 1,
      stop: ['Title'],
      seed: 7,
      presencePenalty: 0.5,
      frequencyPenalty: 0.25,
      logprobs: true,
      topLogprobs: 3,
      responseFormat: {
        type: 'json_schema',
        schema: { type: 'array', items: { type: ['string', 'null'] } },
        strict: true,
      },
      modalities: ['text', 'image'],
      reasoning: { effort: null, maxTokens: 1024, isEnabled: true, isExcluded: false, summary: null },
      serviceTier: 'default',
      isStream: true,
    })
  })

  test('finds the call of a result by name and order, and gives ids by place', () => {
    expect(messagesOf(LOOP)).toEqual([
      { role: 'user', parts: [text('Check the weather in Paris and London.')], name: null },
      {
        role: 'assistant',
        parts: [
          {
            type: 'tool_call',
            id: 'call_1_0',
            name: 'get_current_temperature',
            arguments: '{"location":"Paris"}',
            isCustom: false,
            namespace: null,
            thoughtSignature: 'c2lnLUE=',
          },
          {
            type: 'tool_call',
            id: 'call_1_1',
            name: 'get_current_temperature',
            arguments: '{"location":"London"}',
            isCustom: false,
            namespace: null,
            thoughtSignature: null,
          },
        ],
      },
      toolMessage('call_1_0', '{"temp":"15C"}'),
      toolMessage('call_1_1', '12C'),
      { role: 'user', parts: [text('Be short.')], name: null },
    ])
  })

  test('gives the same ids when the transcript grows', () => {
    const longer = [...LOOP, { role: 'model', parts: [{ text: '15 and 12.' }] }]
    expect(messagesOf(longer).slice(0, 5)).toEqual(messagesOf(LOOP))
  })

  test('keeps the ids that calls and results have, in any order', () => {
    const call = (id: string) => ({ functionCall: { id, name: 'f', args: {} } })
    const result = (id: string) => ({ functionResponse: { id, name: 'f', response: { output: id } } })
    const read = messagesOf([
      { role: 'model', parts: [call('a'), call('b')] },
      { role: 'function', parts: [result('b'), result('a')] },
    ])
    expect(read.flatMap((message) => (message.role === 'tool' ? [message.callId] : []))).toEqual(['b', 'a'])
  })

  test.each<[string, unknown, string, boolean]>([
    ['output', { output: 'fine' }, 'fine', false],
    ['result', { result: 'fine' }, 'fine', false],
    ['the AI SDK', { name: 'f', content: 'fine' }, 'fine', false],
    ['an error', { error: 'no such city' }, 'no such city', true],
    ['an error that is an object', { error: { code: 5 } }, '{"code":5}', true],
    ['a value of its own', { error: null, temp: 3 }, '{"error":null,"temp":3}', false],
    ['an output that is an object', { output: { a: 1 } }, '{"output":{"a":1}}', false],
    ['nothing', undefined, '', false],
  ])('reads a result that is %s', (_, response, said, isError) => {
    const [message] = messagesOf([
      { role: 'user', parts: [{ functionResponse: { id: 'x', name: 'f', response } }] },
    ])
    expect(message).toMatchObject({ role: 'tool', parts: [text(said)], isError })
  })

  test('reads media, and text files as text', () => {
    const [message] = messagesOf([
      {
        role: 'user',
        parts: [
          { inlineData: { mimeType: 'image/png', data: 'iVBORw0=' } },
          { fileData: { mimeType: 'application/pdf', fileUri: 'https://example.com/a.pdf' } },
          {
            fileData: {
              mimeType: 'video/mp4',
              fileUri: 'https://generativelanguage.googleapis.com/v1beta/files/abc',
            },
          },
          { inlineData: { mimeType: 'text/plain', data: 'aMOkbGxv' } },
        ],
      },
    ])
    expect(message?.parts).toMatchObject([
      { type: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'iVBORw0=' } },
      {
        type: 'document',
        source: { kind: 'url', url: 'https://example.com/a.pdf', mediaType: 'application/pdf' },
      },
      {
        type: 'video',
        source: { kind: 'file', id: 'https://generativelanguage.googleapis.com/v1beta/files/abc' },
      },
      { type: 'document', source: { kind: 'text', text: 'hällo' } },
    ])
  })

  test('keeps thoughts, the signature on words, and traces of tools that Google ran', () => {
    const code = { executableCode: { language: 'PYTHON', code: 'print(1)' } }
    const [message] = messagesOf([
      {
        role: 'model',
        parts: [
          { text: 'Let me think.', thought: true },
          code,
          { text: 'One.', thoughtSignature: 'c2lnLUI=' },
        ],
      },
    ])
    const gemini = { signature: null, id: null, format: 'google-gemini-v1' }
    expect(message?.parts).toEqual([
      { type: 'reasoning', kind: 'text', text: 'Let me think.', ...gemini },
      { type: 'foreign', shape: 'gemini', kind: 'executableCode', value: code },
      text('One.'),
      { type: 'reasoning', kind: 'encrypted', text: 'c2lnLUI=', ...gemini },
    ])
  })

  test('opens reasoning that was sealed into a signature, in place of what was shown of it', () => {
    const thinking = {
      type: 'reasoning' as const,
      kind: 'text' as const,
      text: 'Where is Riga?',
      signature: 'EqQB',
      id: null,
      format: 'anthropic-claude-v1' as const,
    }
    const [message] = messagesOf([
      {
        role: 'model',
        parts: [
          { text: 'Where is Riga?', thought: true },
          {
            functionCall: { id: 'toolu_1', name: 'find', args: {} },
            thoughtSignature: sealSignature([thinking]),
          },
        ],
      },
    ])
    expect(message?.parts).toMatchObject([
      thinking,
      { type: 'tool_call', id: 'toolu_1', thoughtSignature: null },
    ])
  })

  test('takes the word for an absent signature for none', () => {
    const [message] = messagesOf([
      {
        role: 'model',
        parts: [{ functionCall: { name: 'f', args: {} }, thoughtSignature: ABSENT_SIGNATURE }],
      },
    ])
    expect(message?.parts).toMatchObject([{ thoughtSignature: null }])
  })

  test('reads tools in both ways of writing parameters, and those that Google runs', () => {
    const { tools } = readGeminiRequest({
      contents: [],
      tools: [
        {
          functionDeclarations: [
            {
              name: 'set_light',
              description: 'Sets the light.',
              parameters: {
                type: 'OBJECT',
                properties: {
                  brightness: { type: 'INTEGER', format: 'int32', minimum: 0, maximum: 100 },
                  color: { type: 'STRING', format: 'enum', enum: ['cool', 'warm'], nullable: true },
                  tags: { type: 'ARRAY', items: { type: 'STRING' }, max_items: '3' },
                },
                required: ['brightness'],
                propertyOrdering: ['brightness', 'color', 'tags'],
              },
            },
            { name: 'open_door', parametersJsonSchema: { type: 'object', additionalProperties: false } },
          ],
        },
        { googleSearch: {} },
        { codeExecution: {}, urlContext: {} },
      ],
    })
    expect(tools).toMatchObject([
      {
        type: 'function',
        name: 'set_light',
        description: 'Sets the light.',
        parameters: {
          type: 'object',
          properties: {
            brightness: { type: 'integer', format: 'int32', minimum: 0, maximum: 100 },
            color: { type: ['string', 'null'], enum: ['cool', 'warm', null] },
            tags: { type: 'array', items: { type: 'string' }, maxItems: 3 },
          },
          required: ['brightness'],
        },
      },
      {
        type: 'function',
        name: 'open_door',
        parameters: { type: 'object', additionalProperties: false },
      },
      { type: 'built_in', shape: 'gemini', kind: 'googleSearch', value: { googleSearch: {} } },
      { type: 'built_in', shape: 'gemini', kind: 'codeExecution', value: { codeExecution: {} } },
      { type: 'built_in', shape: 'gemini', kind: 'urlContext', value: { urlContext: {} } },
    ])
  })

  test.each([
    [{ mode: 'AUTO' }, { mode: 'auto' }],
    [{ mode: 'VALIDATED' }, { mode: 'auto' }],
    [{ mode: 'NONE' }, { mode: 'none' }],
    [{ mode: 'ANY' }, { mode: 'required' }],
    [
      { mode: 'ANY', allowedFunctionNames: ['f'] },
      { mode: 'tool', name: 'f', isCustom: false },
    ],
    [
      { mode: 'ANY', allowedFunctionNames: ['f', 'g'] },
      { mode: 'allowed', names: ['f', 'g'], isRequired: true },
    ],
    [{ mode: 'MODE_UNSPECIFIED' }, null],
    [undefined, null],
  ])('reads the choice %j', (functionCallingConfig, choice) => {
    expect(readGeminiRequest({ contents: [], toolConfig: { functionCallingConfig } }).toolChoice).toEqual(
      choice,
    )
  })

  test.each([
    [{ thinkingBudget: 0 }, { isEnabled: false, maxTokens: null, isExcluded: true }],
    [{ thinkingBudget: -1 }, { isEnabled: true, maxTokens: null }],
    [
      { thinkingLevel: 'HIGH', includeThoughts: true },
      { effort: 'high', isEnabled: true, isExcluded: false },
    ],
    [{ includeThoughts: true }, { effort: null, isEnabled: null, isExcluded: false }],
  ])('reads the thinking %j', (thinkingConfig, reasoning) => {
    expect(readGeminiRequest({ contents: [], generationConfig: { thinkingConfig } }).reasoning).toMatchObject(
      reasoning,
    )
  })

  test('takes a reasoning that a preset brought, unless the request says its own', () => {
    const reasoning = { effort: 'low' }
    expect(readGeminiRequest({ contents: [], reasoning }).reasoning?.effort).toBe('low')
    const generationConfig = { thinkingConfig: { thinkingBudget: 5 } }
    expect(readGeminiRequest({ contents: [], reasoning, generationConfig }).reasoning?.maxTokens).toBe(5)
  })

  test.each([
    [{}],
    [{ contents: 'Hi' }],
    [{ contents: [null, 7, { parts: 'x' }, { role: 'model', parts: [null, {}, { functionCall: 1 }] }] }],
    [{ contents: [{ parts: [{ functionResponse: {} }] }], tools: [null, { functionDeclarations: 7 }] }],
    [{ systemInstruction: 7, generationConfig: [], toolConfig: 'x' }],
  ])('never throws: %j', (body) => {
    expect(() => readGeminiRequest(body)).not.toThrow()
  })

  test('reads a schema that nests deeper than any stack', () => {
    let schema: Record<string, unknown> = { type: 'STRING' }
    for (let depth = 0; depth < 50_000; depth += 1) schema = { type: 'ARRAY', items: schema }
    const tools = [{ functionDeclarations: [{ name: 'f', parameters: schema }] }]
    expect(readGeminiRequest({ contents: [], tools }).tools).toHaveLength(1)
  })
})

function toolMessage(callId: string, said: string) {
  return {
    role: 'tool',
    callId,
    name: 'get_current_temperature',
    parts: [text(said)],
    isError: false,
    isCustom: false,
    cacheControl: null,
  }
}

describe('withFieldNames', () => {
  test('writes fields in camel case and leaves a client’s own names as they are', () => {
    const schema = { type: 'OBJECT', properties: { first_name: { type: 'STRING' } } }
    expect(
      withFieldNames({
        session_id: 's-1',
        system_instruction: { parts: [{ text: 'a_b' }] },
        contents: [
          { parts: [{ inline_data: { mime_type: 'image/png', data: 'x_y' } }] },
          { role: 'model', parts: [{ function_call: { name: 'f', args: { first_name: 1 } } }] },
          { parts: [{ function_response: { name: 'f', response: { last_name: 2 } } }] },
        ],
        tools: [{ function_declarations: [{ name: 'f', parameters: schema }] }],
        generation_config: { max_output_tokens: 5, thinking_config: { include_thoughts: true } },
      }),
    ).toEqual({
      session_id: 's-1',
      systemInstruction: { parts: [{ text: 'a_b' }] },
      contents: [
        { parts: [{ inlineData: { mimeType: 'image/png', data: 'x_y' } }] },
        { role: 'model', parts: [{ functionCall: { name: 'f', args: { first_name: 1 } } }] },
        { parts: [{ functionResponse: { name: 'f', response: { last_name: 2 } } }] },
      ],
      tools: [{ functionDeclarations: [{ name: 'f', parameters: schema }] }],
      generationConfig: { maxOutputTokens: 5, thinkingConfig: { includeThoughts: true } },
    })
  })

  test('takes names of JavaScript’s own for names', () => {
    const body = JSON.parse(
      '{"generation_config": {"__proto__": {"a_b": 1}, "constructor": 2}, "toString": 3}',
    )
    const read = withFieldNames(body)
    expect(JSON.stringify(read)).toBe(
      '{"generationConfig":{"__proto__":{"aB":1},"constructor":2},"toString":3}',
    )
  })

  test('gives the same object when nothing is to be renamed', () => {
    const body = { contents: [{ parts: [{ text: 'Hi' }] }], generationConfig: { topP: 1 } }
    expect(withFieldNames(body)).toBe(body)
  })
})
