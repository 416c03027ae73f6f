import { describe, expect, test } from 'vitest'
import { createSseParser } from '../../platform/sse/parse-sse'
import { createRelay } from './relay'

const identity = {
  id: 'gen-1',
  model: 'acme/atlas-120b',
  providerName: 'Helios',
  createdSeconds: 1_795_000_000,
}
const options = { identity, promptTokens: null, request: {} }
const problem = { status: 502, type: 'provider_unavailable', message: 'Helios: broke off' } as const

function parse(text: string): { event: string | null; data: unknown }[] {
  const parser = createSseParser()
  return [...parser.push(Buffer.from(text)), ...parser.end()].map(({ event, data }) => ({
    event,
    data: JSON.parse(data),
  }))
}

const pieceOf = (value: { type: string }) => ({ event: value.type, data: JSON.stringify(value), value })
const events = [
  {
    type: 'message_start',
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'up',
      content: [],
      usage: { input_tokens: 3, output_tokens: 0 },
    },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'ping' },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } },
  { type: 'content_block_stop', index: 0 },
  {
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: 2 },
  },
  { type: 'message_stop' },
]

describe('createRelay', () => {
  test('events keep their names and what they hold, and the end carries cost and metadata', () => {
    const relay = createRelay(options)
    const last = relay.finish({ costUsd: null, metadata: null })
    expect(last).toBe('')
    const passed = parse(
      relay.pass(events.map(pieceOf)) + relay.finish({ costUsd: 0.002, metadata: { attempt: 1 } }),
    )
    expect(passed.map(({ event }) => event)).toEqual(events.map(({ type }) => type))
    expect(passed[0]?.data).toMatchObject({
      message: { id: 'gen-1', model: 'acme/atlas-120b', provider: 'Helios', usage: { input_tokens: 3 } },
    })
    expect(passed.slice(1, 5).map(({ data }) => data)).toEqual(events.slice(1, 5))
    expect(passed[5]?.data).toMatchObject({
      usage: { output_tokens: 2, cost: 0.002 },
      openrouter_metadata: { attempt: 1 },
    })
  })

  test('pieces pass as they were written, digits and all', () => {
    const data = '{"type":"content_block_delta", "index":0,"delta":{"type":"x","n":7512292042121000001}}'
    const value: unknown = JSON.parse(data)
    expect(createRelay(options).pass([{ event: null, data, value }])).toBe(
      `event: content_block_delta\ndata: ${data}\n\n`,
    )
  })

  test('a provider that ends calls with another reason, and tells no tokens, is put right', () => {
    const relay = createRelay({ ...options, promptTokens: 33 })
    const odd = [
      { type: 'message_start', message: { id: 'msg_1' } },
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'tool_use', id: 't', name: 'a', input: {} },
      },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
    ]
    const passed = parse(relay.pass(odd.map(pieceOf)) + relay.finish({ costUsd: null, metadata: null }))
    expect(passed.map(({ data }) => data)).toMatchObject([
      { message: { id: 'gen-1', usage: { input_tokens: 33, output_tokens: 0 } } },
      odd[1],
      { delta: { stop_reason: 'tool_use' } },
    ])
  })

  test('a break is an error event', () => {
    expect(parse(createRelay(options).fail(problem, { costUsd: null, metadata: null }))).toMatchObject([
      { event: 'error', data: { type: 'error', error: { type: 'api_error' } } },
    ])
  })
})
