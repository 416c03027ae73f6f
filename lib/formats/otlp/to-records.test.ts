import { describe, expect, test } from 'vitest'
import {
  chatSpan,
  type JsonSpan,
  jsonBody,
  STARTED_AT_MS,
  toAttributes,
  toRequest,
} from './otlp-json.fixture'
import { readOtlpTraces } from './read-traces'

const read = (request: unknown, receivedAtMs = STARTED_AT_MS) =>
  readOtlpTraces({ contentType: 'json', body: jsonBody(request), receivedAtMs })

const recordOf = (attributes: Parameters<typeof chatSpan>[0], over: Partial<JsonSpan> = {}) => {
  const { records, errorMessage } = read(toRequest([chatSpan(attributes, over)]))
  const record = records[0]
  if (!record) throw new Error(errorMessage ?? 'The span was ignored.')
  return record
}

/** A span with nothing but these attributes, with an id of its own. */
const bareSpan = (spanId: string, parentSpanId: string, attributes: Parameters<typeof toAttributes>[0]) =>
  chatSpan({}, { spanId, parentSpanId, name: 'x', attributes: toAttributes(attributes) })

const id = (number: number) => number.toString(16).padStart(16, '0')

describe('a chat span', () => {
  test('becomes a record', () => {
    const { records, rejectedSpans, errorMessage } = read(
      toRequest([
        chatSpan({
          'gen_ai.response.model': 'acme/atlas-120b-v2',
          'gen_ai.usage.input_tokens': 1200,
          'gen_ai.usage.output_tokens': 60,
          'gen_ai.usage.cache_read.input_tokens': 800,
          'gen_ai.usage.cache_write.input_tokens': 100,
          'gen_ai.usage.reasoning.output_tokens': 20,
          'gen_ai.usage.cost': 0.0021,
          'gen_ai.response.finish_reasons': ['stop'],
          'gen_ai.response.time_to_first_chunk': 0.21,
          'gen_ai.request.stream': true,
          'gen_ai.conversation.id': 's-1',
          'enduser.id': 'u-7',
        }),
      ]),
    )
    expect({ rejectedSpans, errorMessage }).toEqual({ rejectedSpans: 0, errorMessage: null })
    expect(records).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        source: 'shop-bot',
        externalId: '5b8efff798038103d269b633813fc60c:eee19b7ec3c1b174',
        startedAtMs: STARTED_AT_MS,
        operation: 'chat',
        app: 'shop-bot',
        endUser: 'u-7',
        sessionId: 's-1',
        requestedModel: 'acme/atlas-120b',
        model: 'acme/atlas-120b-v2',
        preset: null,
        presetVersion: null,
        useCase: null,
        stream: true,
        callerKind: 'unknown',
        callerReason: 'no_tool_information',
        promptTokens: 1200,
        cachedTokens: 800,
        cacheWriteTokens: 100,
        completionTokens: 60,
        reasoningTokens: 20,
        promptParts: null,
        costMicroUsd: 2100,
        costSource: 'reported',
        finishReason: 'stop',
        toolsOffered: null,
        toolCalls: null,
        attempts: [
          {
            provider: 'helios',
            startedAtMs: STARTED_AT_MS,
            httpStatus: null,
            errorClass: null,
            timeToFirstTokenMs: 210,
            durationMs: 1100,
            finishReason: 'stop',
            toolCalls: null,
            costMicroUsd: 2100,
          },
        ],
        useCaseSignals: { toolNames: null, systemPrompt: null },
      },
    ])
  })

  test('of the conventions before 1.37 gives the same numbers under their old names', () => {
    const record = recordOf({
      'gen_ai.usage.prompt_tokens': '1200',
      'gen_ai.usage.completion_tokens': 60,
      'gen_ai.usage.cache_read_input_tokens': 800,
      'gen_ai.usage.cache_creation.input_tokens': 100,
      'gen_ai.usage.reasoning_tokens': 20,
      'gen_ai.response.finish_reason': 'end_turn',
    })
    expect(record).toMatchObject({
      promptTokens: 1200,
      completionTokens: 60,
      cachedTokens: 800,
      cacheWriteTokens: 100,
      reasoningTokens: 20,
      finishReason: 'stop',
    })
  })

  test('without usage has unknown tokens, not zero', () => {
    expect(recordOf({})).toMatchObject({
      promptTokens: null,
      completionTokens: null,
      costMicroUsd: null,
      costSource: null,
      finishReason: null,
    })
  })

  test('gets its cost from the price table when it reports none', () => {
    const record = recordOf({
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.output_tokens': 100,
    })
    expect(record).toMatchObject({ model: 'openai/gpt-4o', costMicroUsd: 3500, costSource: 'price_table' })
  })

  test('whose cached tokens exceed its prompt was counted without them', () => {
    const record = recordOf({
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.cache_read.input_tokens': 800,
      'gen_ai.usage.cache_creation.input_tokens': 90,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.usage.reasoning_tokens': 50,
    })
    expect(record).toMatchObject({ promptTokens: 900, cachedTokens: 800, completionTokens: 55 })
  })
})

describe('names', () => {
  test.each([
    ['acme/atlas', 'acme/atlas', 'acme/atlas', null],
    ['acme/atlas', undefined, 'acme/atlas', null],
    ['acme/atlas', 'atlas', 'acme/atlas', null],
    ['@preset/tools', 'acme/atlas', 'acme/atlas', '@preset/tools'],
    [undefined, 'acme/atlas', 'acme/atlas', null],
    [undefined, undefined, 'helios/unknown', null],
    ['gpt-5-mini', 'gpt-5-mini-2025-08-07', 'openai/gpt-5-mini-2025-08-07', 'gpt-5-mini'],
  ])('asked for %s, answered by %s: model %s, requested %s', (asked, answered, model, requestedModel) => {
    const names = { 'gen_ai.request.model': asked ?? '', 'gen_ai.response.model': answered ?? '' }
    expect(recordOf(names)).toMatchObject({ model, requestedModel })
  })

  test.each([
    [{ 'gen_ai.provider.name': 'openai' }, 'openai'],
    [{ 'gen_ai.provider.name': '', 'gen_ai.system': 'vertex_ai' }, 'gcp.vertex_ai'],
    [{ 'gen_ai.provider.name': '', 'gen_ai.system': 'az.ai.openai' }, 'azure.ai.openai'],
    [{ 'gen_ai.provider.name': 'openai.chat' }, 'openai'],
    [{ 'gen_ai.provider.name': 'google.generative-ai' }, 'gcp.gemini'],
    [{ 'gen_ai.provider.name': 'Fireworks' }, 'Fireworks'],
    [{ 'gen_ai.provider.name': '' }, null],
  ])('%j is the provider %s', (attributes, provider) => {
    expect(recordOf(attributes).attempts[0].provider).toBe(provider)
  })

  test.each([
    [{ 'service.name': 'shop-bot' }, {}, 'shop-bot', 'shop-bot'],
    [{ 'service.name': 'shop-bot' }, { 'app.name': 'checkout' }, 'shop-bot', 'checkout'],
    [{ 'service.name': 'unknown_service:node' }, {}, 'otlp', null],
    [{}, {}, 'otlp', null],
  ])('resource %j and span %j: source %s, app %s', (resource, attributes, source, app) => {
    const { records } = read(toRequest([chatSpan(attributes)], resource))
    expect(records[0]).toMatchObject({ source, app })
  })

  test('are cut and cleaned of NUL', () => {
    const record = recordOf({ 'gen_ai.request.model': `acme/\0${'x'.repeat(10_000)}`, 'user.id': '\0' })
    expect(record.model).toHaveLength(200)
    expect(JSON.stringify(record)).not.toContain('\\u0000')
    expect(record.endUser).toBeNull()
  })
})

describe('which spans count', () => {
  const agent = bareSpan(id(1), '', {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.request.model': 'acme/atlas',
    'gen_ai.usage.input_tokens': 40,
  })
  const step = bareSpan(id(2), id(1), { 'gen_ai.operation.name': 'agent_step' })
  const tool = bareSpan(id(3), id(2), { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 't' })
  const chats = [4, 5].map((number) =>
    chatSpan({ 'gen_ai.usage.input_tokens': 20 }, { spanId: id(number), parentSpanId: id(2) }),
  )

  test.each([
    ['in order', [agent, step, tool, ...chats]],
    ['children first', [...chats, tool, step, agent]],
  ])('an agent run counts its two chats and nothing else, %s', (_order, spans) => {
    const { records, rejectedSpans } = read(toRequest(spans))
    expect(rejectedSpans).toBe(0)
    expect(records.map((record) => record.promptTokens)).toEqual([20, 20])
    expect(records.map((record) => record.callerReason)).toEqual([
      'agent_span_ancestor',
      'agent_span_ancestor',
    ])
  })

  test('an ancestor in another export does no harm', () => {
    expect(read(toRequest(chats)).records.map((record) => record.callerKind)).toEqual(['unknown', 'unknown'])
  })

  test("an agent's name on the span itself makes it agentic", () => {
    expect(recordOf({ 'gen_ai.agent.name': 'shopper' }).callerReason).toBe('agent_span_ancestor')
  })

  test.each([
    ['chat', 'chat'],
    ['generate_content', 'chat'],
    ['Text_Completion', 'completion'],
    ['embeddings', 'embedding'],
  ])('%s counts, as %s', (name, operation) => {
    const { records } = read(toRequest([chatSpan({ 'gen_ai.operation.name': name })]))
    expect(records.map((record) => record.operation)).toEqual([operation])
  })

  test.each([
    ['embedding', 'embedding'],
    ['rerank', 'rerank'],
    ['completion', 'completion'],
    ['chat', 'chat'],
    ['unknown', 'chat'],
  ])("without an operation, Traceloop's request type %s is a %s", (type, operation) => {
    const span = bareSpan(id(1), '', { 'gen_ai.request.model': 'acme/atlas', 'llm.request.type': type })
    expect(read(toRequest([span])).records.map((record) => record.operation)).toEqual([operation])
  })

  test('a request that says nothing of its operation is a chat', () => {
    const span = bareSpan(id(1), '', { 'gen_ai.request.model': 'acme/atlas' })
    expect(read(toRequest([span])).records.map((record) => record.operation)).toEqual(['chat'])
  })

  test.each(['fetch_response', 'create_agent', 'invoke_workflow', 'retrieval'])(
    '%s does not',
    (operation) => {
      const { records, rejectedSpans } = read(toRequest([chatSpan({ 'gen_ai.operation.name': operation })]))
      expect({ records, rejectedSpans }).toEqual({ records: [], rejectedSpans: 0 })
    },
  )

  test('a span without an operation counts by its model, unless a counted span lies below it', () => {
    const outer = bareSpan(id(1), '', {
      'gen_ai.request.model': 'acme/atlas',
      'gen_ai.usage.input_tokens': 9,
    })
    const between = bareSpan(id(2), id(1), { 'http.url': 'x' })
    const inner = bareSpan(id(3), id(2), { 'gen_ai.system': 'helios', 'gen_ai.usage.input_tokens': 3 })
    const tokensOf = (spans: JsonSpan[]) =>
      read(toRequest(spans)).records.map((record) => record.promptTokens)
    expect(tokensOf([outer, between])).toEqual([9])
    expect(tokensOf([outer, between, inner])).toEqual([3])
    expect(tokensOf([outer, between, { ...inner, traceId: 'f'.repeat(32) }])).toEqual([9, 3])
  })

  test('spans of no model are ignored in silence', () => {
    const { records, errorMessage } = read(toRequest([bareSpan(id(1), '', { 'http.request.method': 'GET' })]))
    expect({ records, errorMessage }).toEqual({ records: [], errorMessage: null })
  })

  test('a loop of parents ends', () => {
    const spans = [1, 2, 3].map((number) =>
      chatSpan({}, { spanId: id(number), parentSpanId: id((number % 3) + 1) }),
    )
    const self = chatSpan({}, { spanId: id(9), parentSpanId: id(9) })
    expect(read(toRequest([...spans, self])).records).toHaveLength(4)
  })

  test('a chain of 10,000 spans is read in linear time', () => {
    const spans = Array.from({ length: 10_000 }, (_, index) =>
      chatSpan(
        { 'gen_ai.response.id': `chatcmpl-${index}` },
        { spanId: id(index + 1), parentSpanId: id(index) },
      ),
    )
    expect(read(toRequest(spans)).records).toHaveLength(10_000)
  })
})

describe('a span that cannot be true', () => {
  test.each<[string, Parameters<typeof chatSpan>[0], Partial<JsonSpan>, string]>([
    ['has no start time', {}, { startTimeUnixNano: '0' }, 'no start time'],
    ['has nonsense for a start time', {}, { startTimeUnixNano: 'yesterday' }, 'no start time'],
    ['starts in 1970', {}, { startTimeUnixNano: '1795386577874' }, 'no start time|before 2020'],
    ['starts in 2019', {}, { startTimeUnixNano: '1577836799000000000' }, 'before 2020'],
    ['starts next year', {}, { startTimeUnixNano: '1826922577874000000' }, 'ahead'],
    ['has no trace id', {}, { traceId: '' }, 'no trace id'],
    ['has a span id of zeros', {}, { spanId: id(0) }, 'no span id'],
  ])('%s: it is rejected, its neighbours are kept', (_case, attributes, over, reason) => {
    const good = chatSpan({}, { spanId: id(77) })
    const { records, rejectedSpans, errorMessage } = read(toRequest([chatSpan(attributes, over), good]))
    expect(records).toHaveLength(1)
    expect(rejectedSpans).toBe(1)
    expect(errorMessage).toMatch(new RegExp(`^Span 0: .*(${reason})`))
  })

  test.each<[string, Parameters<typeof chatSpan>[0]]>([
    ['negative', { 'gen_ai.usage.input_tokens': -1 }],
    ['a fraction', { 'gen_ai.usage.input_tokens': 1.5 }],
    ['NaN', { 'gen_ai.usage.input_tokens': 'NaN' }],
    ['empty text', { 'gen_ai.usage.input_tokens': '' }],
    ['huge', { 'gen_ai.usage.input_tokens': 1e15 }],
    ['a flag', { 'gen_ai.usage.input_tokens': true }],
  ])('a count of tokens that is %s is unknown, and everything else is known', (_case, attributes) => {
    const record = recordOf({ 'gen_ai.usage.output_tokens': 7, 'gen_ai.usage.cost': -0.1, ...attributes })
    expect(record).toMatchObject({ promptTokens: null, completionTokens: 7, costSource: null })
  })

  test('is named with its first four companions only', () => {
    const spans = Array.from({ length: 9 }, (_, index) =>
      chatSpan({}, { spanId: id(index + 1), startTimeUnixNano: '0' }),
    )
    const { rejectedSpans, errorMessage } = read(toRequest(spans))
    expect(rejectedSpans).toBe(9)
    expect(errorMessage).toMatch(/Span 4: .* And 4 more\.$/)
  })
})

describe('ids and times', () => {
  test('hex ids mean the same in either case', () => {
    const upper = recordOf({}, { traceId: '5B8EFFF798038103D269B633813FC60C', spanId: 'EEE19B7EC3C1B174' })
    expect(upper.id).toBe(recordOf({}).id)
  })

  test.each(['my-trace', 'x'.repeat(5000), 'a\0b'])(
    'an id that is no hex is taken as it is, always alike',
    (traceId) => {
      const first = recordOf({}, { traceId })
      expect(first.id).toBe(recordOf({}, { traceId }).id)
      expect(first.id).not.toBe(recordOf({}, { traceId: `${traceId}2` }).id)
      expect(first.externalId.length).toBeLessThan(256)
      expect(first.externalId).not.toContain('\0')
    },
  )

  test.each([
    ['0', null],
    ['1795386577874000000', 0],
    ['1795386577873000000', null],
    ['1795386578374600000', 501],
    ['1826922577874000000', null],
  ])('an end at %s gives a duration of %j ms', (endTimeUnixNano, durationMs) => {
    expect(recordOf({}, { endTimeUnixNano }).attempts[0].durationMs).toBe(durationMs)
  })
})

describe('outcome', () => {
  const exception = (type: string, message: string) => ({
    events: [
      {
        name: 'exception',
        timeUnixNano: '1795386577874000000',
        attributes: toAttributes({ 'exception.type': type, 'exception.message': message }),
      },
    ],
  })
  const failed = { status: { code: 2 } }
  test.each<[string, Parameters<typeof chatSpan>[0], Partial<JsonSpan>, number | null, string | null]>([
    ['status unset', {}, {}, null, null],
    ['status ok', { 'http.response.status_code': 200 }, { status: { code: 1 } }, 200, null],
    ['status error alone', {}, failed, null, 'bad_response'],
    [
      'error after the first token',
      { 'gen_ai.response.time_to_first_chunk': 0.1 },
      failed,
      null,
      'mid_stream',
    ],
    ['a numeric error.type', { 'error.type': '429' }, failed, 429, 'rate_limited'],
    ['an error.type without status', { 'error.type': '503' }, {}, 503, 'upstream_5xx'],
    ['a named error.type', { 'error.type': 'RateLimitError' }, failed, null, 'rate_limited'],
    ['an error.type that says nothing', { 'error.type': '_OTHER' }, failed, null, 'bad_response'],
    ['an HTTP attribute', { 'http.response.status_code': 500 }, {}, 500, 'upstream_5xx'],
    [
      'a name beside an HTTP status',
      { 'error.type': 'Error', 'http.response.status_code': 404 },
      failed,
      404,
      'not_found',
    ],
    ['a message with a status', {}, { status: { code: 2, message: '401 Incorrect API key' } }, 401, 'auth'],
    [
      'a message with a number',
      {},
      { status: { code: 2, message: '4290 things went wrong' } },
      null,
      'bad_response',
    ],
    ['a message in words', {}, { status: { code: 2, message: 'Request timed out.' } }, null, 'timeout'],
    ['an exception', {}, exception('APIConnectionError', 'Connection error.'), null, 'connection'],
    ['an exception with a status', {}, exception('Error', '529 overloaded'), 529, 'upstream_5xx'],
    ['an exception that was handled', {}, { ...exception('Error', '529'), status: { code: 1 } }, null, null],
    ['finish reason error', { 'gen_ai.response.finish_reasons': ['error'] }, {}, null, 'bad_response'],
    ['a cancelled call', { 'error.type': 'AbortError' }, failed, null, 'cancelled'],
  ])('%s', (_case, attributes, over, httpStatus, errorClass) => {
    expect(recordOf(attributes, over).attempts[0]).toMatchObject({ httpStatus, errorClass })
  })
})

describe('finish reason', () => {
  test.each([
    [['tool-calls'], 'tool_calls'],
    [['stop', 'tool_call'], 'tool_calls'],
    [['stop', 'length'], 'stop'],
    [[], null],
    ['["max_tokens"]', 'length'],
    ['[broken', '[broken'],
    ['stop', 'stop'],
  ])('%j is %s', (reasons, finishReason) => {
    expect(recordOf({ 'gen_ai.response.finish_reasons': reasons }).finishReason).toBe(finishReason)
  })

  test("comes from the answer's messages when the span has none", () => {
    const messages = JSON.stringify([{ role: 'assistant', finish_reason: 'tool_call', parts: [] }])
    expect(recordOf({ 'gen_ai.output.messages': messages }).finishReason).toBe('tool_calls')
  })
})

describe('time to first token', () => {
  test.each([
    [{ 'gen_ai.response.time_to_first_chunk': 0.0125 }, 13],
    [{ 'ai.response.msToFirstChunk': 12.5 }, 13],
    [{ 'gen_ai.response.time_to_first_chunk': -1 }, null],
    [{ 'gen_ai.response.time_to_first_chunk': 'soon' }, null],
  ])('%j is %j ms', (attributes, timeToFirstTokenMs) => {
    expect(recordOf(attributes).attempts[0].timeToFirstTokenMs).toBe(timeToFirstTokenMs)
  })
})

describe('what a span is for', () => {
  test('is said by the span, else by its resource', () => {
    expect(recordOf({ 'sightglass.use_case': ' code review ' }).useCase).toBe('code review')
    const request = toRequest([chatSpan(), chatSpan({ 'sightglass.use_case': 'tests' }, { spanId: id(2) })])
    request.resourceSpans[0]?.resource.attributes.push(...toAttributes({ 'sightglass.use_case': 'support' }))
    expect(read(request).records.map(({ useCase }) => useCase)).toEqual(['support', 'tests'])
  })

  test.each([
    [
      'instructions',
      { 'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: 'You review.' }]) },
    ],
    ['instructions as text', { 'gen_ai.system_instructions': 'You review.' }],
    [
      'messages',
      { 'gen_ai.input.messages': [{ role: 'system', parts: [{ type: 'text', content: 'You review.' }] }] },
    ],
    ['flat names', { 'gen_ai.prompt.0.role': 'system', 'gen_ai.prompt.0.content': 'You review.' }],
  ])('can be told by rules from its system prompt: %s', (_case, attributes) => {
    expect(recordOf(attributes).useCaseSignals).toEqual({ toolNames: null, systemPrompt: 'You review.' })
  })

  test('can be told by rules from the tools it was offered', () => {
    const definitions = JSON.stringify([{ type: 'function', name: 'run_tests' }])
    expect(recordOf({ 'gen_ai.tool.definitions': definitions }).useCaseSignals).toEqual({
      toolNames: ['run_tests'],
      systemPrompt: null,
    })
  })
})
