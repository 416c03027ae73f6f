import { describe, expect, test } from 'vitest'
import { readFormat, recordsOf } from '../../testing/read-format'
import { FAILURE, SPEND_LOG, SUCCESS } from './examples.fixture'

const one = (body: unknown) => recordsOf(readFormat('litellm', body))[0]

describe('a standard logging payload', () => {
  test('is a request, field by field', () => {
    expect(one(SUCCESS)).toMatchObject({
      externalId: 'chatcmpl-1',
      startedAtMs: 1795386577870,
      operation: 'chat',
      app: 'shop',
      endUser: 'u1',
      sessionId: 's1',
      requestedModel: 'coder',
      model: 'moonshotai/kimi-k2',
      stream: true,
      callerKind: 'agentic',
      promptTokens: 120,
      completionTokens: 8,
      cachedTokens: 64,
      reasoningTokens: 3,
      finishReason: 'tool_calls',
      toolsOffered: 1,
      toolCalls: [{ name: 'ls', verdict: 'valid' }],
      costSource: 'reported',
      attempts: [{ provider: 'fireworks_ai', timeToFirstTokenMs: 430, durationMs: 1100, errorClass: null }],
    })
  })

  test('that failed has no tokens and no cost, and its status', () => {
    const failed = one(FAILURE)
    expect(failed).toMatchObject({
      promptTokens: null,
      completionTokens: null,
      costSource: null,
      finishReason: null,
    })
    expect(failed?.attempts).toMatchObject([
      { httpStatus: 429, errorClass: 'rate_limited', durationMs: 1000 },
    ])
  })

  test.each([
    ['completion', 'chat'],
    ['aresponses', 'chat'],
    ['anthropic_messages', 'chat'],
    ['atext_completion', 'completion'],
    ['aembedding', 'embedding'],
    ['arerank', 'rerank'],
    ['aimage_generation', 'image'],
    ['atranscription', 'audio'],
    ['amoderation', 'moderation'],
  ])('of call type %s is a %s', (callType, operation) => {
    expect(one({ ...SUCCESS, call_type: callType })).toMatchObject({ operation })
  })

  test.each(['call_mcp_tool', 'acreate_file', 'avector_store_search'])(
    'of call type %s is no request',
    (callType) => {
      expect(readFormat('litellm', { ...SUCCESS, call_type: callType })).toEqual([
        { index: 0, ignored: `${callType} calls no model` },
      ])
    },
  )

  test('of an Azure deployment goes by the model that answered', () => {
    const response = { model: 'gpt-4o-2024-08-06', choices: [] }
    expect(one({ ...SUCCESS, custom_llm_provider: 'azure', model: 'my-deployment', response })).toMatchObject(
      {
        model: 'openai/gpt-4o-2024-08-06',
      },
    )
  })

  test('keeps its request when one value is odd', () => {
    const odd = {
      ...SUCCESS,
      prompt_tokens: -1,
      response_cost: Number.NaN,
      end_user: '',
      completionStartTime: null,
    }
    expect(one(odd)).toMatchObject({ promptTokens: null, endUser: null, completionTokens: 8 })
  })

  test('without a start says which field is missing', () => {
    expect(readFormat('litellm', { ...SUCCESS, startTime: 'soon' })).toMatchObject([
      { rejected: { id: 'chatcmpl-1', errors: [{ path: 'startTime' }] } },
    ])
  })

  test('of the older callback prints its usage as Python does', () => {
    const older = {
      id: 'x',
      call_type: 'completion',
      startTime: '2026-11-22 10:00:00.123456',
      endTime: '2026-11-22 10:00:01.123456',
      model: 'gpt-4o',
      usage: 'Usage(completion_tokens=3, prompt_tokens=12, total_tokens=15)',
      cost: '0.0004',
    }
    expect(one(older)).toMatchObject({
      promptTokens: 12,
      completionTokens: 3,
      startedAtMs: Date.parse('2026-11-22T10:00:00.123Z'),
    })
  })
})

test('a spend log is a request', () => {
  expect(one(SPEND_LOG)).toMatchObject({
    externalId: 'chatcmpl-9',
    operation: 'embedding',
    app: 'shop',
    promptTokens: 9,
    toolCalls: null,
    attempts: [{ durationMs: 250, timeToFirstTokenMs: null }],
  })
})

describe('tries of one call', () => {
  test('are attempts of one request: a failure, and what it fell back to', () => {
    const records = recordsOf(readFormat('litellm', [SUCCESS, FAILURE]))
    expect(records).toHaveLength(1)
    expect(records[0]).toMatchObject({
      externalId: 'chatcmpl-1',
      startedAtMs: 1795386576500,
      attempts: [
        { provider: 'openai', errorClass: 'rate_limited', httpStatus: 429, startedAtMs: 1795386576500 },
        { provider: 'fireworks_ai', errorClass: null, startedAtMs: 1795386577870 },
      ],
    })
  })

  test.each([
    ['of another trace', { trace_id: 't2' }],
    ['with other messages', { messages: [{ role: 'user', content: 'something else' }] }],
    ['hours before', { startTime: 1795376576.5, endTime: 1795376577.5 }],
    ['that succeeded', { status: 'success' }],
  ])('are not a call %s', (_, change) => {
    expect(recordsOf(readFormat('litellm', [{ ...FAILURE, ...change }, SUCCESS]))).toHaveLength(2)
  })
})
