import { expect, test } from 'vitest'
import { contentFromChatRequest, contentFromMessagesRequest } from './content-from-request'

test('a chat request leaves its settings and its system messages, not its conversation', () => {
  const content = contentFromChatRequest({
    model: 'acme/atlas-120b',
    temperature: 0,
    top_p: null,
    provider: { order: ['helios'] },
    tools: [{ type: 'function', function: { name: 'a' } }],
    stream: true,
    user: 'u-1',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'hi' },
      { role: 'developer', content: [{ type: 'text', text: 'Use tools.' }] },
    ],
  })
  expect(content).toEqual({
    systemPrompt: 'Be brief.\n\nUse tools.',
    config: {
      model: 'acme/atlas-120b',
      temperature: 0,
      provider: { order: ['helios'] },
      tools: [{ type: 'function', function: { name: 'a' } }],
    },
  })
})

test.each([
  ['@preset/other', undefined],
  ['acme/atlas-8b@preset/other', 'acme/atlas-8b'],
])('the model %s is kept as %s', (model, kept) => {
  expect(contentFromChatRequest({ model }).config.model).toBe(kept)
})

test('a messages request is kept in the words of chat completions', () => {
  const content = contentFromMessagesRequest({
    model: 'acme/atlas-120b',
    max_tokens: 100,
    system: [{ type: 'text', text: 'Be brief.' }],
    stop_sequences: ['END'],
    thinking: { type: 'enabled', budget_tokens: 2048 },
    tools: [{ name: 'a', description: 'A', input_schema: { type: 'object' } }],
    tool_choice: { type: 'any', disable_parallel_tool_use: true },
    messages: [{ role: 'user', content: 'hi' }],
  })
  expect(content).toEqual({
    systemPrompt: 'Be brief.',
    config: {
      model: 'acme/atlas-120b',
      max_tokens: 100,
      stop: ['END'],
      reasoning: { enabled: true, max_tokens: 2048 },
      tools: [
        { type: 'function', function: { name: 'a', description: 'A', parameters: { type: 'object' } } },
      ],
      tool_choice: 'required',
      parallel_tool_calls: false,
    },
  })
})

test('a request without a system message has no system prompt', () => {
  expect(contentFromChatRequest({ messages: [{ role: 'user', content: 'hi' }] }).systemPrompt).toBeNull()
  expect(contentFromMessagesRequest({ system: ' ' }).systemPrompt).toBeNull()
})
