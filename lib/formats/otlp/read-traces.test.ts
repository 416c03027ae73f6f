import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../platform/errors'
import {
  chatSpan,
  type JsonRequest,
  jsonBody,
  type Plain,
  protobufBody,
  STARTED_AT_MS,
  toAttributes,
  toRequest,
} from './otlp-json.fixture'
import { readOtlpTraces } from './read-traces'

const readJson = (body: Uint8Array) =>
  readOtlpTraces({ contentType: 'json', body, receivedAtMs: STARTED_AT_MS })
const readProtobuf = (body: Uint8Array) =>
  readOtlpTraces({ contentType: 'protobuf', body, receivedAtMs: STARTED_AT_MS })

/** A chat span as emitters write it, with `intValue` both as text and as a number. */
const EXAMPLE = `{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop-bot"}}]},
 "scopeSpans":[{"scope":{"name":"my.instrumentation","version":"1.0"},"spans":[{
  "traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"chat gpt-5-mini","kind":3,
  "startTimeUnixNano":"1795386577874000000","endTimeUnixNano":"1795386578974000000",
  "attributes":[
   {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
   {"key":"gen_ai.provider.name","value":{"stringValue":"openai"}},
   {"key":"gen_ai.request.model","value":{"stringValue":"gpt-5-mini"}},
   {"key":"gen_ai.usage.input_tokens","value":{"intValue":"120"}},
   {"key":"gen_ai.usage.output_tokens","value":{"intValue":8}},
   {"key":"gen_ai.response.finish_reasons","value":{"arrayValue":{"values":[{"stringValue":"tool_call"}]}}}],
  "status":{"code":0}}]}]}]}`

describe('JSON', () => {
  test('the example of the reference becomes one record', () => {
    const { records, rejectedSpans, errorMessage } = readJson(new TextEncoder().encode(EXAMPLE))
    expect({ rejectedSpans, errorMessage }).toEqual({ rejectedSpans: 0, errorMessage: null })
    expect(records).toMatchObject([
      {
        source: 'shop-bot',
        model: 'openai/gpt-5-mini',
        promptTokens: 120,
        completionTokens: 8,
        finishReason: 'tool_calls',
        startedAtMs: STARTED_AT_MS,
        costSource: 'price_table',
        attempts: [{ provider: 'openai', durationMs: 1100, errorClass: null }],
      },
    ])
  })

  test.each([
    '{}',
    '{"resourceSpans":[]}',
    '{"resourceSpans":null}',
    '{"resourceSpans":[{}]}',
    '{"unknown":1}',
  ])('an export without spans is fine: %s', (text) => {
    expect(readJson(new TextEncoder().encode(text)).records).toEqual([])
  })

  test.each(['', '[]', 'null', '7', '{"resourceSpans":{}}', '{"resourceSpans":[', '\xff'])(
    'what is no export is a bad request: %j',
    (text) => {
      expect(() => readJson(Buffer.from(text, 'latin1'))).toThrow(AppError)
    },
  )

  test('names of the .proto, enums as text and ints as numbers are understood', () => {
    const text = EXAMPLE.replaceAll('resourceSpans', 'resource_spans')
      .replaceAll('scopeSpans', 'scope_spans')
      .replace('traceId', 'trace_id')
      .replace('spanId', 'span_id')
      .replace('startTimeUnixNano', 'start_time_unix_nano')
      .replaceAll('stringValue', 'string_value')
      .replace('"code":0', '"code":"STATUS_CODE_ERROR"')
      .replace('"kind":3', '"kind":"client"')
    const [record] = readJson(new TextEncoder().encode(text)).records
    expect(record?.id).toBe(readJson(new TextEncoder().encode(EXAMPLE)).records[0]?.id)
    expect(record?.attempts[0].errorClass).toBe('bad_response')
  })

  test('a body of empty messages is refused before it fills the memory', () => {
    const body = new TextEncoder().encode(`{"resourceSpans":[${'{},'.repeat(7_000_000)}{}]}`)
    expect(() => readJson(body)).toThrow(expect.objectContaining({ code: 'payload_too_large' }))
  })
})

describe('protobuf', () => {
  test('an empty body is an empty export', () => {
    expect(readProtobuf(new Uint8Array()).records).toEqual([])
  })

  test('a body of empty messages is refused before it fills the memory', () => {
    const body = new Uint8Array(8_000_000).map((_byte, index) => (index % 2 === 0 ? 0x0a : 0))
    expect(() => readProtobuf(body)).toThrow(expect.objectContaining({ code: 'payload_too_large' }))
  })

  test('a cut body is a bad request', () => {
    const body = protobufBody(toRequest([chatSpan()]))
    for (const length of [1, 5, 40, body.length - 1]) {
      expect(() => readProtobuf(body.slice(0, length))).toThrow(
        expect.objectContaining({ code: 'bad_request' }),
      )
    }
  })

  test('JSON sent as protobuf is a bad request', () => {
    expect(() => readProtobuf(new TextEncoder().encode(EXAMPLE))).toThrow(AppError)
  })
})

/** One level of nesting in both encodings, as deep as asked. */
const nested = (depth: number): ReturnType<typeof toAttributes>[number]['value'] =>
  depth === 0 ? { stringValue: 'x' } : { arrayValue: { values: [nested(depth - 1)] } }

describe('values nested without end', () => {
  test('are cut off alike in both encodings', () => {
    const request = toRequest([chatSpan()])
    request.resourceSpans[0]?.scopeSpans[0]?.spans[0]?.attributes.push({ key: 'deep', value: nested(45) })
    expect(readProtobuf(protobufBody(request))).toEqual(readJson(jsonBody(request)))
  })

  test('do not overflow the stack', () => {
    const value = `${'{"arrayValue":{"values":['.repeat(50_000)}${']}}'.repeat(50_000)}`
    const text = EXAMPLE.replace('{"intValue":8}', value)
    expect(readJson(new TextEncoder().encode(text)).records).toMatchObject([{ completionTokens: null }])
  })
})

const text = fc.string({ unit: 'binary', maxLength: 20 })
const { plain } = fc.letrec<{ plain: Plain }>((tie) => ({
  plain: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie('plain'), { maxLength: 3 }),
    fc.dictionary(text, tie('plain'), { maxKeys: 3 }),
  ),
}))
const known = fc.constantFrom(
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.cache_read.input_tokens',
  'gen_ai.usage.cost',
  'gen_ai.response.model',
  'gen_ai.response.finish_reasons',
  'gen_ai.response.time_to_first_chunk',
  'gen_ai.tool.definitions',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.operation.name',
  'error.type',
  'user.id',
)
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
const nano = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String)
const spanArbitrary = fc
  .record({
    traceId: hex(32),
    spanId: hex(16),
    startTimeUnixNano: fc.oneof(fc.constant('1795386577874999999'), nano),
    endTimeUnixNano: fc.oneof(fc.constant('1795386578974499999'), nano),
    attributes: fc.dictionary(known, fc.oneof(plain, fc.nat())),
    status: fc.record({ code: fc.integer({ min: 0, max: 2 }), message: text }),
    eventName: fc.constantFrom('exception', 'gen_ai.content.prompt', 'x'),
  })
  .map(({ attributes, eventName, ...over }) =>
    chatSpan(attributes, {
      ...over,
      events: [
        { name: eventName, timeUnixNano: '1', attributes: toAttributes({ 'exception.type': 'Error' }) },
      ],
    }),
  )
const requestArbitrary: fc.Arbitrary<JsonRequest> = fc
  .array(spanArbitrary, { maxLength: 4 })
  .map((spans) => toRequest(spans))

describe('properties', () => {
  test('JSON and protobuf of the same spans give the same answer', () => {
    fc.assert(
      fc.property(requestArbitrary, (request) => {
        expect(readProtobuf(protobufBody(request))).toEqual(readJson(jsonBody(request)))
      }),
    )
  })

  test('arbitrary bytes give an answer or an AppError', () => {
    const startLikeProtobuf = fc
      .uint8Array({ maxLength: 200 })
      .map((bytes) => Uint8Array.from([0x0a, bytes.length, ...bytes]))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), startLikeProtobuf), (body) => {
        for (const read of [readJson, readProtobuf]) answersOrRefuses(() => read(body))
      }),
      { numRuns: 1000 },
    )
  })

  test('a damaged export gives an answer or an AppError', () => {
    fc.assert(
      fc.property(requestArbitrary, fc.nat(), fc.integer({ min: 0, max: 255 }), (request, at, byte) => {
        for (const [read, body] of [
          [readJson, jsonBody(request)],
          [readProtobuf, Uint8Array.from(protobufBody(request))],
        ] as const) {
          if (body.length > 0) body[at % body.length] = byte
          answersOrRefuses(() => read(body))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('any JSON gives an answer or an AppError', () => {
    fc.assert(
      fc.property(fc.json({ depthSize: 'large' }), (json) => {
        answersOrRefuses(() => readJson(new TextEncoder().encode(json)))
        answersOrRefuses(() => readJson(new TextEncoder().encode(`{"resourceSpans":[${json}]}`)))
        answersOrRefuses(() =>
          readJson(new TextEncoder().encode(EXAMPLE.replace('{"stringValue":"chat"}', json))),
        )
      }),
    )
  })
})

function answersOrRefuses(read: () => unknown): void {
  try {
    read()
  } catch (error) {
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'bad_request' })
  }
}
