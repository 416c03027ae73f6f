import { describe, expect, test } from 'vitest'
import type { StreamEvent } from '../hub'
import { createGeminiReader } from './create-reader'
import { gemini } from './shape'

const read = (...chunks: unknown[]): StreamEvent[] => {
  const reader = createGeminiReader()
  const events = chunks.flatMap((value) => reader.push({ event: null, data: JSON.stringify(value), value }))
  return [...events, ...reader.end()]
}
const parts = (...list: unknown[]) => ({
  candidates: [{ content: { role: 'model', parts: list }, index: 0 }],
})
const call = (fields: object) => ({
  type: 'tool_call',
  isCustom: false,
  namespace: null,
  thoughtSignature: null,
  ...fields,
})
const usage = (fields: object) => ({
  type: 'usage',
  usage: {
    promptTokens: null,
    cachedTokens: null,
    cacheWriteTokens: null,
    completionTokens: null,
    reasoningTokens: null,
    reportedCostUsd: null,
    ...fields,
  },
})

/** As Gemini 3.1 Flash-Lite answers on Vertex: the signature comes last, on empty words. */
const HELLO = [
  {
    candidates: [{ content: { role: 'model', parts: [{ text: 'Hello!' }] } }],
    usageMetadata: { trafficType: 'ON_DEMAND' },
    modelVersion: 'gemini-3.1-flash-lite-preview',
    responseId: 'tTCwacuEBMvnitYP06qsgQY',
  },
  {
    candidates: [{ content: { role: 'model', parts: [{ text: ' How can I help?' }] } }],
    usageMetadata: { trafficType: 'ON_DEMAND' },
    responseId: 'tTCwacuEBMvnitYP06qsgQY',
  },
  {
    candidates: [
      {
        content: { role: 'model', parts: [{ text: '', thoughtSignature: 'AY89a18iOcFu' }] },
        finishReason: 'STOP',
      },
    ],
    usageMetadata: {
      promptTokenCount: 1,
      candidatesTokenCount: 9,
      thoughtsTokenCount: 20,
      totalTokenCount: 30,
    },
    responseId: 'tTCwacuEBMvnitYP06qsgQY',
  },
]

describe('createGeminiReader', () => {
  test('reads text, the signature after it, the reason and the usage', () => {
    expect(read(...HELLO)).toEqual([
      { type: 'text', text: 'Hello!' },
      { type: 'text', text: ' How can I help?' },
      {
        type: 'reasoning',
        block: 1,
        piece: {
          type: 'reasoning',
          kind: 'encrypted',
          text: 'AY89a18iOcFu',
          signature: null,
          id: null,
          format: 'google-gemini-v1',
        },
      },
      { type: 'finish', finishReason: 'stop', nativeFinishReason: 'STOP' },
      usage({ promptTokens: 1, completionTokens: 29, reasoningTokens: 20 }),
    ])
  })

  test('reads the same from one list, and from a list for a whole answer', () => {
    expect(read(HELLO)).toEqual(read(...HELLO))
    expect(gemini.readAnswer(HELLO)).toMatchObject({
      parts: [
        { type: 'text', text: 'Hello! How can I help?' },
        { type: 'reasoning', kind: 'encrypted' },
      ],
      finishReason: 'stop',
      usage: { completionTokens: 29 },
      problem: null,
    })
  })

  test('joins thoughts in one block and calls in their order', () => {
    const events = read(
      { ...parts({ text: 'The user', thought: true }), responseId: 'r1' },
      parts({ text: ' asks.', thought: true }),
      parts(
        { functionCall: { name: 'f', args: { a: 1 } }, thoughtSignature: 'sig' },
        { functionCall: { id: 'own', name: 'g' } },
      ),
      { candidates: [{ content: {}, finishReason: 'STOP', index: 0 }] },
    )
    expect(events).toMatchObject([
      { type: 'reasoning', block: 1, piece: { kind: 'text', text: 'The user' } },
      { type: 'reasoning', block: 1, piece: { kind: 'text', text: ' asks.' } },
      call({ index: 0, id: 'call_r1_0', name: 'f', argumentsPiece: '{"a":1}', thoughtSignature: 'sig' }),
      call({ index: 1, id: 'own', name: 'g', argumentsPiece: '{}' }),
      { type: 'finish', finishReason: 'tool_calls', nativeFinishReason: 'STOP' },
    ])
  })

  test('leaves the id of a call open where the response has none', () => {
    const events = read(
      parts({ functionCall: { name: 'f', args: {} } }, { functionCall: { name: 'f', args: {} } }),
    )
    expect(events).toMatchObject([
      { id: '', index: 0 },
      { id: '', index: 1 },
    ])
  })

  test('takes a call that is sent again for one', () => {
    const again = parts({ functionCall: { id: 'x', name: 'f', args: {} } })
    expect(read(again, again)).toHaveLength(1)
  })

  test('takes different calls of one id for what they are', () => {
    const calls = [
      { name: 'f', args: {} },
      { name: 'f', args: { a: 1 } },
      { name: 'g', args: {} },
    ]
    const events = read(...calls.map((call) => parts({ functionCall: { id: 'x', ...call } })))
    expect(events).toMatchObject(calls.map(({ name }, index) => ({ type: 'tool_call', index, name })))
  })

  test('joins arguments that come value by value', () => {
    const piece = (functionCall: object) => parts({ functionCall })
    const events = read(
      { ...piece({ name: 'book', willContinue: true }), responseId: 'r' },
      piece({
        partialArgs: [{ jsonPath: '$.city', stringValue: 'Ri', willContinue: true }],
        willContinue: true,
      }),
      piece({ partialArgs: [{ jsonPath: '$.city', stringValue: 'ga' }], willContinue: true }),
      piece({
        partialArgs: [
          { jsonPath: '$.nights', numberValue: 2 },
          { jsonPath: '$.guests[0].name', stringValue: 'Ada' },
          { jsonPath: "$['with breakfast']", boolValue: false },
          { jsonPath: '$.note', nullValue: 'NULL_VALUE' },
          { jsonPath: '$.far[1000000]', numberValue: 1 },
          { jsonPath: '$.__proto__.polluted', boolValue: true },
        ],
        willContinue: true,
      }),
      piece({}),
      parts({ functionCall: { name: 'pay', args: { euro: 3 } } }),
      { candidates: [{ finishReason: 'STOP' }] },
    )
    const pieces = events.flatMap((event) => (event.type === 'tool_call' ? [event] : []))
    expect(pieces.map(({ index, name }) => [index, name])).toEqual([
      [0, 'book'],
      [0, 'book'],
      [1, 'pay'],
    ])
    const json = pieces[1]?.argumentsPiece ?? ''
    expect(json).toContain('"__proto__":{"polluted":true}')
    expect(JSON.parse(json)).toMatchObject({
      city: 'Riga',
      nights: 2,
      guests: [{ name: 'Ada' }],
      'with breakfast': false,
      note: null,
      far: [],
    })
    expect('polluted' in {}).toBe(false)
  })

  test.each([
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content_filter'],
    ['PROHIBITED_CONTENT', 'content_filter'],
    ['RECITATION', 'content_filter'],
    ['SOMETHING_NEW', 'SOMETHING_NEW'],
  ])('reads the reason %s as %s', (native, finishReason) => {
    expect(read({ candidates: [{ finishReason: native }] })).toEqual([
      { type: 'finish', finishReason, nativeFinishReason: native },
    ])
  })

  test('says what the provider says against an answer', () => {
    expect(
      read({ candidates: [{ finishReason: 'SAFETY', finishMessage: 'Blocked for safety.' }] }),
    ).toMatchObject([{ type: 'refusal', text: 'Blocked for safety.' }, { finishReason: 'content_filter' }])
    expect(
      read({ candidates: [{ finishReason: 'MALFORMED_FUNCTION_CALL', finishMessage: 'print(f(' }] }),
    ).toMatchObject([
      { type: 'finish', finishReason: 'error' },
      {
        type: 'problem',
        problem: {
          message: 'The answer finished with MALFORMED_FUNCTION_CALL: print(f(',
          code: 'MALFORMED_FUNCTION_CALL',
        },
      },
    ])
  })

  test.each<[string, unknown, object]>([
    [
      'a blocked prompt',
      { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: { promptTokenCount: 8 } },
      { code: 'PROHIBITED_CONTENT', status: 451 },
    ],
    [
      'an error',
      { error: { code: 429, message: 'Quota exceeded.', status: 'RESOURCE_EXHAUSTED' } },
      { message: expect.stringContaining('Quota exceeded.'), code: 'RESOURCE_EXHAUSTED', status: 429 },
    ],
    [
      'an error in a list',
      [{ error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }],
      { message: expect.stringContaining('overloaded'), code: 'UNAVAILABLE', status: 503 },
    ],
    ['an error by its word alone', { error: { message: 'x', status: 'UNAUTHENTICATED' } }, { status: 401 }],
    ['another shape', { choices: [] }, { message: expect.stringContaining('no candidates'), status: null }],
    ['text', 'Hello', { message: expect.stringContaining('no candidates') }],
  ])('finds the problem in %s', (_, body, problem) => {
    expect(read(body)).toContainEqual({ type: 'problem', problem: expect.objectContaining(problem) })
    expect(gemini.readAnswer(body).problem).toMatchObject(problem)
  })

  test('has nothing against a stream of which nothing came, and against an empty answer', () => {
    expect(read()).toEqual([])
    expect(read({ candidates: [] })).toEqual([])
  })

  test.each<[object, object]>([
    [
      {
        promptTokenCount: 10,
        toolUsePromptTokenCount: 5,
        candidatesTokenCount: 3,
        cachedContentTokenCount: 4,
      },
      { promptTokens: 15, completionTokens: 3, cachedTokens: 4 },
    ],
    [
      { promptTokenCount: 9, totalTokenCount: 9 },
      { promptTokens: 9, completionTokens: 0 },
    ],
    [{ promptTokenCount: 9 }, { promptTokens: 9 }],
    [
      { promptTokenCount: 9, thoughtsTokenCount: 4, totalTokenCount: 13 },
      { promptTokens: 9, completionTokens: 4, reasoningTokens: 4 },
    ],
  ])('reads the usage %j', (usageMetadata, expected) => {
    expect(read({ candidates: [], usageMetadata })).toEqual([usage(expected)])
  })

  test('reads citations in characters, of the whole text so far', () => {
    const groundingMetadata = {
      groundingChunks: [
        { web: { uri: 'https://a.example', title: 'A' } },
        { web: { uri: 'https://b.example' } },
      ],
      groundingSupports: [
        { segment: { startIndex: 8, endIndex: 13, text: 'won' }, groundingChunkIndices: [0, 1, 7] },
      ],
    }
    const events = read(parts({ text: 'Žalgiris' }), {
      candidates: [{ content: { parts: [{ text: ' won' }] }, groundingMetadata }],
    })
    const cited = { content: 'won', start_index: 7, end_index: 12 }
    expect(events.at(-1)).toEqual({
      type: 'annotations',
      annotations: [
        { type: 'url_citation', url_citation: { url: 'https://a.example', title: 'A', ...cited } },
        { type: 'url_citation', url_citation: { url: 'https://b.example', title: '', ...cited } },
      ],
    })
  })

  test('takes OpenAI’s word for the end, which some proxies add', () => {
    const reader = createGeminiReader()
    expect(reader.push({ event: null, data: '[DONE]', value: undefined })).toEqual([{ type: 'done' }])
    expect(reader.end()).toEqual([])
  })

  test('counts the first candidate alone', () => {
    const candidate = (index: number, said: string) => ({ index, content: { parts: [{ text: said }] } })
    expect(read({ candidates: [candidate(1, 'b'), candidate(0, 'a')] })).toEqual([
      { type: 'text', text: 'a' },
    ])
  })
})
