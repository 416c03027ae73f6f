import { expect, test } from 'vitest'
import { refusalOfTools, upstreamRequest } from './upstream-body'

const bodyFor = (...asked: Parameters<typeof upstreamRequest>) => upstreamRequest(...asked).body

const messages = [{ role: 'user', content: 'hi' }]
const openai = { apiShape: 'openai-chat', upstreamModel: 'atlas' } as const
const anthropic = { apiShape: 'anthropic-messages', upstreamModel: 'atlas' } as const

test('between like shapes nothing changes but the model', () => {
  const chat = { messages, logit_bias: { 1: 2 }, x_new: true }
  expect(bodyFor({ shape: 'openai-chat', body: chat, isStream: false }, openai)).toEqual({
    ...chat,
    model: 'atlas',
  })
  const message = { messages, max_tokens: 5, cache_control: { type: 'ephemeral' } }
  expect(bodyFor({ shape: 'anthropic-messages', body: message, isStream: false }, anthropic)).toEqual({
    ...message,
    model: 'atlas',
  })
})

test('a stream asks for its usage and keeps the client’s other stream options', () => {
  const body = { messages, stream: true, stream_options: { include_obfuscation: false } }
  expect(bodyFor({ shape: 'openai-chat', body, isStream: true }, openai).stream_options).toEqual({
    include_obfuscation: false,
    include_usage: true,
  })
})

test.each([
  [{ effort: 'high' }, { reasoning_effort: 'high' }],
  [{ effort: 'high', exclude: true }, { reasoning: { effort: 'high', exclude: true } }],
])('reasoning %j goes to an OpenAI-shaped provider as %j', (reasoning, expected) => {
  const body = bodyFor({ shape: 'openai-chat', body: { messages, reasoning }, isStream: false }, openai)
  expect(body).toEqual({ messages, model: 'atlas', ...expected })
})

test('a preset’s reasoning becomes thinking in Anthropic’s shape, and effort across', () => {
  const request = {
    shape: 'anthropic-messages',
    body: { messages, max_tokens: 9000, reasoning: { effort: 'low' } },
    isStream: false,
  } as const
  const same = bodyFor(request, anthropic)
  expect(same).toMatchObject({ thinking: { type: 'enabled', budget_tokens: 2048 }, max_tokens: 9000 })
  expect(same).not.toHaveProperty('reasoning')
  expect(bodyFor(request, openai)).toMatchObject({ reasoning_effort: 'low' })
})

test('the other shape gets a translation', () => {
  const body = { messages: [{ role: 'system', content: 'S' }, ...messages], max_tokens: 5 }
  expect(bodyFor({ shape: 'openai-chat', body, isStream: false }, anthropic)).toMatchObject({
    max_tokens: 5,
    model: 'atlas',
  })
  expect(bodyFor({ shape: 'openai-chat', body, isStream: false }, anthropic).system).toBeDefined()
})

test('thinking that no Anthropic has signed does not go there, whatever else the client sends back does', () => {
  const user = { role: 'user', content: 'Hi' }
  const unsigned = { type: 'thinking', thinking: 'Hm.', signature: 'unsigned' }
  const signed = { type: 'thinking', thinking: 'Hm.', signature: 'sig' }
  const text = { type: 'text', text: 'Yes.' }
  const sent = (...content: object[]) => ({ messages: [user, { role: 'assistant', content }, user] })
  const send = (body: Record<string, unknown>) =>
    bodyFor({ shape: 'anthropic-messages', body, isStream: false }, anthropic).messages
  expect(send(sent(unsigned, text))).toEqual(sent(text).messages)
  expect(send(sent(unsigned))).toEqual([user, user])
  const kept = sent(signed, text)
  expect(send(kept)).toBe(kept.messages)
})

const search = { type: 'web_search' }
const find = { type: 'namespace', name: 'crm', tools: [{ type: 'function', name: 'find' }] }
const responses = { apiShape: 'openai-responses', upstreamModel: 'atlas' } as const

test('built-in tools stay where they are known, and elsewhere it is told which were left out', () => {
  const asked = {
    shape: 'openai-responses',
    body: { input: 'hi', tools: [find, search] },
    isStream: false,
  } as const
  expect(upstreamRequest(asked, responses)).toMatchObject({
    body: { tools: [find, search] },
    leftOutTools: [],
  })
  const other = upstreamRequest(asked, openai)
  expect(other.leftOutTools).toEqual(['web_search'])
  expect(other.body.tools).toMatchObject([{ type: 'function', function: { name: 'crm__find' } }])
})

test('a request whose point is a built-in tool cannot go elsewhere', () => {
  const body = { input: 'hi', tools: [find, search], tool_choice: search }
  const asked = { shape: 'openai-responses', body, isStream: false } as const
  expect(refusalOfTools(asked, responses)).toBeNull()
  expect(refusalOfTools(asked, openai)).toContain('web_search')
  expect(refusalOfTools({ ...asked, body: { ...body, tool_choice: 'auto' } }, openai)).toBeNull()
})
