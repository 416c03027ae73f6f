import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../platform/json-value'
import { ALL_SHAPES } from '../registry'
import { createPiece } from '../stream-piece'

// Reading never throws, and whatever was read can be written: bodies of the words that shapes look for, in places where
// nobody expects them.

const NAMES = [
  ...[
    'messages',
    'role',
    'content',
    'type',
    'text',
    'tool_calls',
    'function',
    'name',
    'arguments',
    'id',
    'index',
  ],
  ...[
    'tool_call_id',
    'image_url',
    'url',
    'file',
    'file_data',
    'reasoning_details',
    'reasoning',
    'system',
    'tools',
  ],
  ...[
    'tool_choice',
    'input_schema',
    'thinking',
    'signature',
    'data',
    'source',
    'media_type',
    'tool_use_id',
    'choices',
  ],
  ...[
    'delta',
    'message',
    'usage',
    'finish_reason',
    'error',
    'stop_reason',
    'content_block',
    'extra_content',
    'google',
  ],
  ...[
    'thought_signature',
    'allowed_tools',
    'custom',
    'input',
    'function_call',
    'response_format',
    'json_schema',
  ],
  ...[
    'metadata',
    'output_config',
    'format',
    'stop',
    'cache_control',
    'stream',
    'max_tokens',
    'annotations',
    'images',
  ],
  ...['audio', 'refusal', 'contents', 'parts', 'output', 'item', 'response', 'functionCall', 'candidates'],
]
const WORDS = [
  ...[
    'assistant',
    'user',
    'system',
    'tool',
    'function',
    'text',
    'image',
    'image_url',
    'tool_use',
    'tool_result',
  ],
  ...[
    'thinking',
    'redacted_thinking',
    'document',
    'message_start',
    'content_block_start',
    'content_block_delta',
  ],
  ...[
    'content_block_stop',
    'message_delta',
    'message_stop',
    'error',
    'input_json_delta',
    'text_delta',
    'stop',
  ],
  ...[
    'reasoning.text',
    'reasoning.encrypted',
    'data:image/png;base64,AAAA',
    'sg1.abc',
    'unsigned',
    'custom',
    '{',
    '',
  ],
]
const leaf = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.constantFrom(null, true, false, 0, -1, 1.5, 1e21),
  fc.constant({}),
  fc.constant([]),
)
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 6 }),
  ),
}))
const body = fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 10 })

const identity = { id: 'gen-1', model: 'acme/atlas', providerName: 'Helios', createdSeconds: 1 }
const end = { costUsd: 0.5, metadata: { attempt: 1 } }
const pairs = ALL_SHAPES.flatMap((one) =>
  ALL_SHAPES.map((other) => [one.name, other.name, one.shape, other.shape] as const),
)

test.each(pairs)('%s, read and written as %s', (_from, _to, from, to) => {
  fc.assert(
    fc.property(body, fc.array(body, { maxLength: 5 }), (given: JsonObject, events: JsonObject[]) => {
      const options = { identity, promptTokens: 3, request: given }
      expect(JSON.stringify(to.writeRequest(from.readRequest(given), 'm'))).toBeTypeOf('string')
      const written = to.writeAnswer(from.readAnswer(given), options)
      expect(JSON.stringify(to.stampAnswer(written, identity, end))).toBeTypeOf('string')
      const pieces = events.map((event) => createPiece({ event: null, data: JSON.stringify(event) }))
      const reader = from.createReader()
      const writer = to.createWriter(options)
      const said = [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()]
      expect(writer.write(said) + writer.finish(end)).toBeTypeOf('string')
    }),
  )
})

test.each(ALL_SHAPES.map(({ name, shape }) => [name, shape] as const))(
  '%s, looked at and handed on',
  (_, shape) => {
    fc.assert(
      fc.property(body, fc.array(body, { maxLength: 5 }), (given: JsonObject, events: JsonObject[]) => {
        shape.requestSchema.safeParse(given)
        shape.inspectRequest(given)
        shape.promptParts(given)
        expect(shape.withSystemPrompt(given, 'Be short.')).toBeTypeOf('object')
        expect(shape.relayRequest(given, { upstreamModel: 'm', isStream: true })).toBeTypeOf('object')
        const relay = shape.createRelay({ identity, promptTokens: 3, request: given })
        const pieces = events.map((event) => createPiece({ event: null, data: JSON.stringify(event) }))
        expect(relay.pass(pieces) + relay.finish(end)).toBeTypeOf('string')
      }),
    )
  },
)
