import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../platform/json-value'
import { answerFromStream } from '../answer-from-stream'
import type { OutputPart } from '../hub'
import type { GatewayProblem } from '../problem'
import type { Shape } from '../shape'
import { streamFromAnswer } from '../stream-from-answer'
import { ANSWER_CLAIMS } from './answer-claims.fixture'
import {
  crossAnswer,
  crossedAnswer,
  crossRequest,
  NOTHING_MORE,
  optionsFor,
  overTheWire,
  piecesOf,
  readStream,
  writeStream,
} from './crossing.fixture'
import { answerWith, requestWith, textPart, userSays } from './hub-values.fixture'
import { REQUEST_CLAIMS, TIDE_TOOL } from './request-claims.fixture'

/** A shape, and what a stranger has to be told of it to hold it to its promises. */
export type ConformingShape = {
  name: string
  shape: Shape
  /** The claims that its wire has no honest words for, by name, and why. */
  cannotSay: Readonly<Record<string, string>>
  /** What a model of its own thinks and calls, that it wants back with the next turn. */
  thoughts: readonly OutputPart[]
  /** A client's next request: what it was answered, and a result for each of its calls. */
  nextTurn: (answer: JsonObject) => JsonObject
}

type Claim = { name: string }
const PROBLEM: GatewayProblem = {
  status: 429,
  type: 'rate_limit_exceeded',
  message: 'Too many tides.',
  code: 'tide_limit',
  retryAfterSeconds: 7,
}
const TALK = answerWith({ parts: [textPart('It rises — “slowly” 🌊.')] })

/**
 * Registers the promises that every shape keeps, alone and with every other, as tests. They are made of nothing but the
 * Shape interface and the hub's values, so that a new shape is held to all of them by being in the list.
 */
export function describeConformance(shapes: readonly ConformingShape[]): void {
  const pairs = shapes.flatMap((from) => shapes.map((to) => ({ from, to })))

  describe.each(pairs)('$from.name to $to.name', ({ from, to }) => {
    const said = <C extends Claim>(claims: readonly C[], see: (claim: C) => unknown) =>
      Object.fromEntries(
        claims
          .filter(({ name }) => !(name in from.cannotSay) && !(name in to.cannotSay))
          .map((claim) => [claim.name, see(claim)]),
      )

    test('a request says what it said', () => {
      expect(
        said(REQUEST_CLAIMS, ({ request, see }) => see(crossRequest(request, from.shape, to.shape))),
      ).toEqual(said(REQUEST_CLAIMS, ({ request, see }) => see(request)))
    })

    test('a whole answer says what it said', () => {
      expect(
        said(ANSWER_CLAIMS, ({ answer, see }) => see(crossAnswer(answer, from.shape, to.shape))),
      ).toEqual(said(ANSWER_CLAIMS, ({ answer, see }) => see(answer)))
    })

    test('a stream says what it said', () => {
      expect(
        said(ANSWER_CLAIMS, ({ answer, events = streamFromAnswer(answer), see }) =>
          see(crossedAnswer(events, from.shape, to.shape)),
        ),
      ).toEqual(said(ANSWER_CLAIMS, ({ answer, see }) => see(answer)))
    })

    test.each(['whole', 'streamed'])('thoughts come back to who had them, %s', (form) => {
      const answer = answerWith({ parts: [...to.thoughts], finishReason: 'tool_calls' })
      const crossed =
        form === 'whole'
          ? crossAnswer(answer, to.shape, from.shape)
          : crossedAnswer(streamFromAnswer(answer), to.shape, from.shape)
      const body = overTheWire(
        from.nextTurn(overTheWire(from.shape.writeAnswer(crossed, optionsFor(from.shape)))),
      )
      const next = to.shape.readRequest(
        overTheWire(to.shape.writeRequest(from.shape.readRequest(body), 'acme-1')),
      )
      const assistant = next.messages.find(({ role }) => role === 'assistant')
      expect(assistant?.parts.filter(isThought)).toEqual(
        to.thoughts.filter(isThought).map((part) => expect.objectContaining(essenceOf(part))),
      )
    })

    test('a stream that breaks says so after what it had, wherever it breaks', () => {
      const pieces = piecesOf(writeStream(from.shape, streamFromAnswer(TALK)))
      for (let cut = 0; cut < pieces.length; cut++) {
        const reader = from.shape.createReader()
        const read = pieces.slice(0, cut).flatMap((piece) => reader.push(piece))
        const before = answerFromStream(read)
        if (read.some(({ type }) => type === 'done' || type === 'finish')) continue
        expect(reader.end().some(({ type }) => type === 'done')).toBe(false)
        const writer = to.shape.createWriter(optionsFor(to.shape))
        const after = answerFromStream(
          readStream(to.shape, writer.write(read) + writer.fail(PROBLEM, NOTHING_MORE)),
        )
        expect(after.parts.filter(({ type }) => type === 'text')).toEqual(before.parts)
        expect(after.problem?.message).toContain(PROBLEM.message)
      }
    })
  })

  describe.each(shapes)('$name', ({ shape, cannotSay }) => {
    const claimsOf = <C extends Claim>(claims: readonly C[]) => claims.filter(({ name }) => name in cannotSay)

    test('what it is said to have no words for, it has none for', () => {
      const names = [...REQUEST_CLAIMS, ...ANSWER_CLAIMS].map(({ name }) => name)
      expect(names).toEqual(expect.arrayContaining(Object.keys(cannotSay)))
      for (const { request, see, name } of claimsOf(REQUEST_CLAIMS)) {
        expect(see(crossRequest(request, shape, shape)), name).not.toEqual(see(request))
      }
      for (const { answer, see, name } of claimsOf(ANSWER_CLAIMS)) {
        expect(see(crossAnswer(answer, shape, shape)), name).not.toEqual(see(answer))
      }
    })

    test('it accepts what it writes, and sees in it what it says', () => {
      for (const { request, name } of REQUEST_CLAIMS) {
        const body = overTheWire(shape.writeRequest(request, 'acme-1'))
        expect(shape.requestSchema.safeParse(body).error?.issues ?? [], name).toEqual([])
      }
      const request = requestWith({ tools: [TIDE_TOOL], maxTokens: 700 })
      const facts = shape.inspectRequest(overTheWire(shape.writeRequest(request, 'acme-1')))
      expect(facts).toMatchObject({
        offeredTools: [{ name: 'tide_at', schema: TIDE_TOOL.parameters }],
        maxTokens: 700,
        hasToolResults: false,
      })
    })

    test('a text goes before its system prompt, and parameters fill what it leaves open', () => {
      const messages = [{ role: 'system' as const, parts: [textPart('Be brief.')] }, userSays('Tide?')]
      const body = overTheWire(shape.writeRequest(requestWith({ messages }), 'acme-1'))
      const prompted = shape.readRequest(overTheWire(shape.withSystemPrompt(body, 'You fly.')))
      const words = prompted.messages
        .filter(({ role }) => role === 'system' || role === 'developer')
        .flatMap(({ parts }) => parts.map((part) => (part.type === 'text' ? part.text : '')))
      expect(words.join(' ')).toMatch(/^You fly\.\s+Be brief\.$/)
      const parameters = { temperature: 0.5 }
      expect(shape.readRequest({ ...body, ...shape.writeDefaults(parameters, body) }).temperature).toBe(0.5)
    })

    test.each([1, 2, 3, 7, 64])('its streams say the same in pieces of %d bytes', (bytes) => {
      for (const { answer, events = streamFromAnswer(answer) } of ANSWER_CLAIMS) {
        const text = writeStream(shape, events)
        expect(readStream(shape, text, bytes)).toEqual(readStream(shape, text))
      }
    })

    test('signs of life between the events of a stream say nothing', () => {
      const writer = shape.createWriter(optionsFor(shape))
      const events = streamFromAnswer(TALK)
      const life = shape.heartbeat ?? ''
      const text = events.map((event) => writer.write([event]) + life).join('') + writer.finish(NOTHING_MORE)
      expect(readStream(shape, life + text)).toEqual(readStream(shape, writeStream(shape, events)))
    })

    test('what it hands on to its like says the same', () => {
      for (const { request, see, name } of REQUEST_CLAIMS) {
        const body = overTheWire(shape.writeRequest(request, 'acme-1'))
        const relayed = overTheWire(shape.relayRequest(body, { upstreamModel: 'acme-2', isStream: false }))
        expect(see(shape.readRequest(relayed)), name).toEqual(see(shape.readRequest(body)))
      }
      for (const { answer, events = streamFromAnswer(answer), see, name } of ANSWER_CLAIMS) {
        const body = overTheWire(shape.writeAnswer(answer, optionsFor(shape)))
        const stamped = shape.stampAnswer(structuredClone(body), optionsFor(shape).identity, NOTHING_MORE)
        expect(see(shape.readAnswer(overTheWire(stamped))), name).toEqual(see(shape.readAnswer(body)))
        const text = writeStream(shape, events)
        const relay = shape.createRelay(optionsFor(shape))
        const passed = relay.pass(piecesOf(text)) + relay.finish(NOTHING_MORE)
        expect(see(answerFromStream(readStream(shape, passed))), name).toEqual(
          see(answerFromStream(readStream(shape, text))),
        )
      }
    })

    test('its errors say what is wrong', () => {
      const body = overTheWire(shape.errorBody(PROBLEM, null))
      expect(JSON.stringify(body)).toContain(PROBLEM.message)
      expect(shape.readAnswer(body).problem?.message).toContain(PROBLEM.message)
    })

    test('nothing that a wire may bring makes it throw', () => {
      const odd = [null, undefined, 7, 'x', [], [[]], {}, { error: 'no' }, { a: { b: [null] } }]
      for (const value of odd) {
        expect(() => shape.readAnswer(value)).not.toThrow()
        const reader = shape.createReader()
        expect(() => [...reader.push({ event: 'odd', data: 'x', value }), ...reader.end()]).not.toThrow()
      }
    })
  })
}

function isThought(part: OutputPart): boolean {
  return part.type === 'reasoning' || (part.type === 'tool_call' && part.thoughtSignature !== null)
}

function essenceOf(part: OutputPart): object {
  if (part.type === 'tool_call') return { name: part.name, thoughtSignature: part.thoughtSignature }
  if (part.type !== 'reasoning') return part
  const { kind, text, signature, format } = part
  return { kind, text, signature, format }
}
