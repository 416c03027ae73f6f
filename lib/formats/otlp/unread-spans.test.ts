import { describe, expect, test } from 'vitest'
import { chatSpan, jsonBody, type Plain, STARTED_AT_MS, toAttributes, toRequest } from './otlp-json.fixture'
import { readOtlpTraces } from './read-traces'

const read = (...spans: Record<string, Plain>[]) =>
  readOtlpTraces({
    contentType: 'json',
    body: jsonBody(
      toRequest(
        spans.map((attributes, index) =>
          chatSpan(
            {},
            { spanId: `${index + 1}`.padStart(16, '0'), name: 'x', attributes: toAttributes(attributes) },
          ),
        ),
      ),
    ),
    receivedAtMs: STARTED_AT_MS,
  })

const STRANGE = { 'acme.llm.model': 'atlas', 'acme.llm.tokens': 7 }

describe('spans that nobody can read', () => {
  test('are counted by emitter, with some of their names, and told to who sent nothing else', () => {
    const { unread, rejectedSpans, errorMessage } = read(STRANGE, {
      ...STRANGE,
      'acme.x': 1,
      'http.route': '/',
    })
    expect(unread).toEqual([
      {
        service: 'shop-bot',
        scope: '',
        reason: 'unknown_attributes',
        spans: 2,
        attributeNames: ['acme.llm.model', 'acme.llm.tokens', 'acme.x'],
      },
    ])
    expect(rejectedSpans).toBe(0)
    expect(errorMessage).toMatch(/2 of them.*shop-bot \(acme\.llm\.model.*OpenInference/)
  })

  test('are no warning beside calls that were understood', () => {
    const { unread, records, errorMessage } = read(STRANGE, { 'gen_ai.request.model': 'acme/atlas' })
    expect([unread.length, records.length, errorMessage]).toEqual([1, 1, null])
  })

  test('with an operation that tells neither model nor usage say so', () => {
    expect(read({ 'gen_ai.operation.name': 'dream' }).unread).toMatchObject([{ reason: 'unknown_operation' }])
  })

  test.each<Record<string, Plain>>([
    { 'http.request.method': 'GET', 'url.path': '/' },
    { 'db.system': 'postgresql' },
    {},
    { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'planner' },
    { 'openinference.span.kind': 'CHAIN', 'input.value': 'x' },
    { 'langfuse.observation.type': 'span' },
    { 'traceloop.span.kind': 'workflow' },
    { 'ai.operationId': 'ai.generateText' },
  ])('are not those of other conventions, nor structure: %j', (attributes) => {
    const { unread, errorMessage } = read(attributes)
    expect([unread, errorMessage]).toEqual([[], null])
  })

  test('are kept small', () => {
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`acme.${'x'.repeat(200)}${index}`, 1]),
    )
    const [unread] = read(many, { 'acme.y': 1 }).unread
    expect(unread?.attributeNames.length).toBeLessThanOrEqual(12)
    expect(unread?.attributeNames.every((name) => name.length <= 80)).toBe(true)
  })
})
