import type Anthropic from '@anthropic-ai/sdk'
import { describe, expect, test } from 'vitest'
import { anthropicMessages } from '../anthropic-messages/shape'
import { openaiChat } from '../openai-chat/shape'

const identity = {
  id: 'gen-1',
  model: 'acme/atlas-120b',
  providerName: 'Helios',
  createdSeconds: 1_760_000_000,
}
const options = { identity, promptTokens: null, request: {} }
const translate = (answer: unknown) => openaiChat.writeAnswer(anthropicMessages.readAnswer(answer), options)

const message = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'atlas',
  content: [
    { type: 'thinking', thinking: 'Weather first.', signature: 'sig' },
    { type: 'redacted_thinking', data: 'xyz' },
    { type: 'text', text: 'Let me ', citations: null },
    { type: 'text', text: 'look.', citations: null },
    {
      type: 'tool_use',
      id: 'toolu_1',
      name: 'get_weather',
      input: { city: 'Riga' },
      caller: { type: 'direct' },
    },
    { type: 'tool_use', id: 'toolu_2', name: 'now', input: {}, caller: { type: 'direct' } },
  ],
  stop_reason: 'tool_use',
  stop_sequence: null,
  usage: {
    input_tokens: 20,
    cache_read_input_tokens: 100,
    cache_creation_input_tokens: 7,
    output_tokens: 40,
  },
}

describe('a message for a chat client', () => {
  test('translates thinking, text, tool calls and usage', () => {
    expect(translate(message)).toEqual({
      id: 'gen-1',
      object: 'chat.completion',
      created: 1_760_000_000,
      model: 'acme/atlas-120b',
      system_fingerprint: null,
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: 'Let me look.',
            refusal: null,
            reasoning: 'Weather first.',
            reasoning_details: [
              {
                type: 'reasoning.text',
                text: 'Weather first.',
                signature: 'sig',
                format: 'anthropic-claude-v1',
                index: 0,
              },
              { type: 'reasoning.encrypted', data: 'xyz', format: 'anthropic-claude-v1', index: 1 },
            ],
            tool_calls: [
              {
                id: 'toolu_1',
                type: 'function',
                function: { name: 'get_weather', arguments: '{"city":"Riga"}' },
              },
              { id: 'toolu_2', type: 'function', function: { name: 'now', arguments: '{}' } },
            ],
          },
          logprobs: null,
          finish_reason: 'tool_calls',
          native_finish_reason: 'tool_use',
        },
      ],
      usage: {
        prompt_tokens: 127,
        completion_tokens: 40,
        total_tokens: 167,
        prompt_tokens_details: { cached_tokens: 100, cache_write_tokens: 7 },
      },
    })
  })

  test.each<[Anthropic.StopReason | null, string]>([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['pause_turn', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool_calls'],
    ['refusal', 'content_filter'],
    [null, 'stop'],
  ])('stop reason %s is %s', (stop_reason, expected) => {
    const answer = translate({ content: [], stop_reason })
    expect(answer.choices).toMatchObject([{ finish_reason: expected, native_finish_reason: stop_reason }])
  })

  test('a refusal says why', () => {
    const stop_details = { type: 'refusal', category: 'cyber', explanation: 'I will not.' }
    expect(translate({ content: [], stop_reason: 'refusal', stop_details }).choices).toMatchObject([
      { message: { content: '', refusal: 'I will not.' } },
    ])
  })

  test('a call without text has no content; an answer without usage has none', () => {
    const content = [{ type: 'tool_use', id: 't', name: 'a', input: { __raw_arguments: '{"x' } }]
    const answer = translate({ content, stop_reason: 'tool_use' })
    expect(answer).not.toHaveProperty('usage')
    expect(answer.choices).toMatchObject([
      { message: { content: null, tool_calls: [{ function: { arguments: '{"x' } }] } },
    ])
  })

  test.each([null, 'x', {}, { content: 'x' }])('makes an empty answer of %j', (answer) => {
    expect(translate(answer).choices).toMatchObject([{ message: { content: '' } }])
  })
})
