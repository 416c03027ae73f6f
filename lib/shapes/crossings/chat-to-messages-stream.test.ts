import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isObject, type JsonObject, objectOf, objectsOf } from '../../platform/json-value'
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

const chunk = (delta: object, finish_reason: string | null = null) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta, finish_reason }],
})
const callChunk = (...tool_calls: object[]) => chunk({ tool_calls })
const usageChunk = {
  choices: [],
  usage: { prompt_tokens: 120, completion_tokens: 40, prompt_tokens_details: { cached_tokens: 100 } },
}

/** The stream on its way, one chunk at a time. */
function open() {
  const reader = openaiChat.createReader()
  const writer = anthropicMessages.createWriter(options)
  return {
    push: (chunk: unknown) =>
      eventsOf(writer.write(reader.push({ event: null, data: JSON.stringify(chunk), value: chunk }))),
    end: () => eventsOf(writer.write(reader.end()) + writer.finish(nothing)),
  }
}

function eventsOf(text: string): JsonObject[] {
  const parser = createSseParser()
  return [...parser.push(Buffer.from(text)), ...parser.end()].map(({ event, data }) => {
    const parsed: unknown = JSON.parse(data)
    expect(objectOf(parsed).type).toBe(event)
    return objectOf(parsed)
  })
}

function translate(chunks: readonly unknown[]): JsonObject[] {
  const stream = open()
  return [...chunks.flatMap((chunk) => stream.push(chunk)), ...stream.end()]
}

/** The message as Anthropic's SDK puts it together; refuses blocks that overlap or come out of order. */
function collect(events: readonly JsonObject[]): JsonObject {
  const content: JsonObject[] = []
  const json: string[] = []
  let open: unknown = null
  let message: JsonObject = {}
  for (const event of events) {
    if (event.type === 'message_start') message = objectOf(event.message)
    if (event.type === 'content_block_start') {
      expect([open, event.index]).toEqual([null, content.length])
      open = event.index
      content.push({ ...objectOf(event.content_block) })
      json.push('')
    }
    if (event.type === 'content_block_delta') {
      expect(event.index).toBe(open)
      const block = objectOf(content.at(-1))
      const delta = objectOf(event.delta)
      for (const field of ['text', 'thinking', 'signature']) {
        if (typeof delta[field] === 'string') block[field] = String(block[field]) + delta[field]
      }
      if (delta.type === 'input_json_delta') json[json.length - 1] += String(delta.partial_json)
    }
    if (event.type === 'content_block_stop') {
      expect(event.index).toBe(open)
      open = null
    }
    if (event.type === 'message_delta') message = { ...message, ...objectOf(event.delta), usage: event.usage }
  }
  expect([open, events.at(-1)?.type]).toEqual([null, 'message_stop'])
  const finished = content.map((block, index) =>
    block.type === 'tool_use' && json[index] !== ''
      ? { ...block, input: JSON.parse(json[index] ?? '') }
      : block,
  )
  return { ...message, content: finished }
}

const typesOf = (events: readonly JsonObject[]) => events.map((event) => event.type)

describe('chunks for a messages client', () => {
  test('frames text with start, blocks and end, usage last', () => {
    const events = translate([
      chunk({ role: 'assistant', content: '' }),
      chunk({ content: 'Hel' }),
      chunk({ content: 'lo' }),
      chunk({}, 'stop'),
      usageChunk,
    ])
    expect(events).toEqual([
      {
        type: 'message_start',
        message: {
          id: 'gen-1',
          type: 'message',
          role: 'assistant',
          model: 'acme/atlas-120b',
          provider: 'Helios',
          content: [],
          stop_reason: null,
          stop_sequence: null,
          stop_details: null,
          container: null,
          usage: {
            input_tokens: 0,
            cache_creation_input_tokens: 0,
            cache_read_input_tokens: 0,
            output_tokens: 0,
          },
        },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '', citations: null } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hel' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'lo' } },
      { type: 'content_block_stop', index: 0 },
      {
        type: 'message_delta',
        delta: { stop_reason: 'end_turn', stop_sequence: null, stop_details: null },
        usage: {
          input_tokens: 20,
          cache_creation_input_tokens: 0,
          cache_read_input_tokens: 100,
          output_tokens: 40,
        },
      },
      { type: 'message_stop' },
    ])
  })

  test('thinking, text and a call are blocks of their own', () => {
    const events = translate([
      chunk({ reasoning_content: 'Hm' }),
      chunk({ reasoning_content: '.' }),
      chunk({ content: 'I look.' }),
      callChunk({ index: 0, id: 'c1', type: 'function', function: { name: 'a', arguments: '' } }),
      callChunk({ index: 0, function: { arguments: '{"x":1}' } }),
      chunk({}, 'tool_calls'),
    ])
    expect(collect(events)).toMatchObject({
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: 'unsigned' },
        { type: 'text', text: 'I look.' },
        { type: 'tool_use', id: 'c1', name: 'a', input: { x: 1 } },
      ],
      stop_reason: 'tool_use',
    })
  })

  test('sends the pieces of a call as they come, and the next call once the first is whole', () => {
    const sent = open().push
    expect(
      typesOf(sent(callChunk({ index: 0, id: 'c1', function: { name: 'a', arguments: '{"x"' } }))),
    ).toEqual(['message_start', 'content_block_start', 'content_block_delta'])
    expect(typesOf(sent(callChunk({ index: 1, id: 'c2', function: { name: 'b', arguments: '{' } })))).toEqual(
      [],
    )
    expect(sent(callChunk({ index: 0, function: { arguments: ':1}' } }))).toMatchObject([
      { index: 0, delta: { partial_json: ':1}' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'content_block_start', index: 1, content_block: { id: 'c2', name: 'b' } },
      { index: 1, delta: { partial_json: '{' } },
    ])
    expect(sent(callChunk({ index: 1, function: { arguments: '}' } }))).toMatchObject([
      { delta: { partial_json: '}' } },
    ])
  })

  test('a call that is no JSON keeps its text, and the ones after it still come', () => {
    const events = translate([
      callChunk({ index: 0, id: 'c1', function: { name: 'a', arguments: '{"x' } }),
      callChunk({ index: 1, id: 'c2', function: { name: 'b', arguments: '{}' } }),
      chunk({}, 'tool_calls'),
    ])
    const pieces = events.filter((event) => event.type === 'content_block_delta')
    expect(pieces.map((event) => objectOf(event.delta).partial_json)).toEqual(['{"x', '{}'])
    expect(typesOf(events).filter((type) => type === 'content_block_start')).toHaveLength(2)
  })

  test('waits for the name of a call, and gives an id to one without', () => {
    const events = translate([
      callChunk({ index: 0, function: { arguments: '' } }),
      callChunk({ index: 0, function: { name: 'a', arguments: '{}' } }),
      chunk({}, 'tool_calls'),
    ])
    expect(collect(events).content).toMatchObject([{ id: 'toolu_gen-1_0', name: 'a', input: {} }])
  })

  test('text after calls follows them', () => {
    const events = translate([
      callChunk({ index: 0, id: 'c1', function: { name: 'a', arguments: '{' } }),
      chunk({ content: 'Done.' }),
      callChunk({ index: 0, function: { arguments: '}' } }),
      chunk({}, 'tool_calls'),
    ])
    expect(collect(events).content).toMatchObject([{ type: 'tool_use' }, { type: 'text', text: 'Done.' }])
  })

  test('a refusal is text with the stop reason refusal', () => {
    const events = translate([chunk({ refusal: 'I will ' }), chunk({ refusal: 'not.' }), chunk({}, 'stop')])
    expect(collect(events)).toMatchObject({
      content: [{ type: 'text', text: 'I will not.' }],
      stop_reason: 'refusal',
      stop_details: { explanation: 'I will not.' },
    })
  })

  test('a legacy call is a call', () => {
    const events = translate([
      chunk({ function_call: { name: 'a', arguments: '{"x"' } }),
      chunk({ function_call: { arguments: ':1}' } }),
      chunk({}, 'function_call'),
    ])
    expect(collect(events)).toMatchObject({
      content: [{ type: 'tool_use', name: 'a', input: { x: 1 } }],
      stop_reason: 'tool_use',
    })
  })

  test('signed and encrypted thinking keep what they need to go back', () => {
    const details = (reasoning_details: object[], reasoning: string | null = null) =>
      chunk({ reasoning, reasoning_details })
    const events = translate([
      details([{ type: 'reasoning.text', text: 'Hm.' }], 'Hm.'),
      details([{ type: 'reasoning.text', text: '', signature: 'sig' }]),
      details([{ type: 'reasoning.encrypted', data: 'xyz' }]),
      chunk({ content: 'Yes.' }, 'stop'),
    ])
    expect(collect(events).content).toMatchObject([
      { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
      { type: 'redacted_thinking', data: 'xyz' },
      { type: 'text', text: 'Yes.' },
    ])
  })

  test('message_start has the estimate of the prompt, message_delta the real counts', () => {
    const reader = openaiChat.createReader()
    const writer = anthropicMessages.createWriter({ ...options, promptTokens: 33 })
    const events = [chunk({ content: 'East.' }), chunk({}, 'stop'), usageChunk].flatMap((value) =>
      reader.push({ event: null, data: '', value }),
    )
    const sent = eventsOf(writer.write(events) + writer.finish(nothing))
    expect(objectOf(sent[0]?.message).usage).toMatchObject({ input_tokens: 33 })
    expect(sent.at(-2)?.usage).toMatchObject({ input_tokens: 20, cache_read_input_tokens: 100 })
  })

  test("a custom tool's free text is an object with one text", () => {
    const custom = (fields: object) => chunk({ tool_calls: [{ index: 0, custom: fields }] })
    const events = translate([
      custom({ name: 'sql', input: 'select "a"' }),
      custom({ input: '\nfrom b' }),
      chunk({}, 'tool_calls'),
    ])
    expect(collect(events).content).toMatchObject([{ name: 'sql', input: { input: 'select "a"\nfrom b' } }])
  })

  test('makes nothing of what is no chunk, and of a stream that never began', () => {
    expect(translate([null, 'x', {}, { error: { message: 'no' } }])).toEqual([])
    expect(translate([])).toEqual([])
  })
})

describe('a stream and the whole answer', () => {
  const text = fc.string({ minLength: 1, unit: 'grapheme' })
  const id = fc.stringMatching(/^[a-zA-Z0-9_-]{1,20}$/)
  const call = fc.record({ id, name: id, input: fc.dictionary(id, fc.jsonValue()) })
  const answer = fc.record({
    reasoning: fc.option(text, { nil: '' }),
    content: fc.option(text, { nil: '' }),
    calls: fc.uniqueArray(call, { maxLength: 4, selector: (one) => one.id }),
  })

  test('are the same, also when parallel calls interleave', () => {
    fc.assert(
      fc.property(
        answer,
        fc.array(fc.nat(), { maxLength: 60 }),
        fc.boolean(),
        ({ reasoning, content, calls }, picks, isIndexed) => {
          const tool_calls = calls.map((one) => ({
            id: one.id,
            type: 'function',
            function: { name: one.name, arguments: JSON.stringify(one.input) },
          }))
          const finish_reason = calls.length > 0 ? 'tool_calls' : 'stop'
          const message = { role: 'assistant', content, reasoning, tool_calls }
          const answer = openaiChat.readAnswer({ ...usageChunk, choices: [{ message, finish_reason }] })
          const written = anthropicMessages.writeAnswer(answer, options)
          const whole = anthropicMessages.stampAnswer(written, identity, nothing)
          const chunks = [
            ...[...reasoning].map((piece) => chunk({ reasoning: piece })),
            ...[...content].map((piece) => chunk({ content: piece })),
            ...interleave({ calls: tool_calls, picks, isIndexed }),
            chunk({}, finish_reason),
            usageChunk,
          ]
          expect(collect(translate(chunks))).toEqual(JSON.parse(JSON.stringify(whole)))
        },
      ),
    )
  })
})

/** Pieces of all calls, each call's in order, the calls mixed as `picks` say. */
function interleave({
  calls,
  picks,
  isIndexed,
}: {
  calls: JsonObject[]
  picks: number[]
  isIndexed: boolean
}): object[] {
  const queues = calls.map((call, index) => {
    const { name, arguments: all } = objectOf(call.function)
    const whole = String(all)
    const key = isIndexed ? { index } : { id: call.id }
    const cut = Math.ceil(whole.length / 3)
    return [
      callChunk({ ...key, id: call.id, type: 'function', function: { name, arguments: '' } }),
      ...[0, 1, 2].map((part) =>
        callChunk({ ...key, function: { arguments: whole.slice(part * cut, (part + 1) * cut) } }),
      ),
    ]
  })
  // Calls begin in order; after that any of them may go on.
  const mixed: object[] = queues.flatMap((queue) => queue.shift() ?? [])
  for (const pick of picks) mixed.push(...(queues[pick % Math.max(1, queues.length)]?.splice(0, 1) ?? []))
  return [...mixed, ...queues.flat()].filter(isObject).filter((one) => objectsOf(one.choices).length > 0)
}
