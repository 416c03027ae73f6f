import { describe, expect, test } from 'vitest'
import type { OutputFormat } from '../records/check-structured-output'
import { failureOfFacts, failureOfStatus } from './classify-answer'
import { callsOfFailure, outputOfFailure } from './judge-failed-generation'
import { whatFollows } from './what-follows'

const tools = [
  {
    name: 'get_weather',
    schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
  { name: 'now', schema: undefined },
]
const FAILED =
  "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details."
const refuse = (error: object, status = 400) =>
  failureOfStatus({ status, text: JSON.stringify({ error }), header: () => null, nowMs: 0 })
const toolFailure = (failed_generation?: string, message = FAILED) =>
  refuse({ message, type: 'invalid_request_error', code: 'tool_use_failed', failed_generation })
const judged = (failed_generation?: string, message = FAILED) =>
  callsOfFailure(toolFailure(failed_generation, message), tools)?.map(({ name, verdict }) => [name, verdict])

describe('a refusal of what the provider’s own model made', () => {
  test.each([
    ['a tool call', { code: 'tool_use_failed', message: FAILED, failed_generation: 'x' }, 'tool_call'],
    ['a tool call in words alone', { type: 'invalid_request_error', message: FAILED }, 'tool_call'],
    ['JSON output', { code: 'json_validate_failed', message: 'Failed to generate JSON.' }, 'output'],
    [
      'within another gateway’s error',
      {
        message: 'Provider returned error',
        code: 400,
        metadata: { raw: JSON.stringify({ error: { message: FAILED, code: 'tool_use_failed' } }) },
      },
      'tool_call',
    ],
  ])('%s is its bad response, and leads to the next endpoint', (_, error, of) => {
    const failure = refuse(error)
    expect(failure).toMatchObject({ errorClass: 'bad_response', failedGeneration: { of } })
    expect(whatFollows(failure, 400)).toBe('endpoint')
  })

  test.each([
    ['another refusal', { message: 'temperature: expected a number', code: 'invalid_value' }, 400],
    ['an error of the server that speaks of calls', { message: FAILED }, 500],
    ['a rate limit', { message: 'Rate limit reached', code: 'rate_limit_exceeded' }, 429],
  ])('%s is not', (_, error, status) => {
    const failure = refuse(error, status)
    expect(failure.failedGeneration).toBeNull()
    expect(failure.errorClass).not.toBe('bad_response')
  })

  test('is told within streams too, by an event of error', () => {
    const facts = {
      usage: null,
      finishReason: null,
      nativeFinishReason: null,
      toolCalls: [],
      hasOutput: false,
      problem: FAILED,
      problemStatus: 400,
      problemCode: 'tool_use_failed',
    }
    expect(failureOfFacts(facts)).toMatchObject({
      errorClass: 'bad_response',
      failedGeneration: { of: 'tool_call', text: null },
    })
  })
})

describe('the calls that a provider could not take are bad', () => {
  test.each<[string, string | undefined, [string, string][]]>([
    [
      'tagged, arguments against the schema',
      '<function=get_weather{"town":"Oslo"}</function>',
      [['get_weather', 'schema_mismatch']],
    ],
    [
      'tagged, with a bracket',
      '<function=get_weather>{"city":"Oslo"}</function>',
      [['get_weather', 'invalid_json']],
    ],
    ['in brackets', '<function(now)>{}</function>', [['now', 'invalid_json']]],
    ['without its beginning', 'get_weather{"city": 7}</function>', [['get_weather', 'schema_mismatch']]],
    ['never closed', 'Let me look. <function=get_weather{"city":"Oslo"', [['get_weather', 'invalid_json']]],
    [
      'of a tool that was not offered',
      '<function=brave_search{"q":"x"}</function>',
      [['brave_search', 'unknown_name']],
    ],
    [
      'two of them',
      '<function=now{}</function><function=get_weather{"city":1}</function>',
      [
        ['now', 'valid'],
        ['get_weather', 'schema_mismatch'],
      ],
    ],
    ['JSON', '{"name":"get_weather","parameters":{"city":1}}', [['get_weather', 'schema_mismatch']]],
    [
      'a list in a fence',
      '```json\n{"tool_calls":[{"function":{"name":"get_weather","arguments":"{oslo"}}]}\n```',
      [['get_weather', 'invalid_json']],
    ],
    ['in tags of its own', '<tool_call>{"name":"now","arguments":{}}</tool_call>', [['now', 'invalid_json']]],
    [
      'words',
      'Tool use failed: JSON does not match the expected schema for tool calls',
      [['(unreadable)', 'invalid_json']],
    ],
    ['nothing', '', [['(unreadable)', 'invalid_json']]],
    ['not shown', undefined, [['(unreadable)', 'invalid_json']]],
  ])('%s', (_, text, calls) => {
    expect(judged(text)).toEqual(calls)
  })

  test.each([
    ['tool call validation failed: parameters for tool get_weather did not match schema: errors: []'],
    ["tool call validation failed: attempted to call tool 'get_weather' which was not in request.tools"],
  ])('named by the provider’s words: %s', (message) => {
    expect(judged(undefined, message)).toEqual([['get_weather', 'invalid_json']])
  })

  test('the only tool is the one that was called', () => {
    expect(callsOfFailure(toolFailure(), tools.slice(0, 1))?.[0]?.name).toBe('get_weather')
  })

  test('what no call made fail has none', () => {
    expect(callsOfFailure(null, tools)).toBeNull()
    expect(callsOfFailure({ errorClass: 'timeout', message: 'slow' }, tools)).toBeNull()
    expect(callsOfFailure(refuse({ code: 'json_validate_failed', message: 'no' }), tools)).toBeNull()
  })

  test.each([['<function'], ['<tool_call>'], ['a{'], [' ']])(
    '%j over and over is read in no time',
    (piece) => {
      const failure = toolFailure(piece.repeat(200_000 / piece.length))
      expect(callsOfFailure(failure, tools)?.every(({ verdict }) => verdict !== 'valid')).toBe(true)
    },
  )
})

describe('JSON output that a provider could not take', () => {
  const format: OutputFormat = { type: 'json_schema', schema: { type: 'object', required: ['a'] } }
  const failure = (failed_generation?: string) =>
    refuse({ code: 'json_validate_failed', message: 'Failed to generate JSON.', failed_generation })
  test.each([
    ['no JSON', '{"a":', 'invalid_json'],
    ['against the schema', '{"b":1}', 'schema_mismatch'],
    ['good as far as it is shown', '{"a":1}', 'invalid_json'],
    ['not shown', undefined, 'invalid_json'],
  ])('%s', (_, text, verdict) => {
    expect(outputOfFailure(failure(text), format)?.verdict).toBe(verdict)
  })

  test('where any text would do there is no verdict', () => {
    expect(outputOfFailure(failure('x'), { type: 'text' })).toBeNull()
    expect(outputOfFailure(toolFailure('x'), format)).toBeNull()
  })
})
