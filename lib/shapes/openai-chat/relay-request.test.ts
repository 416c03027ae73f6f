import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../platform/json-value'
import { callIdFor } from '../call-id'
import { relayRequest } from './relay-request'

const messages = [{ role: 'user', content: 'hi' }]
const relay = (body: JsonObject, isStream = false) => relayRequest(body, { upstreamModel: 'atlas', isStream })

describe('relayRequest', () => {
  test('nothing changes but the model', () => {
    const body = { messages, logit_bias: { 1: 2 }, x_new: true }
    expect(relay(body)).toEqual({ ...body, model: 'atlas' })
    expect(relay(body).messages).toBe(messages)
  })

  test('a stream asks for its usage and keeps the client’s other stream options', () => {
    const body = { messages, stream: true, stream_options: { include_obfuscation: false } }
    expect(relay(body, true).stream_options).toEqual({ include_obfuscation: false, include_usage: true })
  })

  test.each([
    [{ effort: 'high' }, { reasoning_effort: 'high' }],
    [{ effort: 'high', exclude: true }, { reasoning: { effort: 'high', exclude: true } }],
  ])('reasoning %j goes as %j', (reasoning, expected) => {
    expect(relay({ messages, reasoning })).toEqual({ messages, model: 'atlas', ...expected })
  })

  test('thought signatures in ids go where Gemini wants them, in the call and its result alike', () => {
    const id = callIdFor({ id: 'c', thoughtSignature: 'th' })
    const call = { id, type: 'function', function: { name: 'a', arguments: '{}' } }
    const plain = { ...call, id: 'd' }
    const loop = [
      ...messages,
      { role: 'assistant', tool_calls: [call, plain] },
      { role: 'tool', tool_call_id: id, content: '1' },
      { role: 'tool', tool_call_id: 'd', content: '2' },
    ]
    expect(relay({ messages: loop }).messages).toEqual([
      ...messages,
      {
        role: 'assistant',
        tool_calls: [{ ...call, id: 'c', extra_content: { google: { thought_signature: 'th' } } }, plain],
      },
      { role: 'tool', tool_call_id: 'c', content: '1' },
      { role: 'tool', tool_call_id: 'd', content: '2' },
    ])
  })
})
