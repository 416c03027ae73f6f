import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../platform/json-value'
import { API_SHAPES, type ApiShape } from '../records/vocabulary'
import { eventsOfText } from '../shapes/events-of-text'
import type { StreamEvent } from '../shapes/hub'
import { shapeNamed } from '../shapes/registry'
import { askOf } from '../testing/gateway-of-shapes.server'
import { type ScriptedGateway, startScriptedGateway } from '../testing/scripted-gateway.server'
import type { Script } from '../testing/scripted-providers.server'

// Streams that break after some words, at scripted providers of every shape on real sockets.

let gateway: ScriptedGateway
beforeAll(async () => {
  gateway = await startScriptedGateway('continued')
})
afterAll(() => gateway.close())

const CONTINUES = { continue_broken_streams: true }
const BEGINNING: StreamEvent[] = [
  { type: 'text', text: 'The weather ' },
  { type: 'text', text: 'in' },
]
const CALL: StreamEvent = {
  type: 'tool_call',
  index: 0,
  id: 'call_1',
  name: 'get_weather',
  argumentsPiece: '{"ci',
  isCustom: false,
  namespace: null,
  thoughtSignature: null,
}
const FINISH: StreamEvent = { type: 'finish', finishReason: 'stop', nativeFinishReason: 'stop' }
const words = (text: string): StreamEvent[] => [{ type: 'text', text }, FINISH]

/** A provider of this shape that says this, and keeps what it was asked; without a finish its stream just ends. */
function provider(shape: ApiShape, events: StreamEvent[], asked: JsonObject[] = []) {
  const script: Script = ({ body }, response) => {
    asked.push(body)
    const identity = { id: 'x', model: 'upstream', providerName: 'p', createdSeconds: 0 }
    const writer = shapeNamed(shape).createWriter({ identity, promptTokens: null, request: {} })
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const isFinished = events.some(({ type }) => type === 'finish')
    response.end(writer.write(events) + (isFinished ? writer.finish({ costUsd: null, metadata: null }) : ''))
  }
  return { shape, script }
}

/** What a client of this shape reads. */
async function ask(shape: ApiShape, providers: ReturnType<typeof provider>[], extra: JsonObject = CONTINUES) {
  const { model, provider: preferences } = await gateway.connect(providers)
  const body = { ...askOf(shape), provider: preferences, ...extra }
  const response = await gateway.send({ shape, model, isStream: true, body })
  const events = eventsOfText(await response.text(), shapeNamed(shape).createReader())
  const textOf = (event: StreamEvent) => (event.type === 'text' ? event.text : '')
  const outcomes = (await gateway.attemptsOf(response)).map(({ errorClass }) => errorClass)
  return {
    text: events.map(textOf).join(''),
    finishes: events.flatMap((event) => (event.type === 'finish' ? event.finishReason : [])),
    problems: events.flatMap((event) => (event.type === 'problem' ? event.problem.message : [])),
    outcomes,
  }
}

const NEXT: Record<ApiShape, ApiShape> = {
  'openai-chat': 'anthropic-messages',
  'anthropic-messages': 'openai-responses',
  'openai-responses': 'gemini',
  gemini: 'openai-chat',
}
const PAIRS = API_SHAPES.flatMap((client) => API_SHAPES.map((first) => [client, first, NEXT[first]] as const))

describe('a stream that breaks after some words goes on elsewhere', () => {
  test.each(PAIRS)('%s client, broken by %s, carried on by %s', async (client, first, second) => {
    const asked: JsonObject[] = []
    const read = await ask(client, [
      provider(first, BEGINNING),
      provider(second, words(' Riga is fine.'), asked),
    ])
    expect(read).toEqual({
      text: 'The weather in Riga is fine.',
      finishes: ['stop'],
      problems: [],
      outcomes: ['mid_stream', null],
    })
    const { messages } = shapeNamed(second).readRequest(asked[0] ?? {})
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant'])
    expect(messages[1]?.parts).toMatchObject([{ type: 'text', text: 'The weather in' }])
  })

  test.each(API_SHAPES)('again and again, past those that refuse (%s client)', async (client) => {
    const asked: JsonObject[] = []
    const refusing: Script = (_asked, response) => {
      response.writeHead(400, { 'content-type': 'application/json' })
      response.end('{"error":{"message":"This model does not support assistant message prefill."}}')
    }
    const read = await ask(client, [
      provider('openai-chat', BEGINNING),
      { shape: 'anthropic-messages', script: refusing },
      provider('gemini', [{ type: 'text', text: ' Riga ' }]),
      provider('openai-chat', words('is fine.'), asked),
    ])
    expect(read).toMatchObject({
      text: 'The weather in Riga is fine.',
      problems: [],
      outcomes: ['mid_stream', 'invalid_request', 'mid_stream', null],
    })
    expect(asked[0]?.messages).toMatchObject([{ role: 'user' }, { content: 'The weather in Riga' }])
  })

  test.each([
    ['the next brings its own', ' is fine.'],
    ['the next does not', 'is fine.'],
  ])('white space is there once, when %s', async (_, text) => {
    const broken: StreamEvent[] = [{ type: 'text', text: 'Riga ' }]
    const read = await ask('openai-chat', [provider('openai-chat', broken), provider('gemini', words(text))])
    expect(read.text).toBe('Riga is fine.')
  })

  test('an error that the provider tells within its stream is not told to the client', async () => {
    let release = () => {}
    const hasRead = new Promise<void>((resolve) => {
      release = resolve
    })
    const script: Script = async (_asked, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: {"choices":[{"index":0,"delta":{"content":"The weather in"}}]}\n\n')
      await hasRead
      response.end('data: {"error":{"message":"overloaded","code":503}}\n\n')
    }
    const { model, provider: preferences } = await gateway.connect([
      { shape: 'openai-chat', script },
      provider('openai-chat', words(' Riga is fine.')),
    ])
    const body = { ...askOf('openai-chat'), provider: preferences, ...CONTINUES }
    const response = await gateway.send({ shape: 'openai-chat', model, isStream: true, body })
    release()
    const text = await response.text()
    expect(text).not.toContain('overloaded')
    expect(text).toContain(' Riga is fine.')
    expect(text.trimEnd().endsWith('data: [DONE]')).toBe(true)
  })
})

describe.each(API_SHAPES)('the error is told to a %s client', (client) => {
  test('when nobody is left to go on', async () => {
    const failing = provider('gemini', BEGINNING)
    const read = await ask(client, [provider('openai-chat', BEGINNING), failing])
    expect(read).toMatchObject({
      text: 'The weather inThe weather in',
      outcomes: ['mid_stream', 'mid_stream'],
    })
    expect(read.problems).toHaveLength(1)
  })

  test('when a tool call had begun', async () => {
    const asked: JsonObject[] = []
    const read = await ask(client, [
      provider('openai-chat', [...BEGINNING, CALL]),
      provider('openai-chat', words('no'), asked),
    ])
    expect(read).toMatchObject({ text: 'The weather in', outcomes: ['mid_stream'] })
    expect(read.problems).toHaveLength(1)
    expect(asked).toEqual([])
  })

  test('when nobody asked for more', async () => {
    const asked: JsonObject[] = []
    const providers = [provider('openai-chat', BEGINNING), provider('openai-chat', words('no'), asked)]
    const read = await ask(client, providers, {})
    expect(read).toMatchObject({ text: 'The weather in', outcomes: ['mid_stream'] })
    expect(read.problems).toHaveLength(1)
    expect(asked).toEqual([])
  })
})
