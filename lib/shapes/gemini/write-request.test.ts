import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Message, OutputPart, ReasoningPart, Request, ToolCallPart } from '../hub'
import { ABSENT_SIGNATURE } from './model-rules'
import { readGeminiRequest } from './read-request'
import { writeGeminiRequest } from './write-request'

const EMPTY = readGeminiRequest({})
const write = (request: Partial<Request>, model = 'gemini-3-flash-preview') =>
  writeGeminiRequest({ ...EMPTY, ...request }, model)
const text = (words: string) => ({ type: 'text' as const, text: words, cacheControl: null, annotations: [] })
const user = (words: string): Message => ({ role: 'user', parts: [text(words)], name: null })
const assistant = (...parts: OutputPart[]): Message => ({ role: 'assistant', parts })
const call = (id: string, fields: Partial<ToolCallPart> = {}): ToolCallPart => ({
  type: 'tool_call',
  id,
  name: 'get_weather',
  arguments: '{"city":"Riga"}',
  isCustom: false,
  namespace: null,
  thoughtSignature: null,
  ...fields,
})
const result = (callId: string, words: string, isError = false): Message => ({
  role: 'tool',
  callId,
  name: null,
  parts: [text(words)],
  isError,
  isCustom: false,
  cacheControl: null,
})
const sealed = (signature: string, fields: Partial<ReasoningPart> = {}): ReasoningPart => ({
  type: 'reasoning',
  kind: 'encrypted',
  text: signature,
  signature: null,
  id: null,
  format: 'google-gemini-v1',
  ...fields,
})
const functionCall = (id: string) => ({
  functionCall: { id, name: 'get_weather', args: { city: 'Riga' } },
})

describe('writeGeminiRequest', () => {
  test('writes a tool loop: one content for what stands together, results by name', () => {
    const messages: Message[] = [
      { role: 'system', parts: [text('Be short.')] },
      user('Weather in Riga and Oslo?'),
      user('Quick.'),
      assistant(text('Looking.'), call('a', { thoughtSignature: 'sig-A' }), call('b')),
      result('a', '{"temp": 12}'),
      result('b', 'no such city', true),
      user('And in words?'),
    ]
    expect(write({ messages })).toEqual({
      systemInstruction: { parts: [{ text: 'Be short.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Weather in Riga and Oslo?' }, { text: 'Quick.' }] },
        {
          role: 'model',
          parts: [
            { text: 'Looking.' },
            { ...functionCall('a'), thoughtSignature: 'sig-A' },
            functionCall('b'),
          ],
        },
        {
          role: 'user',
          parts: [
            { functionResponse: { id: 'a', name: 'get_weather', response: { temp: 12 } } },
            { functionResponse: { id: 'b', name: 'get_weather', response: { error: 'no such city' } } },
          ],
        },
        { role: 'user', parts: [{ text: 'And in words?' }] },
      ],
    })
  })

  test.each<[string, string, boolean]>([
    ['gemini-3-pro-preview', 'its first call alone', true],
    ['models/gemini-3.8-flash', 'its first call alone', true],
    ['acme/unknown', 'its first call alone', true],
    ['gemini-2.5-pro', 'no call', false],
    ['gemini-2.0-flash', 'no call', false],
  ])('for %s marks as unsigned: %s', (model, _, isMarked) => {
    const messages = [assistant(call('a'), call('b')), result('a', 'x'), result('b', 'y')]
    const { contents } = write({ messages }, model)
    expect(contents).toMatchObject([
      {
        parts: [
          isMarked ? { ...functionCall('a'), thoughtSignature: ABSENT_SIGNATURE } : functionCall('a'),
          functionCall('b'),
        ],
      },
      {},
    ])
    expect(JSON.stringify(contents).split(ABSENT_SIGNATURE)).toHaveLength(isMarked ? 2 : 1)
  })

  test.each<[string, OutputPart[], unknown[]]>([
    ['the words before it', [text('One.'), sealed('sig')], [{ text: 'One.', thoughtSignature: 'sig' }]],
    [
      'the words after it, as chat clients send it',
      [sealed('sig'), text('One.')],
      [{ text: 'One.', thoughtSignature: 'sig' }],
    ],
    ['a part of its own', [sealed('sig')], [{ text: '', thoughtSignature: 'sig' }]],
    [
      'the call that OpenRouter names',
      [sealed('sig', { id: 'a' }), text('One.'), call('a')],
      [{ text: 'One.' }, { ...functionCall('a'), thoughtSignature: 'sig' }],
    ],
    [
      'its thought',
      [sealed('Hm.', { kind: 'text', signature: 'sig' }), text('One.')],
      [{ text: 'Hm.', thought: true, thoughtSignature: 'sig' }, { text: 'One.' }],
    ],
    ['nothing without one', [sealed('Hm.', { kind: 'text' }), text('One.')], [{ text: 'One.' }]],
    [
      'nothing when it is of another format',
      [sealed('x', { format: 'openai-responses-v1' }), text('One.')],
      [{ text: 'One.' }],
    ],
  ])('puts a signature on %s', (_, parts, written) => {
    expect(write({ messages: [assistant(...parts)] }, 'gemini-2.5-pro').contents).toEqual([
      { role: 'model', parts: written },
    ])
  })

  test.each<[string, unknown]>([
    ['', { output: '' }],
    ['12 °C', { output: '12 °C' }],
    ['[1]', { output: '[1]' }],
    ['{"a": {"b": 1}}', { a: { b: 1 } }],
    ['{"$ref": "#/a"}', { output: '{"$ref": "#/a"}' }],
    ['{"error": "x"}', { output: '{"error": "x"}' }],
    ['{broken', { output: '{broken' }],
  ])('writes the result %j', (words, response) => {
    const { contents } = write({ messages: [assistant(call('a')), result('a', words)] })
    expect(contents).toMatchObject([{}, { parts: [{ functionResponse: { response } }] }])
  })

  test('puts pictures into results where the model takes them, and after them where not', () => {
    const image = {
      type: 'image' as const,
      source: { kind: 'base64' as const, mediaType: 'image/png', data: 'iVBO' },
      filename: null,
      detail: null,
      cacheControl: null,
    }
    const tool = { ...result('a', 'done'), parts: [text('done'), image] } as Message
    const inline = { inlineData: { mimeType: 'image/png', data: 'iVBO' } }
    const response = { id: 'a', name: 'get_weather', response: { output: 'done' } }
    const partsOf = (model: string) => write({ messages: [assistant(call('a')), tool] }, model).contents
    expect(partsOf('gemini-3-flash')).toMatchObject([
      {},
      { parts: [{ functionResponse: { ...response, parts: [inline] } }] },
    ])
    expect(partsOf('gemini-2.5-flash')).toMatchObject([
      {},
      { parts: [{ functionResponse: response }, inline] },
    ])
  })

  test('writes arguments that are no JSON object under their key, and back', () => {
    const { contents } = write({ messages: [assistant(call('a', { arguments: '{"city":' }))] })
    expect(contents).toMatchObject([{ parts: [{ functionCall: { args: { __raw_arguments: '{"city":' } } }] }])
    expect(readGeminiRequest({ contents }).messages[0]?.parts).toMatchObject([{ arguments: '{"city":' }])
  })

  test('says an instruction as the user where there is nothing else, or no word for it', () => {
    const system: Message = { role: 'system', parts: [text('Be short.')] }
    expect(write({ messages: [system] })).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'Be short.' }] }],
    })
    expect(write({ messages: [system, user('Hi')] }, 'gemma-3-27b-it')).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'Be short.' }, { text: 'Hi' }] }],
    })
  })

  test('writes media by address with a type, and a note for what cannot go', () => {
    const media = { filename: null, detail: null, cacheControl: null }
    const message: Message = {
      role: 'user',
      name: null,
      parts: [
        {
          type: 'image',
          source: { kind: 'url', url: 'https://example.com/a.webp?x=1', mediaType: null },
          ...media,
        },
        { type: 'document', source: { kind: 'text', text: 'Plain.', mediaType: 'text/plain' }, ...media },
        { type: 'document', source: { kind: 'file', id: 'file-abc' }, ...media },
        { type: 'foreign', shape: 'anthropic-messages', kind: 'search_result', value: {} },
      ],
    }
    expect(write({ messages: [message] }).contents).toEqual([
      {
        role: 'user',
        parts: [
          { fileData: { fileUri: 'https://example.com/a.webp?x=1', mimeType: 'image/webp' } },
          { text: 'Plain.' },
          { text: '[document was left out: this provider does not take it]' },
          { text: '[search_result was left out: this provider does not take it]' },
        ],
      },
    ])
  })

  test('writes settings and tools', () => {
    const schema = {
      type: 'object',
      properties: { kind: { const: 'a' }, note: { type: ['string', 'null'] } },
      additionalProperties: false,
    }
    const tool = { strict: null, namespace: null, cacheControl: null, description: null }
    expect(
      write({
        messages: [user('Hi')],
        tools: [
          { type: 'function', name: 'f', parameters: schema, ...tool },
          { type: 'function', name: 'g', parameters: { type: 'object', properties: {} }, ...tool },
          { type: 'custom', name: 'patch', description: 'Free text.', format: null, namespace: null },
          { type: 'built_in', shape: 'openai-chat', kind: 'web_search', value: {} },
        ],
        toolChoice: { mode: 'tool', name: 'f', isCustom: false },
        maxTokens: 5,
        temperature: 0.5,
        topP: 0.9,
        topK: 3,
        stop: ['END'],
        seed: 1,
        logprobs: true,
        topLogprobs: 2,
        modalities: ['text', 'image'],
        responseFormat: { type: 'json_schema', name: 'x', schema, strict: true, description: null },
        serviceTier: 'default',
        reasoning: { effort: 'low', maxTokens: null, isEnabled: null, isExcluded: false, summary: null },
        user: 'u',
        minP: 0.1,
      }),
    ).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'Hi' }] }],
      tools: [
        {
          functionDeclarations: [
            {
              name: 'f',
              parametersJsonSchema: {
                type: 'object',
                properties: { kind: { enum: ['a'] }, note: { type: ['string', 'null'] } },
                additionalProperties: false,
              },
            },
            { name: 'g' },
            {
              name: 'patch',
              description: 'Free text.',
              parametersJsonSchema: {
                type: 'object',
                properties: { input: { type: 'string' } },
                required: ['input'],
              },
            },
          ],
        },
      ],
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['f'] } },
      generationConfig: {
        maxOutputTokens: 5,
        temperature: 0.5,
        topP: 0.9,
        topK: 3,
        stopSequences: ['END'],
        seed: 1,
        responseLogprobs: true,
        logprobs: 2,
        responseModalities: ['TEXT', 'IMAGE'],
        responseMimeType: 'application/json',
        responseJsonSchema: {
          type: 'object',
          properties: { kind: { enum: ['a'] }, note: { type: ['string', 'null'] } },
          additionalProperties: false,
        },
        thinkingConfig: { includeThoughts: true, thinkingLevel: 'LOW' },
      },
      serviceTier: 'standard',
    })
  })

  test('offers only what may be called where nothing has to be', () => {
    const tool = { parameters: null, strict: null, namespace: null, cacheControl: null, description: null }
    const written = write({
      messages: [user('Hi')],
      tools: [
        { type: 'function', name: 'f', ...tool },
        { type: 'function', name: 'g', ...tool },
      ],
      toolChoice: { mode: 'allowed', names: ['g'], isRequired: false },
    })
    expect(written).toMatchObject({
      tools: [{ functionDeclarations: [{ name: 'g' }] }],
      toolConfig: { functionCallingConfig: { mode: 'AUTO' } },
    })
  })

  test('a transcript read, written and read again is the same', () => {
    const name = fc.constantFrom('f', 'g')
    const words = fc.string({ minLength: 1 })
    const part = fc.oneof(
      words.map((said) => ({ text: said })),
      fc.record({ text: words, thoughtSignature: fc.base64String({ minLength: 4 }) }),
      fc.record({
        functionCall: fc.record({ id: fc.uuid(), name, args: fc.dictionary(words, fc.integer()) }),
        thoughtSignature: fc.base64String({ minLength: 4 }),
      }),
    )
    const content = fc.oneof(
      fc.record({
        role: fc.constant('user'),
        parts: fc.array(
          words.map((said) => ({ text: said })),
          { minLength: 1 },
        ),
      }),
      fc.record({ role: fc.constant('model'), parts: fc.array(part, { minLength: 1 }) }),
    )
    fc.assert(
      fc.property(fc.array(content, { minLength: 1 }), (contents) => {
        const once = write(readGeminiRequest({ contents }))
        expect(write(readGeminiRequest(once))).toEqual(once)
      }),
    )
  })
})

describe('thinkingConfig by model', () => {
  const settings = { effort: null, maxTokens: null, isEnabled: null, isExcluded: false, summary: null }
  test.each<[string, object, unknown]>([
    ['gemini-3-flash-preview', { effort: 'minimal' }, { includeThoughts: true, thinkingLevel: 'MINIMAL' }],
    ['gemini-3-flash-preview', { effort: 'xhigh' }, { includeThoughts: true, thinkingLevel: 'HIGH' }],
    ['gemini-3-flash-preview', { effort: 'none' }, { thinkingLevel: 'MINIMAL' }],
    ['gemini-3-flash-preview', { isEnabled: false }, { thinkingLevel: 'MINIMAL' }],
    ['gemini-3-flash-preview', { maxTokens: 500 }, { includeThoughts: true, thinkingBudget: 500 }],
    [
      'gemini-3-flash-preview',
      { effort: 'low', maxTokens: 500 },
      { includeThoughts: true, thinkingLevel: 'LOW' },
    ],
    ['gemini-3-flash-preview', { isEnabled: true }, { includeThoughts: true }],
    ['gemini-3-flash-preview', { isEnabled: true, isExcluded: true }, { includeThoughts: false }],
    ['gemini-3-pro-preview', { effort: 'medium' }, { includeThoughts: true, thinkingLevel: 'HIGH' }],
    ['gemini-3.1-pro-preview', { effort: 'minimal' }, { includeThoughts: true, thinkingLevel: 'LOW' }],
    ['gemini-3.8-flash', { effort: 'none' }, { thinkingLevel: 'LOW' }],
    ['gemini-3.5-flash-lite', { effort: 'none' }, { thinkingLevel: 'MINIMAL' }],
    ['gemini-4-hydrogen', { effort: 'max' }, { includeThoughts: true, thinkingLevel: 'XHIGH' }],
    ['google/gemini-2.5-pro', { effort: 'none' }, { thinkingBudget: 128 }],
    ['gemini-2.5-pro', { effort: 'max' }, { includeThoughts: true, thinkingBudget: 32_000 }],
    ['gemini-2.5-flash', { effort: 'none' }, { thinkingBudget: 0 }],
    ['gemini-2.5-flash', { effort: 'xhigh' }, { includeThoughts: true, thinkingBudget: 24_576 }],
    ['gemini-2.5-flash', { isEnabled: true }, { includeThoughts: true, thinkingBudget: -1 }],
    ['gemini-2.5-flash-lite', { maxTokens: 100 }, { includeThoughts: true, thinkingBudget: 512 }],
    ['gemini-2.0-flash', { effort: 'high' }, undefined],
    ['gemma-3-27b-it', { effort: 'high' }, undefined],
  ])('%s with %j', (model, reasoning, thinkingConfig) => {
    const { generationConfig } = write(
      { messages: [user('Hi')], reasoning: { ...settings, ...reasoning } },
      model,
    )
    expect(generationConfig).toEqual(thinkingConfig === undefined ? undefined : { thinkingConfig })
  })
})
