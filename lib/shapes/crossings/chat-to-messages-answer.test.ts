import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anthropicMessages } from '../anthropic-messages/shape'
import { factsOfAnswer } from '../observe'
import { openaiChat } from '../openai-chat/shape'

const identity = {
  id: 'gen-1',
  model: 'acme/atlas-120b',
  providerName: 'Helios',
  createdSeconds: 1_760_000_000,
}
const options = { identity, promptTokens: null, request: {} }
const translate = (answer: unknown) => anthropicMessages.writeAnswer(openaiChat.readAnswer(answer), options)

const completion = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'atlas',
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: 'Let me look.',
        refusal: null,
        reasoning_content: 'Weather first.',
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Riga"}' } },
          { id: '', type: 'function', function: { name: 'now', arguments: '{"x' } },
          { id: 'c3', type: 'custom', custom: { name: 'sql', input: 'select 1' } },
        ],
      },
      finish_reason: 'tool_calls',
    },
  ],
  usage: {
    prompt_tokens: 127,
    completion_tokens: 40,
    total_tokens: 167,
    prompt_tokens_details: { cached_tokens: 100, cache_write_tokens: 7 },
    completion_tokens_details: { reasoning_tokens: 12 },
  },
}

describe('a completion for a messages client', () => {
  test('translates reasoning, text, tool calls and usage', () => {
    expect(translate(completion)).toEqual({
      id: 'gen-1',
      type: 'message',
      role: 'assistant',
      model: 'acme/atlas-120b',
      content: [
        { type: 'thinking', thinking: 'Weather first.', signature: 'unsigned' },
        { type: 'text', text: 'Let me look.', citations: null },
        { type: 'tool_use', id: 'call_1', name: 'get_weather', input: { city: 'Riga' } },
        { type: 'tool_use', id: 'toolu_gen-1_1', name: 'now', input: { __raw_arguments: '{"x' } },
        { type: 'tool_use', id: 'c3', name: 'sql', input: { input: 'select 1' } },
      ],
      stop_reason: 'tool_use',
      stop_sequence: null,
      stop_details: null,
      container: null,
      usage: {
        input_tokens: 20,
        cache_creation_input_tokens: 7,
        cache_read_input_tokens: 100,
        output_tokens: 40,
        output_tokens_details: { thinking_tokens: 12 },
      },
    })
  })

  const call = { id: 'c', function: { name: 'a', arguments: '{}' } }
  test.each<[string, string | null, object, string]>([
    ['stop', 'stop', {}, 'end_turn'],
    ['length', 'length', {}, 'max_tokens'],
    ['content_filter', 'content_filter', {}, 'refusal'],
    ['tool_calls', 'tool_calls', { tool_calls: [call] }, 'tool_use'],
    ['function_call', 'function_call', { function_call: call.function }, 'tool_use'],
    ['stop although a tool is called', 'stop', { tool_calls: [call] }, 'tool_use'],
    ['length in the middle of a call', 'length', { tool_calls: [call] }, 'max_tokens'],
    ['nothing', null, {}, 'end_turn'],
    ["a provider's own word", 'eos', {}, 'end_turn'],
  ])('finish reason %s', (_, finish_reason, message, expected) => {
    expect(translate({ choices: [{ message, finish_reason }] }).stop_reason).toBe(expected)
  })

  test('a refusal is text with the stop reason refusal', () => {
    const message = { content: null, refusal: 'I will not.' }
    expect(translate({ choices: [{ message, finish_reason: 'stop' }] })).toMatchObject({
      content: [{ type: 'text', text: 'I will not.' }],
      stop_reason: 'refusal',
      stop_details: { type: 'refusal', explanation: 'I will not.' },
    })
  })

  test('signed thinking keeps its signature', () => {
    const reasoning_details = [
      { type: 'reasoning.text', text: 'Hm.', signature: 'sig' },
      { type: 'reasoning.encrypted', data: 'xyz' },
    ]
    const message = { content: 'Yes.', reasoning: 'Hm.', reasoning_details }
    expect(translate({ choices: [{ message }] }).content).toEqual([
      { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
      { type: 'redacted_thinking', data: 'xyz' },
      { type: 'text', text: 'Yes.', citations: null },
    ])
  })

  test.each([null, 'x', {}, { choices: [] }])('makes an empty message of %j', (answer) => {
    expect(translate(answer)).toMatchObject({
      content: [],
      stop_reason: 'end_turn',
      usage: { input_tokens: 0, output_tokens: 0 },
    })
  })
})

describe('answers there and back', () => {
  const text = fc.string({ unit: 'grapheme' })
  const id = fc.stringMatching(/^[a-zA-Z0-9_-]{1,20}$/)
  const count = fc.nat(1_000_000)
  const call = fc.record({
    id,
    type: fc.constant('function'),
    function: fc.record({
      name: id,
      arguments: fc.oneof(
        fc.dictionary(id, fc.jsonValue()).map((value) => JSON.stringify(value)),
        fc.constant('{"x'),
      ),
    }),
  })
  const completions = fc
    .record({
      content: text,
      calls: fc.array(call),
      reasoning: text,
      cached: count,
      rest: count,
      output: count,
    })
    .map(({ content, calls, reasoning, cached, rest, output }) => ({
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: content === '' && calls.length > 0 ? null : content,
            ...(reasoning === '' ? {} : { reasoning }),
            ...(calls.length === 0 ? {} : { tool_calls: calls }),
          },
          finish_reason: calls.length > 0 ? 'tool_calls' : 'stop',
        },
      ],
      usage: {
        prompt_tokens: cached + rest,
        completion_tokens: output,
        total_tokens: cached + rest + output,
        prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: 0 },
      },
    }))

  test('text, reasoning, tool calls and usage survive', () => {
    fc.assert(
      fc.property(completions, (given) => {
        const back = openaiChat.writeAnswer(anthropicMessages.readAnswer(translate(given)), options)
        expect(back).toMatchObject(given)
      }),
    )
  })

  test('both shapes of one answer have the same facts', () => {
    fc.assert(
      fc.property(completions, (given) => {
        const { nativeFinishReason: _, toolCalls, ...facts } = factsOfAnswer(openaiChat.readAnswer(given))
        const translated = factsOfAnswer(anthropicMessages.readAnswer(translate(given)))
        expect(translated).toMatchObject(facts)
        expect(translated.toolCalls.map((one) => one.name)).toEqual(toolCalls.map((one) => one.name))
      }),
    )
  })
})
