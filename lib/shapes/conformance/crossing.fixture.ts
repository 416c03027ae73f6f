import type { JsonObject } from '../../platform/json-value'
import { objectOf } from '../../platform/json-value'
import { createSseParser } from '../../platform/sse/parse-sse'
import { parseWire, stringifyWire } from '../../platform/wire-json'
import { answerFromStream } from '../answer-from-stream'
import type { Answer, Request, StreamEvent } from '../hub'
import type { AnswerEnd, Shape, StreamPiece, WriterOptions } from '../shape'
import { requestWith } from './hub-values.fixture'

export const NOTHING_MORE: AnswerEnd = { costUsd: null, metadata: null }

const options = new Map<Shape, WriterOptions>()

/** How the gateway writes answers to a client who wants to see what the model thinks. */
export function optionsFor(shape: Shape): WriterOptions {
  const known = options.get(shape)
  if (known !== undefined) return known
  const reasoning = { effort: 'high', maxTokens: null, isEnabled: null, isExcluded: false, summary: 'auto' }
  const made = {
    identity: { id: 'gen-1', model: 'acme/atlas', providerName: 'Helios', createdSeconds: 1 },
    promptTokens: null,
    request: overTheWire(shape.writeRequest(requestWith({ reasoning }), 'acme-1')),
  }
  options.set(shape, made)
  return made
}

/** The value as it is behind a wire. */
export function overTheWire(body: JsonObject): JsonObject {
  return objectOf(parseWire(stringifyWire(body)))
}

/** The request as a provider of one shape reads it that a client of the other wrote. */
export function crossRequest(request: Request, client: Shape, provider: Shape): Request {
  const asked = client.readRequest(overTheWire(client.writeRequest(request, 'acme-1')))
  return provider.readRequest(overTheWire(provider.writeRequest(asked, 'acme-1')))
}

/** The whole answer as a client of one shape reads it that a provider of the other gave. */
export function crossAnswer(answer: Answer, provider: Shape, client: Shape): Answer {
  const given = provider.readAnswer(overTheWire(provider.writeAnswer(answer, optionsFor(provider))))
  return client.readAnswer(overTheWire(client.writeAnswer(given, optionsFor(client))))
}

/** The stream as a client of one shape reads it that a provider of the other gave, in events of the hub. */
export function crossStream(events: readonly StreamEvent[], provider: Shape, client: Shape): StreamEvent[] {
  return readStream(client, writeStream(client, readStream(provider, writeStream(provider, events))))
}

/** What a stream says in all. */
export function crossedAnswer(events: readonly StreamEvent[], provider: Shape, client: Shape): Answer {
  return answerFromStream(crossStream(events, provider, client))
}

/** The text of a stream that comes to its proper end; each event is written by itself, as they come. */
export function writeStream(shape: Shape, events: readonly StreamEvent[], end = NOTHING_MORE): string {
  const writer = shape.createWriter(optionsFor(shape))
  return events.map((event) => writer.write([event])).join('') + writer.finish(end)
}

/** What a stream's text says, read in pieces of so many bytes. */
export function readStream(
  shape: Shape,
  text: string,
  bytesAtOnce = Number.POSITIVE_INFINITY,
): StreamEvent[] {
  const reader = shape.createReader()
  return [...piecesOf(text, bytesAtOnce).flatMap((piece) => reader.push(piece)), ...reader.end()]
}

/** The events of the text as the gateway hands them to readers. */
export function piecesOf(text: string, bytesAtOnce = Number.POSITIVE_INFINITY): StreamPiece[] {
  const parser = createSseParser()
  const bytes = Buffer.from(text)
  const size = Math.min(bytesAtOnce, Math.max(1, bytes.length))
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )
  return [...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.end()].map(({ event, data }) => ({
    event,
    data,
    value: parseWire(data),
  }))
}
