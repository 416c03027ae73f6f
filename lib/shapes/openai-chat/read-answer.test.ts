import type OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import type { AnswerFacts } from '../answer-facts'
import { createObserver, factsOfAnswer } from '../observe'
import { readAnswer } from './read-answer'
import { createReader } from './stream-reader'

type Delta = OpenAI.Chat.ChatCompletionChunk.Choice.Delta

const chunk = (delta: unknown, finish: string | null = null, rest: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1_760_000_000,
  model: 'atlas-120b',
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...rest,
})

const factsOf = (body: unknown) => factsOfAnswer(readAnswer(body))
const pieceOf = (value: unknown) => ({ event: null, data: JSON.stringify(value) ?? '', value })

function observe(chunks: readonly unknown[]): AnswerFacts {
  const reader = createReader()
  const observer = createObserver()
  const events = [...chunks.flatMap((chunk) => reader.push(pieceOf(chunk))), ...reader.end()]
  for (const event of events) observer.push(event)
  return observer.facts()
}

/** What one chunk brings: a token, part of a call, the end. */
function tell(chunk: unknown): [boolean, boolean, boolean] {
  const observer = createObserver()
  const events = createReader().push(pieceOf(chunk))
  const told = events.map((event) => observer.push(event))
  return [
    told.some(({ isToken }) => isToken),
    told.some(({ isToolCall }) => isToolCall),
    events.some(({ type }) => type === 'finish'),
  ]
}

const answer = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_760_000_000,
  model: 'atlas-120b',
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: null,
        refusal: null,
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Riga"}' } },
          { id: 'call_2', type: 'function', function: { name: 'get_time', arguments: '{"ci' } },
        ],
      },
      logprobs: null,
      finish_reason: 'tool_calls',
    },
  ],
  usage: {
    prompt_tokens: 120,
    completion_tokens: 40,
    total_tokens: 160,
    prompt_tokens_details: { cached_tokens: 100 },
    completion_tokens_details: { reasoning_tokens: 12 },
  },
} satisfies OpenAI.Chat.ChatCompletion

describe('readAnswer', () => {
  test('reads calls, usage and finish reason', () => {
    expect(factsOf(answer)).toEqual({
      usage: {
        promptTokens: 120,
        cachedTokens: 100,
        cacheWriteTokens: null,
        completionTokens: 40,
        reasoningTokens: 12,
        reportedCostUsd: null,
      },
      finishReason: 'tool_calls',
      nativeFinishReason: 'tool_calls',
      toolCalls: [
        { name: 'get_weather', arguments: '{"city":"Riga"}' },
        { name: 'get_time', arguments: '{"ci' },
      ],
      hasOutput: true,
      problem: null,
      problemStatus: null,
      problemCode: null,
    })
  })

  test.each<[string, unknown, string | null]>([
    [
      '"native_finish_reason" of a gateway',
      { finish_reason: 'stop', native_finish_reason: 'end_turn' },
      'end_turn',
    ],
    ['the finish reason itself', { finish_reason: 'eos_token' }, 'eos_token'],
    ['nothing', { finish_reason: null }, null],
  ])('keeps %s', (_, choice, expected) => {
    expect(factsOf({ choices: [choice] }).nativeFinishReason).toBe(expected)
  })

  test('keeps calls apart that share an id or have none', () => {
    const calls = [
      { id: 'x', function: { name: 'a', arguments: '{}' } },
      { id: 'x', function: { name: 'a', arguments: '{"n":1}' } },
      { function: { name: 'b', arguments: { n: 2 } } },
    ]
    expect(factsOf({ choices: [{ message: { tool_calls: calls } }] }).toolCalls).toEqual([
      { name: 'a', arguments: '{}' },
      { name: 'a', arguments: '{"n":1}' },
      { name: 'b', arguments: '{"n":2}' },
    ])
  })

  test('reads the legacy function_call and custom tools', () => {
    const message = {
      function_call: { name: 'old', arguments: '{"a":1}' },
      tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'sql', input: 'select 1' } }],
    }
    expect(factsOf({ choices: [{ message, finish_reason: 'function_call' }] })).toMatchObject({
      finishReason: 'tool_calls',
      toolCalls: [
        { name: 'sql', arguments: null, argumentsValue: 'select 1' },
        { name: 'old', arguments: '{"a":1}' },
      ],
    })
  })

  test.each<[string, unknown, string, number | null]>([
    [
      'an error object',
      { error: { message: 'Overloaded', code: 529 } },
      'The provider answered with an error: Overloaded',
      529,
    ],
    [
      'a status as text',
      { error: { message: 'Slow down', code: '429' } },
      'The provider answered with an error: Slow down',
      429,
    ],
    [
      'a code in words',
      { error: { message: 'No.', code: 'rate_limit_exceeded' } },
      'The provider answered with an error: No.',
      429,
    ],
    ['an error that is text', { error: 'boom' }, 'The provider answered with an error: boom', null],
    [
      'an error in the choice',
      { choices: [{ finish_reason: 'error', error: { code: 502, message: 'gone' } }] },
      'The provider answered with an error: gone',
      502,
    ],
    [
      'an error finish reason',
      { choices: [{ message: {}, finish_reason: 'error' }] },
      'The answer finished with an error.',
      null,
    ],
    ['no choices', { choices: [] }, 'The answer is no chat completion: it has no choices.', null],
    [
      'another shape',
      { type: 'message', content: [] },
      'The answer is no chat completion: it has no choices.',
      null,
    ],
    ['text', 'hello', 'The answer is no chat completion: it has no choices.', null],
    ['null', null, 'The answer is no chat completion: it has no choices.', null],
  ])('finds a problem in %s', (_, body, problem, status) => {
    expect(factsOf(body)).toMatchObject({ problem, problemStatus: status })
  })

  test.each<[string, unknown, object]>([
    [
      'a count that cannot be',
      { prompt_tokens: -1, completion_tokens: 3 },
      { promptTokens: null, completionTokens: 3 },
    ],
    [
      'reasoning counted apart, by the total',
      {
        prompt_tokens: 10,
        completion_tokens: 20,
        total_tokens: 35,
        completion_tokens_details: { reasoning_tokens: 5 },
      },
      { completionTokens: 25, reasoningTokens: 5 },
    ],
    [
      'reasoning larger than the completion',
      { prompt_tokens: 10, completion_tokens: 2, completion_tokens_details: { reasoning_tokens: 5 } },
      { completionTokens: 7 },
    ],
    [
      'cost and cache writes',
      { prompt_tokens: 9, cost: 0.25, prompt_tokens_details: { cached_tokens: 2, cache_write_tokens: 4 } },
      { promptTokens: 9, cachedTokens: 2, cacheWriteTokens: 4, reportedCostUsd: 0.25 },
    ],
  ])('reads usage with %s', (_, usage, expected) => {
    expect(factsOf({ choices: [{}], usage }).usage).toMatchObject(expected)
  })

  test.each([null, undefined, {}, 'x', { prompt_tokens: 'many' }])('takes usage %j for unknown', (usage) => {
    expect(factsOf({ choices: [{}], usage }).usage).toBeNull()
  })
})

describe('createReader', () => {
  test.each<[string, unknown, [boolean, boolean, boolean]]>([
    ['a role', chunk({ role: 'assistant', content: '' } satisfies Delta), [false, false, false]],
    ['text', chunk({ content: 'Hi' } satisfies Delta), [true, false, false]],
    ['reasoning', chunk({ reasoning: 'Hm' }), [true, false, false]],
    ['reasoning_content', chunk({ reasoning_content: 'Hm' }), [true, false, false]],
    ['a refusal', chunk({ refusal: 'No' } satisfies Delta), [true, false, false]],
    ['content in parts', chunk({ content: [{ type: 'text', text: 'Hi' }] }), [true, false, false]],
    [
      'a tool call',
      chunk({ tool_calls: [{ index: 0, id: 'c', function: { name: 'a', arguments: '' } }] }),
      [true, true, false],
    ],
    ['an empty list of calls', chunk({ tool_calls: [] }), [false, false, false]],
    [
      'a legacy call',
      chunk({ function_call: { name: 'a', arguments: '' } } satisfies Delta),
      [true, true, false],
    ],
    ['the end', chunk({}, 'stop'), [false, false, true]],
    ['text with the end', chunk({ content: 'Hi' }, 'stop'), [true, false, true]],
    ['usage', { choices: [], usage: { prompt_tokens: 1 } }, [false, false, false]],
    ['an error', { error: { message: 'no' } }, [false, false, false]],
    ['what is no chunk', 'x', [false, false, false]],
    ['nothing', null, [false, false, false]],
  ])('tells %s', (_, item, expected) => {
    expect(tell(item)).toEqual(expected)
  })

  const call = (entry: object) => chunk({ tool_calls: [entry] })
  test.each<[string, unknown[], { name: string; arguments: string }[]]>([
    [
      'by index, interleaved',
      [
        call({ index: 0, id: 'a', function: { name: 'first', arguments: '' } }),
        call({ index: 1, id: 'b', function: { name: 'second', arguments: '{' } }),
        call({ index: 0, function: { arguments: '{"x"' } }),
        call({ index: 1, function: { arguments: '}' } }),
        call({ index: 0, function: { arguments: ':1}' } }),
      ],
      [
        { name: 'first', arguments: '{"x":1}' },
        { name: 'second', arguments: '{}' },
      ],
    ],
    [
      'several in one delta',
      [
        chunk({
          tool_calls: [
            { index: 0, id: 'a', function: { name: 'first', arguments: '{}' } },
            { index: 1, id: 'b', function: { name: 'second', arguments: '[]' } },
          ],
        }),
      ],
      [
        { name: 'first', arguments: '{}' },
        { name: 'second', arguments: '[]' },
      ],
    ],
    [
      'without an index, by id',
      [
        call({ id: 'a', function: { name: 'first', arguments: '{' } }),
        call({ id: 'b', function: { name: 'second', arguments: '{' } }),
        call({ id: 'a', function: { arguments: '}' } }),
        call({ id: 'b', function: { arguments: ' }' } }),
      ],
      [
        { name: 'first', arguments: '{}' },
        { name: 'second', arguments: '{ }' },
      ],
    ],
    [
      'without index and id: a name begins, the rest continues',
      [
        call({ function: { name: 'first', arguments: '{' } }),
        call({ function: { arguments: '}' } }),
        call({ function: { name: 'second', arguments: '{}' } }),
      ],
      [
        { name: 'first', arguments: '{}' },
        { name: 'second', arguments: '{}' },
      ],
    ],
    [
      'an index used twice with other ids is two calls',
      [
        call({ index: 0, id: 'a', function: { name: 'first', arguments: '{}' } }),
        call({ index: 0, id: 'b', function: { name: 'second', arguments: '{' } }),
        call({ index: 0, function: { arguments: '}' } }),
      ],
      [
        { name: 'first', arguments: '{}' },
        { name: 'second', arguments: '{}' },
      ],
    ],
    [
      'a name that is repeated is one name',
      [
        call({ index: 0, id: 'a', function: { name: 'first', arguments: '' } }),
        call({ index: 0, id: 'a', function: { name: 'first', arguments: '{}' } }),
      ],
      [{ name: 'first', arguments: '{}' }],
    ],
    [
      'the legacy form',
      [
        chunk({ function_call: { name: 'old', arguments: '{' } }),
        chunk({ function_call: { arguments: '}' } }),
      ],
      [{ name: 'old', arguments: '{}' }],
    ],
    ['entries that are no calls', [chunk({ tool_calls: [null, 1, 'x'] }), chunk({ tool_calls: 'x' })], []],
  ])('joins tool calls %s', (_, chunks, expected) => {
    expect(observe(chunks).toolCalls).toEqual(expected)
  })

  test('takes the last usage, from wherever it stands', () => {
    const first = chunk({ content: 'a' }, null, { usage: { prompt_tokens: 5, completion_tokens: 1 } })
    const last = { choices: [], usage: { prompt_tokens: 5, completion_tokens: 9 } }
    expect(observe([first, last, { choices: [], usage: null }]).usage?.completionTokens).toBe(9)
    expect(
      observe([chunk({}, 'stop', { x_groq: { usage: { prompt_tokens: 7 } } })]).usage?.promptTokens,
    ).toBe(7)
  })

  test('an error in mid-stream is the problem, what came before stays', () => {
    const error = {
      error: { code: 502, message: 'gone' },
      choices: [{ delta: { content: '' }, finish_reason: 'error' }],
    }
    expect(observe([chunk({ content: 'Hi' }), error])).toMatchObject({
      hasOutput: true,
      finishReason: 'error',
      problem: 'The provider answered with an error: gone',
      problemStatus: 502,
    })
  })

  test('a stream without choices is not this shape; one that has not begun yet, or not yet said much, is fine', () => {
    expect(observe([{ type: 'message_start' }]).problem).toContain('no chat completion')
    expect(observe([null]).problem).toContain('no chat completion')
    expect(observe([]).problem).toBeNull()
    expect(observe([{ choices: [], prompt_filter_results: [] }]).problem).toBeNull()
  })

  test('only the first choice counts for calls', () => {
    const second = { choices: [{ index: 1, delta: { tool_calls: [{ index: 0, function: { name: 'b' } }] } }] }
    expect(observe([second]).toolCalls).toEqual([])
  })
})
