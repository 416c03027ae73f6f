import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import { createSseParser } from '../../platform/sse/parse-sse'
import { anthropicMessages } from '../anthropic-messages/shape'
import { openaiChat } from '../openai-chat/shape'

const identity = {
  id: 'gen-1',
  model: 'acme/atlas-120b',
  providerName: 'Helios',
  createdSeconds: 1_760_000_000,
}
const options = { identity, promptTokens: null, request: {} }
const nothing = { costUsd: null, metadata: null }

const start = {
  type: 'message_start',
  message: { id: 'msg_1', role: 'assistant', content: [], usage: { input_tokens: 20, output_tokens: 1 } },
}
const blockStart = (index: number, content_block: object) => ({
  type: 'content_block_start',
  index,
  content_block,
})
const blockDelta = (index: number, delta: object) => ({ type: 'content_block_delta', index, delta })
const blockStop = (index: number) => ({ type: 'content_block_stop', index })
const stopped = (stop_reason: string) => ({
  type: 'message_delta',
  delta: { stop_reason, stop_sequence: null },
  usage: { output_tokens: 40 },
})
const stop = { type: 'message_stop' }

function open() {
  const reader = anthropicMessages.createReader()
  const writer = openaiChat.createWriter(options)
  return {
    push: (event: unknown) =>
      chunksOf(writer.write(reader.push({ event: null, data: JSON.stringify(event), value: event }))),
    end: () => chunksOf(writer.write(reader.end()) + writer.finish(nothing)),
  }
}

function chunksOf(text: string): JsonObject[] {
  const parser = createSseParser()
  return [...parser.push(Buffer.from(text)), ...parser.end()].flatMap(({ data }) =>
    data === '[DONE]' ? [] : [objectOf(JSON.parse(data))],
  )
}

function translate(events: readonly unknown[]): JsonObject[] {
  const stream = open()
  return [...events.flatMap((event) => stream.push(event)), ...stream.end()]
}

const deltas = (chunks: readonly JsonObject[]) => chunks.map((chunk) => objectsOf(chunk.choices)[0]?.delta)

describe('message events for a chat client', () => {
  test('translates text, an error in between and the end', () => {
    const chunks = translate([
      start,
      blockStart(0, { type: 'text', text: '' }),
      { type: 'ping' },
      blockDelta(0, { type: 'text_delta', text: 'Hel' }),
      blockDelta(0, { type: 'text_delta', text: 'lo' }),
      blockStop(0),
      stopped('end_turn'),
      stop,
    ])
    const frame = {
      id: 'gen-1',
      object: 'chat.completion.chunk',
      created: 1_760_000_000,
      model: 'acme/atlas-120b',
      provider: 'Helios',
    }
    const choice = { index: 0, logprobs: null, finish_reason: null }
    expect(chunks).toEqual([
      { ...frame, choices: [{ ...choice, delta: { role: 'assistant', content: '' } }] },
      { ...frame, choices: [{ ...choice, delta: { content: 'Hel' } }] },
      { ...frame, choices: [{ ...choice, delta: { content: 'lo' } }] },
      {
        ...frame,
        choices: [{ ...choice, delta: {}, finish_reason: 'stop', native_finish_reason: 'end_turn' }],
        usage: { prompt_tokens: 20, completion_tokens: 40, total_tokens: 60 },
      },
    ])
  })

  test('streams tool calls with their pieces, and gives a call without arguments an empty object', () => {
    const chunks = translate([
      start,
      blockStart(0, { type: 'tool_use', id: 't1', name: 'a', input: {} }),
      blockDelta(0, { type: 'input_json_delta', partial_json: '' }),
      blockDelta(0, { type: 'input_json_delta', partial_json: '{"x":' }),
      blockDelta(0, { type: 'input_json_delta', partial_json: '1}' }),
      blockStop(0),
      blockStart(1, { type: 'tool_use', id: 't2', name: 'b', input: {} }),
      blockStop(1),
      blockStart(2, { type: 'tool_use', id: 't3', name: 'c', input: { y: 2 } }),
      stopped('tool_use'),
      stop,
    ])
    const piece = (index: number, text: string) => ({
      tool_calls: [{ index, function: { arguments: text } }],
    })
    const begun = (index: number, id: string, name: string) => ({
      tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }],
    })
    expect(deltas(chunks)).toEqual([
      { role: 'assistant', content: '' },
      begun(0, 't1', 'a'),
      piece(0, '{"x":'),
      piece(0, '1}'),
      begun(1, 't2', 'b'),
      piece(1, '{}'),
      begun(2, 't3', 'c'),
      piece(2, '{"y":2}'),
      {},
    ])
  })

  test('a refusal says why before the last chunk', () => {
    const refused = {
      type: 'message_delta',
      delta: { stop_reason: 'refusal', stop_details: { explanation: 'I will not.' } },
    }
    expect(translate([start, refused, stop]).slice(-2)).toMatchObject([
      { choices: [{ delta: { refusal: 'I will not.' } }] },
      { choices: [{ finish_reason: 'content_filter' }] },
    ])
  })

  test('ends once: with message_stop, or with end when the provider forgot it', () => {
    const finals = (events: unknown[]) =>
      translate(events).filter((chunk) => objectsOf(chunk.choices)[0]?.finish_reason !== null).length
    expect(finals([start, stopped('end_turn'), stop, stop])).toBe(1)
    expect(finals([start, stopped('end_turn')])).toBe(1)
    expect(translate([])).toEqual([])
  })

  test('makes nothing of errors, pings and what is no event', () => {
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }
    expect([error, { type: 'ping' }, null, 'x', 7, {}].flatMap(open().push)).toEqual([])
  })
})

describe('a stream and the whole answer', () => {
  const text = fc.string({ minLength: 1, unit: 'grapheme' })
  const block = fc.oneof(
    text.map((value) => ({ type: 'text', text: value })),
    fc.tuple(text, text).map(([thinking, signature]) => ({ type: 'thinking', thinking, signature })),
    text.map((data) => ({ type: 'redacted_thinking', data })),
    fc
      .tuple(text, text, fc.dictionary(text, fc.jsonValue()))
      .map(([id, name, input]) => ({ type: 'tool_use', id, name, input: JSON.parse(JSON.stringify(input)) })),
  )
  const pieces = fc.array(fc.nat(), { maxLength: 5 })

  test('are the same', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(block, pieces)), (given) => {
        const content = given.map(([one]) => one)
        const stop_reason = content.some((one) => one.type === 'tool_use') ? 'tool_use' : 'end_turn'
        const usage = { input_tokens: 20, output_tokens: 40 }
        const events = [
          start,
          ...given.flatMap(([one, cuts], index) => eventsOf({ block: one, cuts, index })),
          stopped(stop_reason),
          stop,
        ]
        const whole = openaiChat.writeAnswer(
          anthropicMessages.readAnswer({ content, stop_reason, usage }),
          options,
        )
        expect(collect(translate(events))).toEqual({ ...objectsOf(whole.choices)[0], usage: whole.usage })
      }),
    )
  })
})

function eventsOf({ block, cuts, index }: { block: JsonObject; cuts: number[]; index: number }): object[] {
  const slices = (value: string) => {
    const places = [...new Set(cuts.map((cut) => cut % (value.length + 1)))].sort((a, b) => a - b)
    return [0, ...places].map((from, at) => value.slice(from, places[at] ?? value.length))
  }
  if (block.type === 'text') {
    const sent = slices(String(block.text)).map((text) => blockDelta(index, { type: 'text_delta', text }))
    return [blockStart(index, { type: 'text', text: '' }), ...sent, blockStop(index)]
  }
  if (block.type === 'thinking') {
    const sent = slices(String(block.thinking)).map((thinking) =>
      blockDelta(index, { type: 'thinking_delta', thinking }),
    )
    const signed = blockDelta(index, { type: 'signature_delta', signature: block.signature })
    return [
      blockStart(index, { type: 'thinking', thinking: '', signature: '' }),
      ...sent,
      signed,
      blockStop(index),
    ]
  }
  if (block.type !== 'tool_use') return [blockStart(index, block), blockStop(index)]
  const json = JSON.stringify(block.input)
  const sent = json === '{}' ? [] : slices(json)
  return [
    blockStart(index, { ...block, input: {} }),
    ...sent.map((partial_json) => blockDelta(index, { type: 'input_json_delta', partial_json })),
    blockStop(index),
  ]
}

/** Puts the chunks together as a client would. */
function collect(chunks: readonly JsonObject[]): JsonObject {
  const calls = new Map<unknown, JsonObject>()
  const details = new Map<unknown, JsonObject>()
  let content = ''
  let reasoning = ''
  for (const delta of deltas(chunks).filter(isObject)) {
    content += textOf(delta.content) ?? ''
    reasoning += textOf(delta.reasoning) ?? ''
    for (const entry of objectsOf(delta.tool_calls)) {
      const { name, arguments: piece } = objectOf(entry.function)
      const known = objectOf(objectOf(calls.get(entry.index)).function)
      const called = {
        name: known.name ?? name,
        arguments: (textOf(known.arguments) ?? '') + (textOf(piece) ?? ''),
      }
      calls.set(entry.index, { id: entry.id, type: 'function', ...calls.get(entry.index), function: called })
    }
    for (const detail of objectsOf(delta.reasoning_details)) {
      const before = objectOf(details.get(detail.index))
      const text = (textOf(before.text) ?? '') + (textOf(detail.text) ?? '')
      details.set(detail.index, {
        ...before,
        ...detail,
        ...(detail.type === 'reasoning.text' ? { text } : {}),
      })
    }
  }
  const last = objectOf(chunks.at(-1))
  return {
    ...objectsOf(last.choices)[0],
    delta: undefined,
    message: {
      role: 'assistant',
      content: content === '' && calls.size > 0 ? null : content,
      refusal: null,
      ...(details.size === 0
        ? {}
        : { reasoning: reasoning === '' ? null : reasoning, reasoning_details: [...details.values()] }),
      ...(calls.size === 0 ? {} : { tool_calls: [...calls.values()] }),
    },
    usage: last.usage,
  }
}
