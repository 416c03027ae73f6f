import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isObject, type JsonObject, objectOf } from '../platform/json-value'
import { createSseParser } from '../platform/sse/parse-sse'
import { anthropicMessages } from './anthropic-messages/shape'
import { openaiChat } from './openai-chat/shape'
import { openaiResponses } from './openai-responses/shape'
import type { Shape } from './shape'
import { createPiece } from './stream-piece'
import { filled, fillOf, frameOf, textOfFill } from './text-frame'

describe('a frame', () => {
  const data = '{"id":"a","delta":{"content":"Hi"},"x":null}'

  test.each<[string, string, string | null]>([
    ['another text', '{"id":"a","delta":{"content":"lo"},"x":null}', 'lo'],
    ['escapes', '{"id":"a","delta":{"content":"\\"\\u00e9\\n\\\\"},"x":null}', '"é\n\\'],
    ['no text', '{"id":"a","delta":{"content":""},"x":null}', ''],
    ['another id', '{"id":"b","delta":{"content":"lo"},"x":null}', null],
    ['more after it', '{"id":"a","delta":{"content":"lo","role":"assistant"},"x":null}', null],
    ['a text that goes on', '{"id":"a","delta":{"content":"lo\\"},"x":null}', null],
    ['a bad escape', '{"id":"a","delta":{"content":"\\x"},"x":null}', null],
    ['a control character', '{"id":"a","delta":{"content":"a\tb"},"x":null}', null],
    ['its beginning alone', '{"id":"a","delta":{"content":"lo', null],
  ])('fits a piece with %s only when the rest is the same', (_, other, expected) => {
    const frame = frameOf(data, ['content'])
    const fill = frame && fillOf(frame, other)
    expect(frame && fill ? textOfFill(frame, fill) : null).toBe(expected)
  })

  test.each([
    ['the key twice', '{"a":{"content":"x"},"b":{"content":"y"}}'],
    ['the key as a text', '{"a":"content","content":"x"}'],
    ['the key within a key', '{"x\\"content":"x"}'],
    ['a list', '{"content":["x"]}'],
    ['no such key', '{"a":1}'],
  ])('is not found where there is %s', (_, odd) => {
    expect(frameOf(odd, ['content'])).toBeNull()
  })

  test("OpenAI's padding may change as well, before or after the text", () => {
    const padded = (text: string, padding: string) => `{"c": "${text}", "obfuscation" : "${padding}"}`
    const frame = frameOf(padded('Hi', 'ab12'), ['c'])
    const fill = frame && fillOf(frame, padded('there', 'x'))
    expect(fill).toEqual(['there', 'x'])
    expect(frame && fill && filled(frame, fill)).toBe(padded('there', 'x'))
    const before = frameOf('{"obfuscation":"q","c":"Hi"}', ['c'])
    expect(before && fillOf(before, '{"obfuscation":"zz","c":"lo"}')).toEqual(['zz', 'lo'])
    expect(before?.textAt).toBe(1)
  })
})

test('the number of an event may change as well, and only that', () => {
  const numbered = (text: string, number: string) =>
    `{"sequence_number":${number},"delta":"${text}","index":0}`
  const frame = frameOf(numbered('Hi', '9'), ['delta'])
  expect(frame && fillOf(frame, numbered('there', '10'))).toEqual(['10', 'there'])
  expect(frame && fillOf(frame, numbered('there', '10').replace('"index":0', '"index":1'))).toBeNull()
  expect(frame && fillOf(frame, numbered('there', ''))).toBeNull()
  expect(frame && fillOf(frame, numbered('there', '1e9'))).toBeNull()
  expect(frame && filled(frame, ['11', '!'])).toBe(numbered('!', '11'))
})

// Pieces that are passed or read in a frame have to come out as they would without one.

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom('', '"', '\\', '\n', 'é', '</a>', '{"x":'),
)
const chatDelta = fc.oneof(
  { weight: 6, arbitrary: text.map((content): JsonObject => ({ content })) },
  text.map((reasoning_content): JsonObject => ({ reasoning_content })),
  text.map((content): JsonObject => ({ role: 'assistant', content })),
  text.map((one): JsonObject => ({ tool_calls: [{ index: 0, function: { arguments: one } }] })),
  fc.tuple(fc.constantFrom('a', 'b'), fc.nat(2), text).map(
    ([name, index, one]): JsonObject => ({
      tool_calls: [{ index, id: `c${index}`, function: { name, arguments: one } }],
    }),
  ),
  fc
    .constantFrom('a', 'b')
    .map((name): JsonObject => ({ tool_calls: [{ function: { name, arguments: '{}' } }] })),
)
const chatChunk = fc
  .record({
    delta: chatDelta,
    finish: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, fc.constant('stop')),
    more: fc.oneof(
      { weight: 6, arbitrary: fc.constant({}) },
      fc.string().map((obfuscation) => ({ obfuscation })),
      fc.nat(9).map((completion_tokens) => ({ usage: { prompt_tokens: 1, completion_tokens } })),
    ),
  })
  .map(
    ({ delta, finish, more }): JsonObject => ({
      id: 'up',
      choices: [{ index: 0, delta, finish_reason: finish }],
      ...more,
    }),
  )

const blockEvent = fc.oneof(
  { weight: 6, arbitrary: text.map((one) => ({ index: 0, delta: { type: 'text_delta', text: one } })) },
  text.map((thinking) => ({ index: 1, delta: { type: 'thinking_delta', thinking } })),
  text.map((partial_json) => ({ index: 2, delta: { type: 'input_json_delta', partial_json } })),
)
const messageEvents = fc.array(blockEvent).map((deltas): JsonObject[] => [
  { type: 'message_start', message: { id: 'up', usage: { input_tokens: 1 } } },
  {
    type: 'content_block_start',
    index: 2,
    content_block: { type: 'tool_use', id: 't', name: 'a', input: {} },
  },
  ...deltas.map((delta) => ({ type: 'content_block_delta', ...delta })),
  { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 4 } },
  { type: 'message_stop' },
])

const place = { item_id: 'i', output_index: 0, content_index: 0 }
const responseEvent = fc.oneof(
  { weight: 6, arbitrary: text.map((delta) => ({ type: 'response.output_text.delta', ...place, delta })) },
  text.map((delta) => ({
    type: 'response.reasoning_summary_text.delta',
    item_id: 'r',
    output_index: 1,
    summary_index: 0,
    delta,
  })),
  fc.tuple(fc.constantFrom(2, 3), text).map(([output_index, delta]) => ({
    type: 'response.function_call_arguments.delta',
    output_index,
    delta,
  })),
  text.map((whole) => ({ type: 'response.output_text.done', ...place, text: whole })),
)
const responseEvents = fc
  .array(fc.tuple(responseEvent, fc.string({ maxLength: 3 })))
  .map((said): JsonObject[] => {
    const call = { type: 'function_call', call_id: 'c', name: 'a', arguments: '' }
    const events = [
      { type: 'response.created', response: { id: 'up', status: 'in_progress' } },
      { type: 'response.output_item.added', output_index: 2, item: call },
      ...said.map(([event, obfuscation]) => ({ ...event, obfuscation })),
      {
        type: 'response.completed',
        response: { id: 'up', status: 'completed', output: [], usage: { input_tokens: 1, output_tokens: 2 } },
      },
    ]
    return events.map((event, sequence_number) => ({ ...event, sequence_number }))
  })

const options = {
  identity: { id: 'gen-1', model: 'acme/atlas', providerName: 'Helios', createdSeconds: 1 },
  promptTokens: null,
  request: {},
}
const end = { costUsd: 0.5, metadata: null }

/** The pieces of a stream; written in turns with and without spaces, no two of them share a frame. */
function piecesOf(values: readonly JsonObject[], isFramed: boolean) {
  return values.map((value, at) =>
    createPiece({
      event: typeof value.type === 'string' ? value.type : null,
      data: JSON.stringify(value, null, isFramed ? 0 : at % 2),
    }),
  )
}

function relayed(shape: Shape, values: readonly JsonObject[], isFramed: boolean): unknown[] {
  const relay = shape.createRelay(options)
  const parser = createSseParser()
  const wire =
    piecesOf(values, isFramed)
      .map((piece) => relay.pass([piece]))
      .join('') + relay.finish(end)
  return [...parser.push(Buffer.from(wire)), ...parser.end()].map(({ event, data }) => ({
    event,
    data: data === '[DONE]' ? data : objectOf(JSON.parse(data)),
  }))
}

function read(shape: Shape, values: readonly JsonObject[], isFramed: boolean): unknown[] {
  const reader = shape.createReader()
  return [...piecesOf(values, isFramed).flatMap((piece) => reader.push(piece)), ...reader.end()]
}

test.each<[string, Shape, fc.Arbitrary<JsonObject[]>]>([
  ['chat', openaiChat, fc.array(chatChunk)],
  ['messages', anthropicMessages, messageEvents],
  ['Responses', openaiResponses, responseEvents],
])('a %s stream is passed on and read in frames as it would be without', (_, shape, streams) => {
  fc.assert(
    fc.property(streams, (values) => {
      expect(read(shape, values, true)).toEqual(read(shape, values, false))
      expect(relayed(shape, values, true)).toEqual(relayed(shape, values, false))
    }),
    { numRuns: 500 },
  )
})

test('a piece in the frame of the last one is not parsed', () => {
  const parsed: string[] = []
  const watched = (data: string) => ({
    event: null,
    data,
    get value(): unknown {
      parsed.push(data)
      return JSON.parse(data)
    },
  })
  const reader = openaiChat.createReader()
  const relay = openaiChat.createRelay(options)
  const wire = ['Hi', ' there', '\\n', '!'].map((content) => {
    const piece = watched(`{"id":"up","choices":[{"index":0,"delta":{"content":"${content}"}}]}`)
    reader.push(piece)
    return relay.pass([piece])
  })
  expect([...new Set(parsed)]).toEqual(['{"id":"up","choices":[{"index":0,"delta":{"content":"Hi"}}]}'])
  expect(wire.every((one) => isObject(JSON.parse(one.slice('data: '.length))))).toBe(true)
})
