import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSseParser } from '../../platform/sse/parse-sse'
import type { ReasoningPart, StreamEvent } from '../hub'
import type { WriterOptions } from '../shape'
import { openSignature } from './sealed-signature'
import { gemini } from './shape'

const identity = {
  id: 'gen-1',
  model: 'acme/atlas-120b',
  providerName: 'Acme',
  createdSeconds: 1_700_000_000,
}
const NO_END = { costUsd: null, metadata: null }
const SHOWN = { generationConfig: { thinkingConfig: { includeThoughts: true } } }
const options = (request = {}): WriterOptions => ({ identity, promptTokens: null, request })
const own = { modelVersion: 'acme/atlas-120b', responseId: 'gen-1' }

const piecesOf = (text: string) =>
  createSseParser()
    .push(Buffer.from(text))
    .map(({ event, data }) => ({ event, data, value: JSON.parse(data) as unknown }))
const written = (
  events: StreamEvent[],
  request = {},
  end: Parameters<ReturnType<typeof gemini.createWriter>['finish']>[0] = NO_END,
) => {
  const writer = gemini.createWriter(options(request))
  const text = events.map((event) => writer.write([event])).join('') + writer.finish(end)
  return piecesOf(text).map(({ value }) => value)
}
const call = (index: number, fields: Partial<Extract<StreamEvent, { type: 'tool_call' }>>): StreamEvent => ({
  type: 'tool_call',
  index,
  id: `call_${index}`,
  name: 'f',
  argumentsPiece: '',
  isCustom: false,
  namespace: null,
  thoughtSignature: null,
  ...fields,
})
const reasoning = (fields: Partial<ReasoningPart>): ReasoningPart => ({
  type: 'reasoning',
  kind: 'text',
  text: '',
  signature: null,
  id: null,
  format: 'google-gemini-v1',
  ...fields,
})
const chunk = (...parts: unknown[]) => ({
  candidates: [{ content: { role: 'model', parts }, index: 0 }],
  ...own,
})

describe('the writer of a Gemini stream', () => {
  test('writes text as it comes and everything else of the end in the last response', () => {
    const usage = {
      promptTokens: 10,
      cachedTokens: 4,
      cacheWriteTokens: null,
      completionTokens: 9,
      reasoningTokens: 3,
      reportedCostUsd: null,
    }
    const events: StreamEvent[] = [
      { type: 'text', text: 'Hel' },
      { type: 'text', text: 'lo' },
      { type: 'finish', finishReason: 'length', nativeFinishReason: 'max_tokens' },
      { type: 'usage', usage },
      { type: 'done' },
    ]
    expect(written(events, {}, { costUsd: 0.25, metadata: { attempt: 1 } })).toEqual([
      chunk({ text: 'Hel' }),
      chunk({ text: 'lo' }),
      {
        candidates: [
          { content: { role: 'model', parts: [{ text: '' }] }, finishReason: 'MAX_TOKENS', index: 0 },
        ],
        ...own,
        usageMetadata: {
          promptTokenCount: 10,
          cachedContentTokenCount: 4,
          candidatesTokenCount: 6,
          thoughtsTokenCount: 3,
          totalTokenCount: 19,
          cost: 0.25,
        },
        provider: 'Acme',
        openrouter_metadata: { attempt: 1 },
      },
    ])
  })

  test('writes every call whole, however its pieces came', () => {
    const events: StreamEvent[] = [
      call(0, { argumentsPiece: '{"a":' }),
      call(1, { argumentsPiece: '{"b"' }),
      call(0, { argumentsPiece: '1}' }),
      call(1, { argumentsPiece: ':2}' }),
      call(2, { id: '', argumentsPiece: 'no json' }),
      { type: 'finish', finishReason: 'tool_calls', nativeFinishReason: null },
    ]
    const [first, second, third, last] = written(events)
    expect([first, second, third]).toEqual([
      chunk({ functionCall: { id: 'call_0', name: 'f', args: { a: 1 } } }),
      chunk({ functionCall: { id: 'call_1', name: 'f', args: { b: 2 } } }),
      chunk({ functionCall: { id: 'call_gen-1_2', name: 'f', args: { __raw_arguments: 'no json' } } }),
    ])
    expect(last).toMatchObject({ candidates: [{ finishReason: 'STOP' }] })
  })

  test('keeps Gemini’s signatures on the parts they belong to', () => {
    const events: StreamEvent[] = [
      { type: 'reasoning', block: 0, piece: reasoning({ text: 'Hm.' }) },
      { type: 'text', text: 'One.' },
      { type: 'reasoning', block: 1, piece: reasoning({ kind: 'encrypted', text: 'sig' }) },
      call(0, { argumentsPiece: '{}', thoughtSignature: 'sig-A', isLast: true }),
    ]
    const signature = { text: '', thoughtSignature: 'sig' }
    const signed = { functionCall: { id: 'call_0', name: 'f', args: {} }, thoughtSignature: 'sig-A' }
    expect(written(events, SHOWN).slice(0, -1)).toEqual([
      chunk({ text: 'Hm.', thought: true }),
      chunk({ text: 'One.' }),
      chunk(signature, signed),
    ])
    expect(written(events).slice(0, -1)).toEqual([chunk({ text: 'One.' }), chunk(signature, signed)])
  })

  test.each<[string, StreamEvent[], number]>([
    ['a call', [call(0, { argumentsPiece: '{}' })], 0],
    ['text', [{ type: 'text', text: 'One.' }], 0],
    ['a part of its own at the end', [], 0],
  ])('seals the reasoning of others into the signature of %s', (_, rest, position) => {
    const thinking = reasoning({ text: 'Hm.', signature: 'EqQB', format: 'anthropic-claude-v1' })
    const events: StreamEvent[] = [
      { type: 'reasoning', block: 0, piece: { ...thinking, text: 'H', signature: null } },
      { type: 'reasoning', block: 0, piece: { ...thinking, text: 'm.', signature: null } },
      { type: 'reasoning', block: 0, piece: { ...thinking, text: '' } },
      ...rest,
    ]
    const parts = partsIn(written(events))
    expect(parts.filter(({ thought }) => thought === true)).toEqual([])
    expect(openSignature(String(parts[position]?.thoughtSignature))).toEqual([thinking])
    const shown = partsIn(written(events, SHOWN)).filter(({ thought }) => thought === true)
    expect(shown.map(({ text }) => text).join('')).toBe('Hm.')
  })

  test('a seal survives clients that decode and encode signatures', () => {
    const thinking = reasoning({ text: 'Grüße', format: 'unsigned' })
    const [part] = partsIn(
      written([
        { type: 'reasoning', block: 0, piece: thinking },
        { type: 'text', text: 'x' },
      ]),
    )
    const signature = String(part?.thoughtSignature)
    expect(Buffer.from(signature, 'base64').toString('base64')).toBe(signature)
    expect(openSignature(Buffer.from(signature, 'base64').toString('base64url'))).toEqual([thinking])
    expect(openSignature('CpcHAXLI2nwM')).toBeNull()
  })

  test('breaks off with an error that Google’s clients know', () => {
    const writer = gemini.createWriter(options())
    const text = writer.fail(
      { status: 503, type: 'provider_unavailable', message: 'Gone.', retryAfterSeconds: 3 },
      { costUsd: null, metadata: { attempt: 2 } },
    )
    expect(piecesOf(text).map(({ value }) => value)).toMatchObject([
      {
        error: {
          code: 503,
          status: 'UNAVAILABLE',
          message: 'Gone.',
          details: [{ reason: 'PROVIDER_UNAVAILABLE' }, { retryDelay: '3s' }],
        },
        openrouter_metadata: { attempt: 2 },
      },
    ])
  })

  test('writes one list of JSON where events were not asked for', () => {
    const writer = gemini.createWriter(options({ alt: 'json' }))
    const text = [
      writer.write([{ type: 'text', text: 'a' }]),
      gemini.heartbeat,
      writer.write([{ type: 'text', text: 'b' }]),
      writer.finish(NO_END),
    ].join('')
    expect(JSON.parse(text)).toMatchObject([
      chunk({ text: 'a' }),
      chunk({ text: 'b' }),
      { candidates: [{ finishReason: 'STOP' }] },
    ])
    const broken = gemini.createWriter(options({ alt: 'json' }))
    const failed = broken.fail({ status: 500, type: 'server', message: 'x' }, NO_END)
    expect(JSON.parse(failed)).toMatchObject([{ error: { code: 500, status: 'INTERNAL' } }])
  })

  test('what was written reads as what was said, however calls are cut and mixed', () => {
    const word = fc.string({ minLength: 1 })
    const text = word.map((said): StreamEvent => ({ type: 'text', text: said }))
    const thought = fc.record({ block: fc.nat(2), text: word }).map(
      ({ block, text: said }): StreamEvent => ({
        type: 'reasoning',
        block,
        piece: reasoning({ text: said }),
      }),
    )
    const json = fc
      .dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }))
      .map((value) => JSON.stringify(value))
    const argumentsText = fc.oneof(json, fc.stringMatching(/^[a-z ]*$/))
    const plan = fc.record({
      argumentsTexts: fc.array(argumentsText, { maxLength: 3 }),
      pieceLength: fc.integer({ min: 1, max: 9 }),
      said: fc.array(fc.oneof(text, thought)),
      /** Which call, or what is said, comes next. */
      picks: fc.array(fc.nat(3)),
    })
    fc.assert(
      fc.property(plan, ({ argumentsTexts, pieceLength, said, picks }) => {
        const queues = argumentsTexts.map((whole, index) => piecesOfCall(index, whole, pieceLength))
        const events = mixed([...queues, said], picks)
        const finish: StreamEvent = { type: 'finish', finishReason: 'stop', nativeFinishReason: null }
        const reader = gemini.createReader()
        const writer = gemini.createWriter(options(SHOWN))
        const wire = events.map((event) => writer.write([event])).join('')
        const end = writer.write([finish]) + writer.finish(NO_END)
        const again = [...piecesOf(wire + end).flatMap((piece) => reader.push(piece)), ...reader.end()]
        expect(factsOf(again)).toEqual(factsOf(events))
      }),
    )
  })
})

describe('a whole Gemini answer', () => {
  test('has a text and its signature in one part, and is stamped as ours', () => {
    const answer = gemini.readAnswer({
      candidates: [
        {
          content: {
            role: 'model',
            parts: [
              { text: 'Hm.', thought: true },
              { text: 'One.', thoughtSignature: 'sig' },
            ],
          },
          finishReason: 'STOP',
        },
      ],
      usageMetadata: { promptTokenCount: 2, candidatesTokenCount: 1, totalTokenCount: 3 },
      modelVersion: 'gemini-3-flash-preview',
      responseId: 'abc',
    })
    const body = gemini.writeAnswer(answer, options(SHOWN))
    expect(body).toEqual({
      candidates: [
        {
          content: {
            role: 'model',
            parts: [
              { text: 'Hm.', thought: true },
              { text: 'One.', thoughtSignature: 'sig' },
            ],
          },
          finishReason: 'STOP',
          index: 0,
        },
      ],
      usageMetadata: { promptTokenCount: 2, candidatesTokenCount: 1, totalTokenCount: 3 },
      ...own,
    })
    expect(gemini.stampAnswer(body, identity, { costUsd: 0.5, metadata: { attempt: 1 } })).toMatchObject({
      ...own,
      provider: 'Acme',
      usageMetadata: { promptTokenCount: 2, cost: 0.5 },
      openrouter_metadata: { attempt: 1 },
    })
  })

  test('cites pages as Google does', () => {
    const annotation = {
      type: 'url_citation',
      url_citation: { url: 'https://a.example', title: 'A', start_index: 7, end_index: 12, content: ' won' },
    }
    const text = {
      type: 'text' as const,
      text: 'Žalgiris won',
      cacheControl: null,
      annotations: [annotation],
    }
    const body = gemini.writeAnswer({ ...gemini.readAnswer({ candidates: [] }), parts: [text] }, options())
    expect(body).toMatchObject({
      candidates: [
        {
          groundingMetadata: {
            groundingChunks: [{ web: { uri: 'https://a.example', title: 'A' } }],
            groundingSupports: [{ segment: { startIndex: 8, endIndex: 13 }, groundingChunkIndices: [0] }],
          },
        },
      ],
    })
    expect(gemini.readAnswer(body).parts).toMatchObject([text])
  })
})

function partsIn(chunks: unknown[]): Record<string, unknown>[] {
  return chunks.flatMap((value) => {
    const { candidates } = value as { candidates: { content: { parts: Record<string, unknown>[] } }[] }
    return candidates[0]?.content.parts ?? []
  })
}

function piecesOfCall(index: number, whole: string, length: number): StreamEvent[] {
  const pieces = whole.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? ['']
  return pieces.map((argumentsPiece) => call(index, { argumentsPiece }))
}

/** The queues' events, each in its order; `picks` say whose turn it is, and what is left follows. */
function mixed(queues: readonly StreamEvent[][], picks: readonly number[]): StreamEvent[] {
  const left = queues.map((queue) => [...queue])
  return [...picks.flatMap((pick) => left[pick % left.length]?.splice(0, 1) ?? []), ...left.flat()]
}

/** Text, thoughts and calls by what they say, whatever pieces they came in. */
function factsOf(events: readonly StreamEvent[]) {
  const calls = new Map<number, { name: string; arguments: string }>()
  let text = ''
  let thoughts = ''
  for (const event of events) {
    if (event.type === 'text') text += event.text
    else if (event.type === 'reasoning') thoughts += event.piece.text
    else if (event.type === 'tool_call') {
      const before = calls.get(event.index)?.arguments ?? ''
      calls.set(event.index, { name: event.name, arguments: before + event.argumentsPiece })
    }
  }
  return {
    text,
    thoughts,
    calls: [...calls.values()].map((one) => ({ ...one, arguments: sameJson(one.arguments) })),
  }
}

/** Gemini has arguments as a value: a JSON object is the same whatever its spaces, and nothing is an empty one. */
function sameJson(text: string): string {
  if (text.trim() === '') return '{}'
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : text
  } catch {
    return text
  }
}
