import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeOtlpLogs } from './decode-logs'
import {
  chatSpan,
  type JsonSpan,
  jsonBody,
  type Plain,
  protobufLogsBody,
  STARTED_AT_MS,
  toAttributes,
  toLogsRequest,
  toRequest,
  toValue,
} from './otlp-json.fixture'
import { takeOtlpLogs } from './read-logs'
import { readOtlpTraces } from './read-traces'
import { createTraceMemory, type TraceMemory } from './trace-memory'

const id = (number: number) => number.toString(16).padStart(16, '0')

const read = (memory: TraceMemory, spans: JsonSpan[], receivedAtMs = STARTED_AT_MS) =>
  readOtlpTraces({ contentType: 'json', body: jsonBody(toRequest(spans)), receivedAtMs, memory })

/** A call's span; a parent of 0 is none. */
const call = (
  own: number,
  parent: number,
  attributes: Record<string, Plain> = {},
  over: Partial<JsonSpan> = {},
) => chatSpan(attributes, { spanId: id(own), parentSpanId: parent === 0 ? '' : id(parent), ...over })

const structure = (own: number, parent: number, attributes: Record<string, Plain>) =>
  call(own, parent, {}, { name: 'x', attributes: toAttributes(attributes) })

const RESPONSE = { 'gen_ai.response.id': 'chatcmpl-abcdef' }

describe('one call told by several exports', () => {
  test.each<[string, JsonSpan, JsonSpan]>([
    ['with one response id', call(1, 0, RESPONSE), call(2, 9, RESPONSE)],
    ['a wrapper and what it wraps', call(1, 0), call(2, 1)],
    [
      'a root of embeddings and the inner span',
      call(1, 0, { 'gen_ai.operation.name': 'embeddings' }),
      call(2, 1, { 'gen_ai.operation.name': 'embeddings', 'gen_ai.usage.input_tokens': 33 }),
    ],
  ])('%s is recorded once, in either order and when resent', (_case, one, other) => {
    for (const [first, second] of [
      [one, other],
      [other, one],
    ] as const) {
      const memory = createTraceMemory()
      const counts = [first, second, first, second].map((span) => read(memory, [span]).records.length)
      expect(counts).toEqual([1, 0, 0, 0])
    }
  })

  test('is recorded again when its records could not be committed', () => {
    const memory = createTraceMemory()
    const { records, forget } = read(memory, [call(1, 0)])
    forget()
    expect(read(memory, [call(1, 0)]).records).toEqual(records)
  })

  test('is told apart from calls of other traces', () => {
    const memory = createTraceMemory()
    read(memory, [call(1, 0, RESPONSE)])
    expect(read(memory, [call(1, 0, RESPONSE, { traceId: 'f'.repeat(32) })]).records).toHaveLength(1)
  })

  test('is two when one emitter wrote the same response id twice, one after the other', () => {
    const later = { startTimeUnixNano: '1795386580874000000', endTimeUnixNano: '1795386581974000000' }
    const spans = [call(1, 9, RESPONSE), call(2, 9, RESPONSE, later)]
    const together = read(createTraceMemory(), spans).records
    const memory = createTraceMemory()
    const apart = spans.flatMap((span) => read(memory, [span]).records)
    expect(new Set(together.map((record) => record.id)).size).toBe(2)
    expect(apart).toEqual(together)
  })
})

describe('an agent', () => {
  const root = structure(1, 0, { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'planner' })

  test('that came before makes what is below it agentic', () => {
    const memory = createTraceMemory()
    expect(read(memory, [root]).records).toEqual([])
    expect(read(memory, [call(2, 1)]).records[0]?.callerReason).toBe('agent_span_ancestor')
  })

  test('is forgotten after ten minutes', () => {
    const memory = createTraceMemory()
    read(memory, [root])
    read(memory, [call(9, 0, {}, { traceId: 'e'.repeat(32) })], STARTED_AT_MS + 600_001)
    expect(read(memory, [call(2, 1)], STARTED_AT_MS + 600_002).records[0]?.callerKind).toBe('unknown')
  })
})

test('any split of a trace into exports records no call twice and counts what one export would', () => {
  const spans = [
    structure(1, 0, { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'planner' }),
    call(2, 1, RESPONSE),
    call(3, 2, RESPONSE),
    structure(4, 1, { 'gen_ai.operation.name': 'execute_tool' }),
    call(5, 1, { 'gen_ai.response.id': 'chatcmpl-second' }),
    call(6, 4, { 'gen_ai.operation.name': 'embeddings' }),
    call(7, 6, { 'gen_ai.operation.name': 'embeddings' }),
  ]
  const expected = read(createTraceMemory(), spans).records.length
  fc.assert(
    fc.property(
      fc.shuffledSubarray(spans, { minLength: spans.length }),
      fc.array(fc.nat({ max: spans.length }), { maxLength: 4 }),
      (shuffled, cuts) => {
        const memory = createTraceMemory()
        const bounds = [0, ...[...cuts].sort((a, b) => a - b), shuffled.length]
        const ids = bounds.flatMap((bound, index) =>
          read(memory, shuffled.slice(bounds[index - 1] ?? 0, bound)).records.map((record) => record.id),
        )
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids.length).toBe(expected)
      },
    ),
  )
})

describe('content in log records', () => {
  const logs = (
    records: { name: string; spanId?: string; body?: Plain; attributes?: Record<string, Plain> }[],
  ) =>
    toLogsRequest(
      records.map(({ name, spanId = id(1), body, attributes = {} }) => ({
        traceId: '5b8efff798038103d269b633813fc60c',
        spanId,
        ...(body === undefined ? {} : { body: toValue(body) }),
        attributes: toAttributes({ 'event.name': name, ...attributes }),
      })),
    )
  const take = (memory: TraceMemory, body: unknown) =>
    takeOtlpLogs({ contentType: 'json', body: jsonBody(body), receivedAtMs: STARTED_AT_MS, memory })

  test.each([
    [
      'a choice',
      {
        name: 'gen_ai.choice',
        body: {
          finish_reason: 'tool_calls',
          message: { tool_calls: [{ function: { name: 'find_train', arguments: '{}' } }] },
        },
      },
    ],
    [
      'details of the operation',
      {
        name: 'gen_ai.client.inference.operation.details',
        attributes: {
          'gen_ai.output.messages': [
            {
              role: 'assistant',
              finish_reason: 'tool_call',
              parts: [{ type: 'tool_call', name: 'find_train' }],
            },
          ],
        },
      },
    ],
  ])('joins its span: %s', (_case, record) => {
    const memory = createTraceMemory()
    take(memory, logs([record, { name: 'gen_ai.choice', spanId: id(2) }, { name: 'app.log' }]))
    const [joined] = read(memory, [call(1, 0)]).records
    expect(joined).toMatchObject({ finishReason: 'tool_calls', toolCalls: [{ name: 'find_train' }] })
    expect(memory.eventBytes).toBeGreaterThan(0)
  })

  test('is the same in protobuf, with the name in its own field', () => {
    const choice = toLogsRequest([
      {
        traceId: '5b8efff798038103d269b633813fc60c',
        spanId: id(1),
        eventName: 'gen_ai.choice',
        body: toValue({ finish_reason: 'length', message: { content: 'x' } }),
        attributes: [],
      },
    ])
    const fromJson = decodeOtlpLogs(jsonBody(choice), 'json')
    expect(decodeOtlpLogs(protobufLogsBody(choice), 'protobuf')).toEqual(fromJson)
    expect(fromJson).toMatchObject([{ name: 'gen_ai.choice', body: { finish_reason: 'length' } }])
  })

  test('is kept within a bound', () => {
    const memory = createTraceMemory()
    const text = 'x'.repeat(1_000_000)
    for (let trace = 0; trace < 60; trace++) {
      const body = logs([{ name: 'gen_ai.user.message', body: { content: text } }])
      for (const scope of body.resourceLogs[0]?.scopeLogs[0]?.logRecords ?? [])
        scope.traceId = id(trace + 1).repeat(2)
      take(memory, body)
    }
    expect(memory.eventBytes).toBeLessThan(34_000_000)
    expect(memory.traces.size).toBeLessThan(60)
  })
})
