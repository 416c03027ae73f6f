import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../platform/json-value'
import { callIdFor } from '../call-id'
import { sealReasoning } from '../foreign-reasoning'
import { relayRequest } from './relay-request'

const user = { role: 'user', content: 'Hi' }
const relay = (body: JsonObject) => relayRequest(body, { upstreamModel: 'atlas' })
const said = (...content: object[]) => [user, { role: 'assistant', content }, user]
const sealed = sealReasoning({
  type: 'reasoning',
  kind: 'encrypted',
  text: 'xyz',
  signature: null,
  id: null,
  format: 'openai-responses-v1',
})

describe('relayRequest', () => {
  test('nothing changes but the model', () => {
    const body = { messages: [user], max_tokens: 5, cache_control: { type: 'ephemeral' } }
    expect(relay(body)).toEqual({ ...body, model: 'atlas' })
    const text = { type: 'text', text: 'Yes.' }
    const kept = said({ type: 'thinking', thinking: 'Hm.', signature: 'sig' }, text)
    expect(relay({ messages: kept }).messages).toBe(kept)
  })

  test.each<[string, object]>([
    ['thinking in plain words', { type: 'thinking', thinking: 'Hm.', signature: 'unsigned' }],
    ['thinking of another format', { type: 'thinking', thinking: 'Hm.', signature: sealed }],
    ['what another provider encrypted', { type: 'redacted_thinking', data: sealed }],
    ['text of white space alone', { type: 'text', text: ' \n' }],
  ])('%s does not go there', (_, block) => {
    const text = { type: 'text', text: 'Yes.' }
    expect(relay({ messages: said(block, text) }).messages).toEqual(said(text))
    expect(relay({ messages: said(block) }).messages).toEqual([user, user])
  })

  test('an id that carries a thought signature goes without it', () => {
    const id = callIdFor({ id: 'toolu_1', thoughtSignature: 'th' })
    const messages = [
      { role: 'assistant', content: [{ type: 'tool_use', id, name: 'a', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: '1' }] },
    ]
    expect(relay({ messages }).messages).toMatchObject([
      { content: [{ id: 'toolu_1' }] },
      { content: [{ tool_use_id: 'toolu_1' }] },
    ])
  })

  test('a preset’s reasoning becomes thinking', () => {
    const body = relay({ messages: [user], max_tokens: 9000, reasoning: { effort: 'low' } })
    expect(body).toMatchObject({ thinking: { type: 'enabled', budget_tokens: 2048 }, max_tokens: 9000 })
    expect(body).not.toHaveProperty('reasoning')
  })
})
