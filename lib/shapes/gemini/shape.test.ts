import { describe, expect, test } from 'vitest'
import { readGeminiAddress } from './addresses'
import { countTokensCall, readTokenCount, requestToCount, tokenCountBody } from './count-tokens'
import { gemini } from './shape'

const contents = [{ role: 'user', parts: [{ text: 'Hi' }] }]

describe('addresses', () => {
  test.each([
    [
      'https://generativelanguage.googleapis.com',
      'gemini-3-flash',
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash:generateContent',
    ],
    [
      'https://generativelanguage.googleapis.com/v1beta/',
      'models/gemini-3-flash',
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash:generateContent',
    ],
    [
      'https://gw.example/api/v1',
      'acme/atlas:free',
      'https://gw.example/api/v1/models/acme/atlas%3Afree:generateContent',
    ],
    ['https://gw.example', 'tunedModels/mine', 'https://gw.example/v1beta/tunedModels/mine:generateContent'],
    [
      'https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/europe-west4/publishers/google',
      'gemini-3-flash',
      'https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/europe-west4/publishers/google/models/gemini-3-flash:generateContent',
    ],
  ])('a model at %s', (baseUrl, upstreamModel, url) => {
    expect(gemini.requestUrl({ baseUrl, upstreamModel, isStream: false })).toBe(url)
    expect(gemini.requestUrl({ baseUrl, upstreamModel, isStream: true })).toBe(
      url.replace(':generateContent', ':streamGenerateContent?alt=sse'),
    )
  })

  test('the list of models, and the names in it', () => {
    expect(gemini.modelListUrl('https://generativelanguage.googleapis.com')).toBe(
      'https://generativelanguage.googleapis.com/v1beta/models?pageSize=1000',
    )
    expect(
      gemini.readModelList({ models: [{ name: 'models/gemini-3-flash' }, { name: 'tunedModels/mine' }, {}] }),
    ).toEqual(['gemini-3-flash', 'tunedModels/mine'])
    expect(
      gemini.readModelList({ publisherModels: [{ name: 'publishers/google/models/gemini-3-flash' }] }),
    ).toEqual(['gemini-3-flash'])
    expect(gemini.readModelList('x')).toEqual([])
  })

  test.each([
    ['/models/acme/atlas-120b:generateContent', 'acme/atlas-120b', 'answer', false],
    ['/models/acme%2Fatlas-120b:streamGenerateContent/', 'acme/atlas-120b', 'answer', true],
    ['/acme/atlas-120b:countTokens', 'acme/atlas-120b', 'count_tokens', false],
    ['/acme/atlas:free:generateContent', 'acme/atlas:free', 'answer', false],
    ['/models/%40preset%2Fmine:generateContent', '@preset/mine', 'answer', false],
  ])('a client’s address that ends in %s', (rest, model, operation, stream) => {
    const read = readGeminiAddress(rest, new URLSearchParams('alt=sse'))
    expect(read?.operation).toBe(operation)
    expect(read?.bodyOf({ contents, generation_config: { top_p: 1 } })).toEqual({
      contents,
      generationConfig: { topP: 1 },
      model,
      stream,
    })
    expect(read?.bodyOf([])).toEqual([])
  })

  test('a stream is one list unless events are asked for', () => {
    const bodyOf = (query: string) =>
      readGeminiAddress('/a:streamGenerateContent', new URLSearchParams(query))?.bodyOf({})
    expect(bodyOf('')).toEqual({ model: 'a', stream: true, alt: 'json' })
    expect(bodyOf('alt=json')).toEqual({ model: 'a', stream: true, alt: 'json' })
    expect(bodyOf('alt=sse')).toEqual({ model: 'a', stream: true })
    expect(gemini.streamType?.({ alt: 'json' })).toBe('application/json')
    expect(gemini.streamType?.({})).toContain('text/event-stream')
  })

  test.each([
    '/models/acme/atlas',
    '/models/acme/atlas:embedContent',
    '/:generateContent',
    '/models/:generateContent',
    '/models/%zz:generateContent',
  ])('no address of the shape: %s', (rest) => {
    expect(readGeminiAddress(rest, new URLSearchParams())).toBeNull()
  })
})

describe('requestSchema', () => {
  test('keeps a request as it is', () => {
    const body = { model: 'acme/atlas', contents, safetySettings: [], generationConfig: { speechConfig: {} } }
    expect(gemini.requestSchema.parse(body)).toEqual(body)
  })

  test.each<[string, unknown, string, string]>([
    ['no contents', {}, 'contents', 'expected a list of contents'],
    ['no content', { contents: [] }, 'contents', 'expected at least one content'],
    ['bare text', { contents: 'Hi' }, 'contents', 'expected a list of contents'],
    ['tools that are no list', { contents, tools: {} }, 'tools', 'expected a list of tools'],
    ['a config in words', { contents, generationConfig: 'x' }, 'generationConfig', 'expected an object'],
    [
      'a limit in words',
      { contents, generationConfig: { maxOutputTokens: '5' } },
      'generationConfig.maxOutputTokens',
      'expected a number',
    ],
    [
      'an instruction that is a number',
      { contents, systemInstruction: 7 },
      'systemInstruction',
      'expected a content with parts of text',
    ],
  ])('refuses %s and names the field', (_, body, field, message) => {
    const [issue] = gemini.requestSchema.safeParse(body).error?.issues ?? []
    expect(issue?.path.join('.')).toBe(field)
    expect(issue?.message).toContain(message)
  })
})

test('inspectRequest says what the gateway decides by', () => {
  const facts = gemini.inspectRequest({
    stream: true,
    systemInstruction: { parts: [{ text: 'Be short.' }] },
    contents: [...contents, { role: 'user', parts: [{ functionResponse: { name: 'f', response: {} } }] }],
    tools: [
      {
        functionDeclarations: [
          { name: 'f', parameters: { type: 'OBJECT', properties: { a: { type: 'STRING' } } } },
        ],
      },
      { googleSearch: {} },
    ],
    toolConfig: { functionCallingConfig: { mode: 'ANY' } },
    generationConfig: {
      maxOutputTokens: 5,
      topP: 1,
      responseMimeType: 'application/json',
      thinkingConfig: { thinkingBudget: 1 },
    },
    cachedContent: 'cachedContents/1',
  })
  expect(facts).toMatchObject({
    isStream: true,
    offeredTools: [
      { name: 'f', schema: { type: 'object', properties: { a: { type: 'string' } } } },
      { name: 'googleSearch' },
    ],
    maxTokens: 5,
    endUser: null,
    promptCacheKey: 'cachedContents/1',
    responseFormat: { type: 'json_object' },
    hasToolResults: true,
    system: [{ text: 'Be short.' }],
  })
  expect(facts.parameters.toSorted()).toEqual([
    'max_tokens',
    'reasoning',
    'response_format',
    'tool_choice',
    'tools',
    'top_p',
  ])
  expect(gemini.inspectRequest({ contents, tools: 'x' })).toMatchObject({
    offeredTools: null,
    hasToolResults: false,
    parameters: [],
  })
})

test('promptParts weighs each part by what it is', () => {
  const weights = gemini.promptParts({
    systemInstruction: { parts: [{ text: 'x'.repeat(40) }] },
    tools: [{ functionDeclarations: [{ name: 'mcp_find' }, { name: 'f' }] }],
    contents: [
      {
        parts: [
          { text: 'y'.repeat(80) },
          { inlineData: { mimeType: 'image/png', data: 'A'.repeat(1_000_000) } },
        ],
      },
      { role: 'model', parts: [{ text: 'z'.repeat(20) }] },
      { role: 'user', parts: [{ functionResponse: { name: 'f', response: { output: 'r'.repeat(400) } } }] },
    ],
  })
  expect(weights.system).toBe(10)
  expect(weights.userText).toBe(20 + 1000)
  expect(weights.assistantHistory).toBeGreaterThanOrEqual(5)
  expect(weights.toolResults).toBeGreaterThan(100)
  expect(weights.mcpToolDefinitions).toBeGreaterThan(0)
  expect(weights.toolDefinitions).toBeGreaterThan(0)
})

describe('presets', () => {
  test('a system prompt comes first, once', () => {
    const once = gemini.withSystemPrompt({ systemInstruction: { role: 'user', parts: [{ text: 'b' }] } }, 'a')
    expect(once).toEqual({ systemInstruction: { role: 'user', parts: [{ text: 'a' }, { text: 'b' }] } })
    expect(gemini.withSystemPrompt(once, 'a')).toBe(once)
    expect(gemini.withSystemPrompt({ systemInstruction: 'b' }, 'a')).toEqual({
      systemInstruction: { parts: [{ text: 'a' }, { text: 'b' }] },
    })
  })

  test('parameters fill what the request leaves open', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } } }
    const parameters = {
      model: 'acme/atlas',
      temperature: 0.2,
      top_k: 5,
      min_p: 0.1,
      max_tokens: 100,
      max_completion_tokens: 50,
      stop: 'END',
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema } },
      reasoning: { effort: 'low' },
      tools: [
        { type: 'function', function: { name: 'f', description: 'F.', parameters: schema } },
        { type: 'function', function: { name: 'g' } },
      ],
      tool_choice: 'required',
      provider: { sort: 'price' },
    }
    const request = {
      contents,
      generationConfig: { temperature: 1 },
      tools: [{ functionDeclarations: [{ name: 'g' }] }],
    }
    expect(gemini.writeDefaults(parameters, request)).toEqual({
      model: 'acme/atlas',
      provider: { sort: 'price' },
      reasoning: { effort: 'low' },
      tools: [{ functionDeclarations: [{ name: 'f', description: 'F.', parametersJsonSchema: schema }] }],
      toolConfig: { functionCallingConfig: { mode: 'ANY' } },
      generationConfig: {
        topK: 5,
        maxOutputTokens: 50,
        stopSequences: ['END'],
        responseMimeType: 'application/json',
        responseJsonSchema: schema,
      },
    })
    const decided = {
      toolConfig: {},
      generationConfig: { thinkingConfig: {}, responseMimeType: 'text/plain' },
    }
    const defaults = gemini.writeDefaults(parameters, decided)
    expect(defaults).not.toHaveProperty('reasoning')
    expect(defaults).not.toHaveProperty('toolConfig')
    expect(defaults.generationConfig).not.toHaveProperty('responseJsonSchema')
    expect(gemini.writeDefaults({}, request)).toEqual({})
  })
})

describe('countTokens', () => {
  test('reads both ways of asking', () => {
    const tools = [{ functionDeclarations: [] }]
    expect(requestToCount({ model: 'a/b', contents })).toEqual({ model: 'a/b', contents })
    expect(
      requestToCount({ model: 'a/b', generateContentRequest: { model: 'models/a/b', contents, tools } }),
    ).toEqual({ model: 'a/b', contents, tools })
  })

  test('asks the provider in its own way', () => {
    const request = { contents, systemInstruction: { parts: [] }, generationConfig: { topP: 1 } }
    const counted = { contents, systemInstruction: { parts: [] } }
    const upstreamModel = 'gemini-3-flash'
    expect(
      countTokensCall(request, { baseUrl: 'https://generativelanguage.googleapis.com', upstreamModel }),
    ).toEqual({
      url: 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash:countTokens',
      body: { generateContentRequest: { model: 'models/gemini-3-flash', ...counted } },
    })
    expect(
      countTokensCall(request, { baseUrl: 'https://x.example/v1/publishers/google', upstreamModel }),
    ).toEqual({
      url: 'https://x.example/v1/publishers/google/models/gemini-3-flash:countTokens',
      body: counted,
    })
  })

  test('reads and writes a count', () => {
    expect(readTokenCount(tokenCountBody(31))).toBe(31)
    expect(readTokenCount({})).toBeNull()
  })
})

test('an error has Google’s code, a wait that its clients obey, and the provider’s code', () => {
  const problem = {
    status: 429,
    type: 'rate_limit_exceeded' as const,
    message: 'Slow down.',
    code: 'quota_exceeded',
    retryAfterSeconds: 7,
    metadata: { provider_name: 'Acme' },
  }
  expect(gemini.errorBody(problem, { attempt: 1 })).toEqual({
    error: {
      code: 429,
      message: 'Slow down.',
      status: 'RESOURCE_EXHAUSTED',
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'QUOTA_EXCEEDED',
          domain: 'gateway',
          metadata: {},
        },
        { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '7s' },
      ],
      metadata: { error_type: 'rate_limit_exceeded', code: 'quota_exceeded', provider_name: 'Acme' },
    },
    openrouter_metadata: { attempt: 1 },
  })
  expect(gemini.errorBody({ status: 413, type: 'payload_too_large', message: 'x' }, null)).toMatchObject({
    error: { code: 413, status: 'INVALID_ARGUMENT' },
  })
})
