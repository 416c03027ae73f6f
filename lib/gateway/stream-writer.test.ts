import { describe, expect, test } from 'vitest'
import { createSseParser } from '../platform/sse/parse-sse'
import { type AnswerEnd, createStreamWriter } from './stream-writer'

const identity = {
  id: 'gen-1',
  model: 'acme/atlas-120b',
  providerName: 'Helios',
  createdSeconds: 1_795_000_000,
}
const end: AnswerEnd = { costUsd: 0.002, metadata: { attempt: 1 } }
const nothing: AnswerEnd = { costUsd: null, metadata: null }
const problem = { status: 502, type: 'provider_unavailable', message: 'Helios: broke off' } as const

function parse(text: string): { event: string | null; data: unknown }[] {
  const parser = createSseParser()
  return [...parser.push(new TextEncoder().encode(text)), ...parser.end()].map(({ event, data }) => ({
    event,
    data: data === '[DONE]' ? data : JSON.parse(data),
  }))
}

const delta = (content: string) => ({
  id: 'up-1',
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: { content }, finish_reason: null }],
})
const stop = { id: 'up-1', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }
const usage = { id: 'up-1', choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } }

describe('chat to chat', () => {
  const writer = () =>
    createStreamWriter({ clientShape: 'openai-chat', upstreamShape: 'openai-chat', identity })

  test('chunks pass under our id, model and provider, with what else they hold', () => {
    const [event] = parse(writer().write([{ ...delta('Hi'), system_fingerprint: 'fp' }]))
    expect(event?.data).toEqual({
      ...delta('Hi'),
      id: 'gen-1',
      model: 'acme/atlas-120b',
      provider: 'Helios',
      system_fingerprint: 'fp',
    })
  })

  test('cost and metadata stand in the last chunk, before [DONE]', () => {
    const made = writer()
    const text = made.write([delta('Hi'), stop, usage]) + made.finish(end)
    const events = parse(text)
    expect(events.at(-1)?.data).toBe('[DONE]')
    expect(events.at(-2)?.data).toMatchObject({
      usage: { prompt_tokens: 3, cost: 0.002 },
      openrouter_metadata: { attempt: 1 },
    })
    expect(events).toHaveLength(4)
  })

  test('without usage from the provider a chunk is added only for metadata', () => {
    const plain = writer()
    expect(parse(plain.write([delta('Hi'), stop]) + plain.finish(nothing))).toHaveLength(3)
    const asked = writer()
    const events = parse(asked.write([delta('Hi'), stop]) + asked.finish(end))
    expect(events.at(-2)?.data).toMatchObject({ choices: [], openrouter_metadata: { attempt: 1 } })
  })

  test('a break is an error chunk with the finish reason error', () => {
    const made = writer()
    const events = parse(made.write([delta('Hi')]) + made.fail(problem, nothing))
    expect(events[1]?.data).toMatchObject({
      error: { code: 502, message: 'Helios: broke off' },
      choices: [{ finish_reason: 'error' }],
      provider: 'Helios',
    })
  })
})

const messageEvents = [
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
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } },
  { type: 'content_block_stop', index: 0 },
  {
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: 2 },
  },
  { type: 'message_stop' },
]

describe('messages to messages', () => {
  test('events keep their names, and the end carries cost and metadata', () => {
    const made = createStreamWriter({
      clientShape: 'anthropic-messages',
      upstreamShape: 'anthropic-messages',
      identity,
    })
    const events = parse(made.write(messageEvents) + made.finish(end))
    expect(events.map(({ event }) => event)).toEqual(messageEvents.map(({ type }) => type))
    expect(events[0]?.data).toMatchObject({ message: { id: 'gen-1', model: 'acme/atlas-120b' } })
    expect(events[4]?.data).toMatchObject({
      usage: { output_tokens: 2, cost: 0.002 },
      openrouter_metadata: { attempt: 1 },
    })
  })

  test('a break is an error event', () => {
    const made = createStreamWriter({
      clientShape: 'anthropic-messages',
      upstreamShape: 'anthropic-messages',
      identity,
    })
    expect(parse(made.fail(problem, nothing))).toMatchObject([
      { event: 'error', data: { type: 'error', error: { type: 'api_error' } } },
    ])
  })
})

describe('across the shapes', () => {
  test('messages become chunks and end with [DONE]', () => {
    const made = createStreamWriter({
      clientShape: 'openai-chat',
      upstreamShape: 'anthropic-messages',
      identity,
    })
    const events = parse(made.write(messageEvents) + made.finish(end))
    expect(JSON.stringify(events)).toContain('"content":"Hi"')
    expect(events.at(-2)?.data).toMatchObject({
      usage: { prompt_tokens: 3, completion_tokens: 2, cost: 0.002 },
    })
    expect(events.at(-1)?.data).toBe('[DONE]')
  })

  test('chunks become messages and end with message_stop', () => {
    const made = createStreamWriter({
      clientShape: 'anthropic-messages',
      upstreamShape: 'openai-chat',
      identity,
    })
    const events = parse(made.write([delta('Hi'), stop, usage]) + made.finish(end))
    expect(events[0]?.event).toBe('message_start')
    expect(events.at(-1)?.event).toBe('message_stop')
    expect(events.at(-2)?.data).toMatchObject({
      type: 'message_delta',
      usage: { output_tokens: 2, cost: 0.002 },
    })
  })
})
