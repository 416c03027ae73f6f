import { StreamEvents$inboundSchema } from '@openrouter/sdk/models/streamevents'
import fc from 'fast-check'
import OpenAI from 'openai'
import { accumulateResponse } from 'openai/lib/responses/ResponseAccumulator'
import type { ResponseStreamEvent, Response as SdkResponse } from 'openai/resources/responses/responses'
import { describe, expect, test } from 'vitest'
import { type JsonObject, objectOf, objectsOf } from '../../platform/json-value'
import { parseJson } from '../../platform/parse-json'
import { createSseParser } from '../../platform/sse/parse-sse'
import { parseWire } from '../../platform/wire-json'
import type { OutputPart, ReasoningPart, StreamEvent } from '../hub'
import type { GatewayProblem } from '../problem'
import { createResponsesReader } from './create-reader'
import { createResponsesWriter } from './create-writer'
import { readResponsesAnswer } from './read-answer'
import { openaiResponses } from './shape'

const identity = {
  id: 'gen-1764547200000-0123456789abcdef0123',
  model: 'acme/atlas-120b',
  providerName: 'Acme',
  createdSeconds: 1_764_547_200,
}
const request: JsonObject = {
  model: 'acme/atlas-120b',
  instructions: 'Be short.',
  tools: [{ type: 'function', name: 'get_weather', parameters: { type: 'object' }, strict: null }],
  metadata: { run: '7' },
  store: true,
  stream: true,
}
const options = { identity, promptTokens: null, request }
const end = { costUsd: 0.0012, metadata: null }

const text = (said: string): StreamEvent => ({ type: 'text', text: said })
const call = (index: number, argumentsPiece: string, more: object = {}): StreamEvent => ({
  type: 'tool_call',
  index,
  id: `call_${index}`,
  name: 'get_weather',
  argumentsPiece,
  isCustom: false,
  namespace: null,
  thoughtSignature: null,
  ...more,
})
const reasoning = (block: number, piece: Partial<ReasoningPart>): StreamEvent => ({
  type: 'reasoning',
  block,
  piece: {
    type: 'reasoning',
    kind: 'summary',
    text: '',
    signature: null,
    id: 'rs_1',
    format: 'openai-responses-v1',
    ...piece,
  },
})
const finish = (finishReason: string): StreamEvent => ({
  type: 'finish',
  finishReason,
  nativeFinishReason: finishReason,
})
const usage: StreamEvent = {
  type: 'usage',
  usage: {
    promptTokens: 20,
    cachedTokens: 8,
    cacheWriteTokens: null,
    completionTokens: 40,
    reasoningTokens: 10,
    reportedCostUsd: null,
  },
}

/** The stream's text, each event written by itself. */
function write(events: readonly StreamEvent[]): string {
  const writer = createResponsesWriter(options)
  return events.map((event) => writer.write([event])).join('') + writer.finish(end)
}

function parse(sse: string): { event: string | null; data: string; value: JsonObject }[] {
  const parser = createSseParser()
  const events = [...parser.push(new TextEncoder().encode(sse)), ...parser.end()]
  return events.map(({ event, data }) => ({ event, data, value: objectOf(parseJson(data)) }))
}

const typesOf = (sse: string) => parse(sse).map(({ event }) => event?.replace('response.', ''))
const lastResponse = (sse: string) => objectOf(parse(sse).at(-1)?.value.response)

describe('createResponsesWriter', () => {
  test('writes a text with every event of its making, in order and numbered', () => {
    const sse = write([text('Hel'), text('lo'), finish('stop'), usage])
    expect(typesOf(sse)).toEqual([
      'created',
      'in_progress',
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.delta',
      'output_text.done',
      'content_part.done',
      'output_item.done',
      'completed',
    ])
    const events = parse(sse)
    expect(events.map(({ value }) => value.sequence_number)).toEqual(events.map((_, index) => index))
    expect(events.every(({ event, value }) => event === value.type)).toBe(true)
    expect(events[4]?.value).toEqual({
      type: 'response.output_text.delta',
      sequence_number: 4,
      output_index: 0,
      item_id: 'msg_17645472000000123456789abcdef0123_0',
      content_index: 0,
      delta: 'Hel',
      logprobs: [],
    })
  })

  test('the last event has the whole response: what was asked, what came, what it cost', () => {
    expect(lastResponse(write([text('Hello'), finish('stop'), usage]))).toEqual({
      id: identity.id,
      object: 'response',
      created_at: identity.createdSeconds,
      completed_at: null,
      model: 'acme/atlas-120b',
      provider: 'Acme',
      status: 'completed',
      error: null,
      incomplete_details: null,
      instructions: 'Be short.',
      tools: request.tools,
      metadata: { run: '7' },
      tool_choice: 'auto',
      parallel_tool_calls: true,
      reasoning: { effort: null, summary: null },
      text: { format: { type: 'text' } },
      truncation: 'disabled',
      background: false,
      store: false,
      previous_response_id: null,
      max_output_tokens: null,
      max_tool_calls: null,
      prompt_cache_key: null,
      safety_identifier: null,
      service_tier: null,
      temperature: null,
      top_logprobs: null,
      top_p: null,
      user: null,
      frequency_penalty: null,
      presence_penalty: null,
      output: [
        {
          id: 'msg_17645472000000123456789abcdef0123_0',
          type: 'message',
          status: 'completed',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'Hello', annotations: [], logprobs: [] }],
        },
      ],
      usage: {
        input_tokens: 20,
        input_tokens_details: { cached_tokens: 8 },
        output_tokens: 40,
        output_tokens_details: { reasoning_tokens: 10 },
        total_tokens: 60,
        cost: 0.0012,
      },
    })
  })

  test('repeats whole numbers of the request with all their digits', () => {
    const asked = objectOf(parseWire('{"metadata":{"id":12345678901234567890}}'))
    const writer = createResponsesWriter({ ...options, request: asked })
    expect(writer.finish(end)).toContain('"metadata":{"id":12345678901234567890}')
  })

  test.each<[string, StreamEvent[], string[]]>([
    [
      'a call',
      [call(0, ''), call(0, '{"city":'), call(0, '"Oslo"}')],
      [
        'output_item.added',
        'function_call_arguments.delta',
        'function_call_arguments.delta',
        'function_call_arguments.done',
        'output_item.done',
      ],
    ],
    [
      'a call of a custom tool',
      [call(0, '*** Begin', { isCustom: true }), call(0, ' Patch', { isCustom: true })],
      [
        'output_item.added',
        'custom_tool_call_input.delta',
        'custom_tool_call_input.delta',
        'custom_tool_call_input.done',
        'output_item.done',
      ],
    ],
    [
      'reasoning of this shape',
      [
        reasoning(0, { text: 'Hm.' }),
        reasoning(1, { text: 'So.' }),
        reasoning(2, { kind: 'encrypted', text: 'gAAA' }),
      ],
      [
        'output_item.added',
        'reasoning_summary_part.added',
        'reasoning_summary_text.delta',
        'reasoning_summary_text.done',
        'reasoning_summary_part.done',
        'reasoning_summary_part.added',
        'reasoning_summary_text.delta',
        'reasoning_summary_text.done',
        'reasoning_summary_part.done',
        'output_item.done',
      ],
    ],
    [
      'reasoning in its very words',
      [reasoning(0, { kind: 'text', text: 'Hm.' })],
      [
        'output_item.added',
        'content_part.added',
        'reasoning_text.delta',
        'reasoning_text.done',
        'content_part.done',
        'output_item.done',
      ],
    ],
    [
      'a refusal',
      [{ type: 'refusal', text: 'No.' }],
      [
        'output_item.added',
        'content_part.added',
        'refusal.delta',
        'refusal.done',
        'content_part.done',
        'output_item.done',
      ],
    ],
    [
      'an annotation',
      [
        text('See.'),
        {
          type: 'annotations',
          annotations: [{ type: 'url_citation', url_citation: { url: 'https://a.example' } }],
        },
      ],
      [
        'output_item.added',
        'content_part.added',
        'output_text.delta',
        'output_text.annotation.added',
        'output_text.done',
        'content_part.done',
        'output_item.done',
      ],
    ],
  ])('writes %s', (_, events, expected) => {
    expect(typesOf(write(events)).slice(2, -1)).toEqual(expected)
  })

  test('keeps the parts of one item together, and gives the items as they are when they are done', () => {
    const sse = write([
      reasoning(0, { text: 'Hm.' }),
      reasoning(1, { kind: 'encrypted', text: 'gAAA' }),
      text('I look.'),
      call(0, '{}', { namespace: 'weather' }),
      call(1, 'free', { isCustom: true, name: 'run' }),
      finish('tool_calls'),
    ])
    expect(lastResponse(sse).output).toEqual([
      {
        id: 'rs_1',
        type: 'reasoning',
        summary: [{ type: 'summary_text', text: 'Hm.' }],
        encrypted_content: 'gAAA',
      },
      expect.objectContaining({ type: 'message', status: 'completed' }),
      {
        id: 'fc_17645472000000123456789abcdef0123_2',
        type: 'function_call',
        status: 'completed',
        call_id: 'call_0',
        name: 'get_weather',
        namespace: 'weather',
        arguments: '{}',
      },
      {
        id: 'ctc_17645472000000123456789abcdef0123_3',
        type: 'custom_tool_call',
        status: 'completed',
        call_id: 'call_1',
        name: 'run',
        input: 'free',
      },
    ])
  })

  test.each([
    ['length', 'incomplete', { reason: 'max_output_tokens' }, 'incomplete'],
    ['content_filter', 'incomplete', { reason: 'content_filter' }, 'incomplete'],
    ['error', 'failed', null, 'completed'],
  ])('an answer that ended by %s is %s', (reason, status, details, itemStatus) => {
    const sse = write([text('Hal'), finish(reason)])
    expect(typesOf(sse).at(-1)).toBe(status)
    const response = lastResponse(sse)
    expect(response).toMatchObject({ status, incomplete_details: details, usage: null })
    expect(objectsOf(response.output)[0]).toMatchObject({ status: itemStatus })
  })

  test('reasoning of another format is shown as a summary and comes back whole', () => {
    const thinking: Partial<ReasoningPart> = { kind: 'text', id: null, format: 'anthropic-claude-v1' }
    const sse = write([
      reasoning(0, { ...thinking, text: 'Hm.' }),
      reasoning(0, { ...thinking, signature: 'sig==' }),
      reasoning(1, { ...thinking, kind: 'encrypted', text: 'redacted' }),
      text('Yes.'),
    ])
    const items = objectsOf(lastResponse(sse).output)
    expect(items[0]).toMatchObject({ type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }] })
    expect(items[1]).toMatchObject({ type: 'reasoning', summary: [] })
    expect(readResponsesAnswer({ output: items }).parts).toMatchObject([
      { type: 'reasoning', kind: 'text', text: 'Hm.', signature: 'sig==', format: 'anthropic-claude-v1' },
      { type: 'reasoning', kind: 'encrypted', text: 'redacted', format: 'anthropic-claude-v1' },
      { type: 'text', text: 'Yes.' },
    ])
  })

  test('a thought signature comes back with its call', () => {
    const sse = write([call(0, '{}', { thoughtSignature: 'abc' })])
    expect(readResponsesAnswer(lastResponse(sse)).parts).toMatchObject([
      { type: 'tool_call', id: 'call_0', thoughtSignature: 'abc' },
    ])
  })

  const problem: GatewayProblem = {
    status: 429,
    type: 'rate_limit_exceeded',
    message: 'Acme: slow down',
    code: 'insufficient_quota',
  }

  test('a stream that breaks says the error, and then that the response failed, without the half of a call', () => {
    const writer = createResponsesWriter(options)
    const sse =
      writer.write([text('Hello'), call(0, '{"ci')]) + writer.fail(problem, { ...end, metadata: { a: 1 } })
    const events = parse(sse)
    expect(events.at(-2)?.value).toEqual({
      type: 'error',
      sequence_number: 10,
      message: 'Acme: slow down',
      param: null,
      code: 'insufficient_quota',
      error: {
        type: 'rate_limit_error',
        message: 'Acme: slow down',
        param: null,
        code: 'insufficient_quota',
      },
    })
    expect(events.at(-1)).toMatchObject({
      event: 'response.failed',
      value: {
        response: {
          status: 'failed',
          error: { code: 'insufficient_quota', message: 'Acme: slow down' },
          error_type: 'rate_limit_exceeded',
          openrouter_metadata: { a: 1 },
          output: [{ type: 'message' }],
        },
      },
    })
  })

  test('a stream that breaks before anything came is whole as well', () => {
    expect(typesOf(createResponsesWriter(options).fail(problem, end))).toEqual([
      'created',
      'in_progress',
      'error',
      'failed',
    ])
  })
})

// ---- real clients -------------------------------------------------------------------------------------------------

const everything: StreamEvent[] = [
  reasoning(0, { text: 'Hm.' }),
  reasoning(1, { kind: 'text', text: 'words' }),
  reasoning(2, { kind: 'encrypted', text: 'gAAA' }),
  text('I '),
  text('look.'),
  {
    type: 'annotations',
    annotations: [
      {
        type: 'url_citation',
        url_citation: { url: 'https://a.example', title: 'A', start_index: 0, end_index: 1 },
      },
    ],
  },
  { type: 'refusal', text: 'Not that.' },
  call(0, '{"city":'),
  call(1, 'free ', { isCustom: true, name: 'run' }),
  call(0, '"Oslo"}'),
  call(1, 'text', { isCustom: true, name: 'run' }),
  finish('tool_calls'),
  usage,
]

function sdk(body: string): OpenAI {
  return new OpenAI({
    apiKey: 'key',
    baseURL: 'http://gateway.example/v1',
    maxRetries: 0,
    fetch: async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
  })
}

describe('the clients of others', () => {
  test('the openai SDK puts together from the events what the last event says', async () => {
    const sse = write(everything)
    const stream = await sdk(sse).responses.create({ model: 'a/b', input: 'Hi', stream: true })
    let snapshot: SdkResponse | undefined
    let last: ResponseStreamEvent | undefined
    for await (const event of stream) {
      if (event.type !== 'response.completed') snapshot = accumulateResponse(event, snapshot)
      last = event
    }
    expect(last?.type).toBe('response.completed')
    expect(JSON.parse(JSON.stringify(snapshot?.output))).toMatchObject(objectsOf(lastResponse(sse).output))
    expect(snapshot?.output_text).toBe('I look.')
  })

  test('the openai SDK skips the sign of life', async () => {
    const [first, ...rest] = write(everything).split(/(?<=\n\n)/)
    const sse = `${first}${openaiResponses.heartbeat}${rest.join('')}`
    const response = await sdk(sse).responses.stream({ model: 'a/b', input: 'Hi' }).finalResponse()
    expect(response.output).toHaveLength(4)
  })

  test('the openai SDK throws the error of a broken stream with its code', async () => {
    const writer = createResponsesWriter(options)
    const broken = {
      status: 502,
      type: 'provider_unavailable' as const,
      message: 'Acme: gone',
      code: 'overloaded',
    }
    const stream = sdk(writer.write([text('Hal')]) + writer.fail(broken, end)).responses.stream({
      model: 'a/b',
      input: 'Hi',
    })
    await expect(stream.finalResponse()).rejects.toMatchObject({ code: 'overloaded' })
  })

  test('the OpenRouter SDK knows every event', () => {
    const writer = createResponsesWriter(options)
    const broken = writer.fail({ status: 500, type: 'server', message: 'no' }, end)
    for (const { value } of [...parse(write(everything)), ...parse(broken)]) {
      const read = StreamEvents$inboundSchema.parse(value)
      expect(read, JSON.stringify(value)).toMatchObject({ type: value.type })
      if ('response' in read) expect(read.response.output.map(({ type }) => type)).not.toContain('UNKNOWN')
    }
  })
})

// ---- what was written is read again -------------------------------------------------------------------------------

type Facts = {
  text: string
  refusal: string
  reasoning: unknown[]
  calls: unknown[]
  finish: unknown
  usage: unknown
}

function factsOf(events: readonly StreamEvent[]): Facts {
  const facts: Facts = { text: '', refusal: '', reasoning: [], calls: [], finish: null, usage: null }
  const calls = new Map<number, JsonObject>()
  const blocks = new Map<number, JsonObject>()
  for (const event of events) {
    if (event.type === 'text') facts.text += event.text
    if (event.type === 'refusal') facts.refusal += event.text
    if (event.type === 'finish') facts.finish = event.finishReason
    if (event.type === 'usage') facts.usage = event.usage
    if (event.type === 'tool_call') {
      const { index, id, name, isCustom, namespace } = event
      const before = calls.get(index)?.arguments ?? ''
      calls.set(index, { id, name, isCustom, namespace, arguments: `${before}${event.argumentsPiece}` })
    }
    if (event.type === 'reasoning') {
      const { kind, text: piece } = event.piece
      const before = blocks.get(event.block)?.text ?? ''
      blocks.set(event.block, { kind, text: `${before}${piece}` })
    }
  }
  return { ...facts, calls: [...calls.values()], reasoning: [...blocks.values()] }
}

function read(sse: string): StreamEvent[] {
  const reader = createResponsesReader()
  return [...parse(sse).flatMap((piece) => reader.push(piece)), ...reader.end()]
}

describe('what is written', () => {
  const words = fc.string({ minLength: 1, unit: 'grapheme' })
  const id = fc.stringMatching(/^[a-zA-Z0-9]{1,20}$/)
  const oneCall = fc.record({
    id,
    name: id,
    namespace: fc.option(id, { nil: null }),
    isCustom: fc.boolean(),
    value: fc.dictionary(id, fc.jsonValue()),
    free: words,
  })
  const answer = fc.record({
    reasoning: fc.array(
      fc.record({ kind: fc.constantFrom('summary' as const, 'encrypted' as const), text: words }),
      { maxLength: 3 },
    ),
    text: fc.option(words, { nil: '' }),
    calls: fc.uniqueArray(oneCall, { maxLength: 4, selector: (one) => one.id }),
  })

  test('is read as the same facts, whatever the order in which parallel calls came, streamed and whole', () => {
    fc.assert(
      fc.property(answer, fc.array(fc.nat(), { maxLength: 60 }), (given, picks) => {
        const reasonings = given.reasoning.map((part, block) => ({ ...part, block }))
        const queues = given.calls.map(({ value, free, ...one }, index) => {
          const whole = one.isCustom ? free : JSON.stringify(value)
          const cut = Math.ceil(whole.length / 3)
          return [
            call(index, '', one),
            ...[0, 1, 2].map((part) => call(index, whole.slice(part * cut, (part + 1) * cut), one)),
          ]
        })
        const mixed = queues.flatMap((queue) => queue.shift() ?? [])
        for (const pick of picks)
          mixed.push(...(queues[pick % Math.max(1, queues.length)]?.splice(0, 1) ?? []))
        const events = [
          ...reasonings.flatMap(({ block, kind, text: all }) =>
            [...all].map((piece) => reasoning(block, { kind, text: piece, id: `rs_${block}` })),
          ),
          ...[...given.text].map(text),
          ...mixed,
          ...queues.flat(),
          finish(given.calls.length > 0 ? 'tool_calls' : 'stop'),
          usage,
        ]
        const sse = write(events)
        const facts = factsOf(read(sse))
        const cost = { ...(usage.type === 'usage' ? usage.usage : {}), reportedCostUsd: end.costUsd }
        expect(facts).toEqual({ ...factsOf(events), usage: cost })
        expect(factsOfParts(readResponsesAnswer(lastResponse(sse)).parts)).toEqual({
          text: facts.text,
          reasoning: facts.reasoning,
          calls: facts.calls,
        })
      }),
    )
  })
})

function factsOfParts(parts: readonly OutputPart[]): Pick<Facts, 'text' | 'reasoning' | 'calls'> {
  const textOfParts = parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
  const calls = parts.flatMap((part) => {
    if (part.type !== 'tool_call') return []
    const { id, name, isCustom, namespace } = part
    return [{ id, name, isCustom, namespace, arguments: part.arguments }]
  })
  const reasonings = parts.flatMap((part) =>
    part.type === 'reasoning' ? [{ kind: part.kind, text: part.text }] : [],
  )
  return { text: textOfParts, reasoning: reasonings, calls }
}
