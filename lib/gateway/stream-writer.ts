import { isObject, type JsonObject, textOf } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'
import { encodeSse } from '../platform/sse/encode-sse'
import type { ApiShape } from '../records/vocabulary'
import { createChatStreamFromMessages } from '../shapes/anthropic-messages/chat-stream-from-messages'
import { createMessagesStreamFromChat } from '../shapes/anthropic-messages/messages-stream-from-chat'
import type { GatewayProblem } from '../shapes/problem'
import { chatErrorBody, messagesErrorBody } from './problem'

/** How an answer introduces itself to the client. */
export type AnswerIdentity = {
  /** `gen-…`. */
  id: string
  /** `author/slug`. */
  model: string
  providerName: string
  createdSeconds: number
}

/** What the gateway adds at the end of an answer; null = nothing. */
export type AnswerEnd = { costUsd: number | null; metadata: JsonObject | null }

/** Turns a provider's parsed pieces into the text of the client's stream. */
export type StreamWriter = {
  write: (pieces: readonly unknown[]) => string
  /** The rest of a stream that came to its proper end. */
  finish: (end: AnswerEnd) => string
  /** The end of a stream that broke: an error as OpenRouter and Anthropic send it within a stream. */
  fail: (problem: GatewayProblem, end: AnswerEnd) => string
}

/** The writer for a client of one shape and a provider of the same or the other one. */
export function createStreamWriter({
  clientShape,
  upstreamShape,
  identity,
}: {
  clientShape: ApiShape
  upstreamShape: ApiShape
  identity: AnswerIdentity
}): StreamWriter {
  return clientShape === 'openai-chat'
    ? chatWriter({ upstreamShape, identity })
    : messagesWriter({ upstreamShape, identity })
}

type WriterInput = { upstreamShape: ApiShape; identity: AnswerIdentity }

/**
 * The chunk with the usage is held back, because cost and metadata belong into the last one. OpenAI writes `usage: null`
 * into all the others, which OpenRouter's client refuses.
 */
function chatWriter({ upstreamShape, identity }: WriterInput): StreamWriter {
  const translated = upstreamShape === 'anthropic-messages' ? createChatStreamFromMessages(identity) : null
  let last: JsonObject | null = null
  const encode = (chunk: JsonObject) => `data: ${JSON.stringify(chunk)}\n\n`
  const own = { id: identity.id, provider: identity.providerName, model: identity.model }
  const take = (chunks: readonly unknown[]): string => {
    let text = ''
    for (const chunk of chunks) {
      if (!isObject(chunk)) continue
      if (isObject(chunk.usage)) {
        if (last) text += encode(last)
        last = { ...chunk, ...own }
      } else {
        const { usage: _none, ...rest } = chunk
        text += encode({ ...rest, ...own })
      }
    }
    return text
  }
  const lastChunk = (end: AnswerEnd): JsonObject | null => {
    const usage = isObject(last?.usage) ? last.usage : null
    if (!usage && !end.metadata) return last
    return {
      ...(last ?? emptyChunk(identity)),
      ...(usage ? { usage: withCost(usage, end.costUsd) } : {}),
      ...(end.metadata ? { openrouter_metadata: end.metadata } : {}),
    }
  }
  return {
    write: (pieces) => take(translated ? pieces.flatMap((piece) => translated.push(piece)) : pieces),
    finish: (end) => {
      const rest = translated ? take(translated.end()) : ''
      const final = lastChunk(end)
      return `${rest}${final ? encode(final) : ''}data: [DONE]\n\n`
    },
    fail: (problem, end) => {
      const chunk = {
        ...emptyChunk(identity),
        ...chatErrorBody(problem),
        choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
        ...(end.metadata ? { openrouter_metadata: end.metadata } : {}),
      }
      return `${encode(chunk)}data: [DONE]\n\n`
    },
  }
}

function emptyChunk({ id, model, providerName, createdSeconds }: AnswerIdentity): JsonObject {
  return {
    id,
    object: 'chat.completion.chunk',
    created: createdSeconds,
    model,
    provider: providerName,
    choices: [],
  }
}

/** message_delta carries the usage; it and what follows are held back until the end. */
function messagesWriter({ upstreamShape, identity }: WriterInput): StreamWriter {
  const translated = upstreamShape === 'openai-chat' ? createMessagesStreamFromChat(identity) : null
  const held: JsonObject[] = []
  const encode = (event: JsonObject) => encodeSse({ event: textOf(event.type), data: JSON.stringify(event) })
  const take = (events: readonly unknown[]): string => {
    let text = ''
    for (const event of events) {
      if (!isObject(event)) continue
      if (event.type === 'message_delta' || held.length > 0) held.push(event)
      else text += encode(event.type === 'message_start' ? withIdentity(event, identity) : event)
    }
    return text
  }
  const translate = (pieces: readonly unknown[]) =>
    translated ? pieces.flatMap((piece) => translated.push(piece).map(({ data }) => parseJson(data))) : pieces
  return {
    write: (pieces) => take(translate(pieces)),
    finish: (end) => {
      const rest = translated ? take(translated.end().map(({ data }) => parseJson(data))) : ''
      return rest + held.map((event) => encode(withEnd(event, end))).join('')
    },
    fail: (problem, { metadata }) =>
      encode({ ...messagesErrorBody(problem), ...(metadata ? { openrouter_metadata: metadata } : {}) }),
  }
}

function withIdentity(event: JsonObject, { id, model, providerName }: AnswerIdentity): JsonObject {
  const message = isObject(event.message) ? event.message : {}
  return { ...event, message: { ...message, id, model, provider: providerName } }
}

function withEnd(event: JsonObject, { costUsd, metadata }: AnswerEnd): JsonObject {
  if (event.type !== 'message_delta') return event
  const usage = isObject(event.usage) ? { usage: withCost(event.usage, costUsd) } : {}
  return { ...event, ...usage, ...(metadata ? { openrouter_metadata: metadata } : {}) }
}

/** A usage object with what the request cost in US dollars (OpenRouter's `usage.cost`); null leaves it out. */
export function withCost(usage: JsonObject, costUsd: number | null): JsonObject {
  return costUsd === null ? usage : { ...usage, cost: costUsd }
}
