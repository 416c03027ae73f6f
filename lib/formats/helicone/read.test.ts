import { expect, test } from 'vitest'
import { readFormat } from '../../testing/read-format'
import { RECORDED } from './recorded.fixture'

const outcomes = RECORDED.flatMap(({ body, path, headers }) =>
  readFormat('helicone', body, { path, headers }),
)

test('what the manual logger sends is a request each, field by field', () => {
  expect(outcomes[0]).toMatchObject({
    record: {
      app: 'shop',
      endUser: 'u-1',
      sessionId: 's-1',
      requestedModel: 'gpt-5-mini',
      model: 'openai/gpt-5-mini-2025-08-07',
      stream: false,
      promptTokens: 120,
      cachedTokens: 64,
      completionTokens: 18,
      finishReason: 'tool_calls',
      toolsOffered: 1,
      toolCalls: [{ name: 'get_weather', verdict: 'valid' }],
      attempts: [{ httpStatus: 200, errorClass: null }],
    },
  })
})

test('an answer that was kept as text is read as its JSON', () => {
  expect(outcomes[1]).toMatchObject({ record: { promptTokens: 120, attempts: [{ durationMs: 321 }] } })
})

test.each([2, 3])('a stream that was kept as text is read as its events (%i)', (position) => {
  expect(outcomes[position]).toMatchObject({
    record: { stream: true, promptTokens: 20, completionTokens: 5, finishReason: 'stop' },
  })
})

test('a stream within an object is one too', () => {
  const [, , streamed] = RECORDED
  const { providerResponse, ...rest } = (streamed?.body ?? {}) as { providerResponse: { textBody: string } }
  const body = {
    ...rest,
    providerResponse: { status: 200, json: { streamed_data: providerResponse.textBody } },
  }
  expect(readFormat('helicone', body)).toMatchObject([{ record: { promptTokens: 20, stream: true } }])
})

test('the path names the provider, and Anthropic counts cached tokens apart', () => {
  expect(outcomes[4]).toMatchObject({
    record: {
      model: 'anthropic/claude-sonnet-4-5-20250929',
      promptTokens: 160,
      cachedTokens: 100,
      cacheWriteTokens: 50,
      attempts: [{ provider: 'anthropic' }],
    },
  })
  expect(outcomes[5]).toMatchObject({ record: { attempts: [{ provider: 'openai' }] } })
})

test('tools and vector databases are no requests', () => {
  expect(outcomes.slice(6)).toMatchObject(
    [{ ignored: /tool/ }, { ignored: /vector_db/ }].map(() => ({ index: 0 })),
  )
  expect(outcomes.slice(6).every((outcome) => 'ignored' in outcome)).toBe(true)
})

test('a status that is an error is one', () => {
  const body = {
    providerRequest: { json: { model: 'gpt-5-mini', messages: [] } },
    providerResponse: { status: 429, json: { error: { message: 'slow down' } } },
    timing: {
      startTime: { seconds: 1795386577, milliseconds: 1 },
      endTime: { seconds: 1795386578, milliseconds: 0 },
    },
  }
  expect(readFormat('helicone', body)).toMatchObject([
    {
      record: {
        toolCalls: null,
        attempts: [{ httpStatus: 429, errorClass: 'rate_limited', durationMs: 999 }],
      },
    },
  ])
})
