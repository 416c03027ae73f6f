import { describe, expect, test } from 'vitest'
import { readCompletion } from './client-answer'

const COMPLETION = {
  id: 'gen-1',
  provider: 'Helios',
  model: 'acme/atlas-120b',
  choices: [
    {
      finish_reason: 'tool_calls',
      message: {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'book_room', arguments: '{"a":1}' } },
        ],
      },
    },
  ],
}
const read = (httpStatus: number, body: unknown) =>
  readCompletion({ httpStatus, body: typeof body === 'string' ? body : JSON.stringify(body) })

test('an answer says who served it and which tools it calls', () => {
  expect(read(200, COMPLETION)).toEqual({
    generationId: 'gen-1',
    provider: 'Helios',
    model: 'acme/atlas-120b',
    presetVersion: null,
    finishReason: 'tool_calls',
    toolCalls: [{ name: 'book_room', arguments: '{"a":1}' }],
    failure: null,
  })
})

test('arguments that are no text are taken as the JSON they are', () => {
  const [choice] = COMPLETION.choices
  const tool_calls = [{ function: { name: 'book_room', arguments: { a: 1 } } }]
  const answer = read(200, { ...COMPLETION, choices: [{ ...choice, message: { tool_calls } }] })
  expect(answer.toolCalls).toEqual([{ name: 'book_room', arguments: '{"a":1}' }])
})

const error = (code: number, error_type?: string, provider_name?: string) => ({
  error: { code, message: 'no', metadata: { error_type, provider_name } },
})

describe('a request that was not answered has a class', () => {
  test.each([
    [429, error(429, 'rate_limit_exceeded'), 'rate_limited'],
    [502, error(502, 'provider_unavailable'), 'upstream_5xx'],
    [503, error(503, 'provider_overloaded'), 'upstream_5xx'],
    [504, error(504, 'timeout'), 'timeout'],
    [502, error(502, 'timeout'), 'timeout'],
    [401, { error: { code: 'unauthorized', message: 'no' } }, 'auth'],
    [404, error(404, 'not_found'), 'not_found'],
    [400, error(400, 'invalid_request'), 'invalid_request'],
    [500, error(500, 'unmapped'), 'upstream_5xx'],
    [502, '<html>Bad gateway</html>', 'upstream_5xx'],
    [200, error(502), 'upstream_5xx'],
    [200, error(200), 'bad_response'],
    [200, '', 'bad_response'],
    [200, '{"choices":', 'bad_response'],
    [200, '{"choices":[]}', 'bad_response'],
    [200, { ...COMPLETION, choices: [{ finish_reason: 'error', error: { code: 429 } }] }, 'rate_limited'],
    [200, { ...COMPLETION, choices: [{ finish_reason: 'error', message: {} }] }, 'bad_response'],
  ])('%d %j is %s', (httpStatus, body, errorClass) => {
    const answer = read(httpStatus, body)
    expect(answer.failure?.errorClass).toBe(errorClass)
    expect(answer.failure?.message).not.toBe('')
    expect(answer.toolCalls).toEqual([])
  })
})

test('a failure names the provider when the gateway does', () => {
  expect(read(502, error(502, 'provider_unavailable', 'Helios')).provider).toBe('Helios')
})

const METADATA = { attempts: [{ provider: 'lagoon' }, { provider: 'helios' }], preset: { version: 3 } }

test('the gateway’s metadata names who was tried last and the version of the preset', () => {
  const expected = { provider: 'helios', presetVersion: 3 }
  expect(read(200, { ...COMPLETION, openrouter_metadata: METADATA })).toMatchObject(expected)
  expect(read(502, { ...error(502), openrouter_metadata: METADATA })).toMatchObject(expected)
  expect(read(200, { ...COMPLETION, openrouter_metadata: 'off' })).toMatchObject({ provider: 'Helios' })
})
