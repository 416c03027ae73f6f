import { describe, expect, test } from 'vitest'
import { messagesRequest } from './schema'

const messages = [{ role: 'user', content: 'Hi' }]

describe('messagesRequest', () => {
  test('keeps unknown fields', () => {
    const body = {
      model: 'acme/atlas-120b',
      max_tokens: 100,
      messages,
      system: [{ type: 'text', text: 'Be short.', cache_control: { type: 'ephemeral' } }],
      metadata: { user_id: 'u-1' },
      container: null,
    }
    expect(messagesRequest.parse(body)).toEqual(body)
  })

  test.each<[string, unknown, string]>([
    ['no max_tokens', { messages }, 'max_tokens'],
    ['a system prompt that is a number', { messages, max_tokens: 1, system: 7 }, 'system'],
    ['a tool choice of the other shape', { messages, max_tokens: 1, tool_choice: 'auto' }, 'tool_choice'],
    ['no messages', { max_tokens: 1 }, 'messages'],
  ])('refuses %s and names the field', (_, body, field) => {
    expect(messagesRequest.safeParse(body).error?.issues[0]?.path[0]).toBe(field)
  })
})
