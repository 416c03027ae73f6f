import { describe, expect, test } from 'vitest'
import { errorBody } from './error-body'
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

const request = { max_tokens: 100, messages }

describe('a thread, which would have to be kept', () => {
  test.each([{ type: 'create' }, { type: 'continue', previous_message_id: 'gen-1' }])('%j', (thread) => {
    expect(messagesRequest.safeParse({ ...request, thread }).error?.issues).toMatchObject([
      {
        path: ['thread'],
        message: expect.stringContaining('send all messages'),
        params: { code: 'thread_unsupported_request' },
      },
    ])
  })

  test('is none when it is null or left out', () => {
    expect(messagesRequest.safeParse({ ...request, thread: null }).success).toBe(true)
    expect(messagesRequest.parse(request)).toEqual(request)
  })

  test("is refused by the code that Anthropic's SDK goes on after", () => {
    const problem = {
      status: 400,
      type: 'invalid_request' as const,
      message: 'thread: no',
      code: 'thread_unsupported_request',
    }
    expect(errorBody(problem, null)).toMatchObject({
      error: { type: 'invalid_request_error', details: { error_code: 'thread_unsupported_request' } },
    })
  })
})
