import { describe, expect, test } from 'vitest'
import { chatRequest } from './schema'

const messages = [{ role: 'user', content: 'Hi' }]

describe('chatRequest', () => {
  test('keeps unknown fields and the messages themselves', () => {
    const body = { model: '@preset/tool-runner', messages, logit_bias: { 50256: -100 }, anything: [1, null] }
    const parsed = chatRequest.parse(body)
    expect(parsed).toEqual(body)
    expect(parsed.messages).toBe(messages)
  })

  test.each<[string, unknown, string, string]>([
    ['no messages', {}, 'messages', 'expected a list of messages'],
    ['an empty list', { messages: [] }, 'messages', 'expected at least one message'],
    ['text for messages', { messages: 'Hi' }, 'messages', 'expected a list of messages'],
    ['a message that is text', { messages: ['Hi'] }, 'messages', 'expected a list of messages'],
    ['stream in words', { messages, stream: 'yes' }, 'stream', 'expected true or false'],
    ['tools that are no list', { messages, tools: {} }, 'tools', 'expected a list of tools'],
  ])('refuses %s and names the field', (_, body, field, message) => {
    const { error } = chatRequest.safeParse(body)
    expect(error?.issues[0]?.path[0]).toBe(field)
    expect(error?.issues[0]?.message).toContain(message)
  })

  test('does not look into messages, so that a prompt of 20 MB costs next to nothing', () => {
    const looked: PropertyKey[] = []
    const message = new Proxy({}, { get: (_target, name) => looked.push(name) })
    expect(chatRequest.safeParse({ messages: [message, message] }).success).toBe(true)
    expect(looked).toEqual([])
  })
})
