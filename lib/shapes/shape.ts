import type { z } from 'zod'
import type { JsonObject } from '../platform/json-value'
import type { OfferedTool } from '../records/check-tool-calls'
import type { PromptPart } from '../records/vocabulary'
import type { Answer, Request, ResponseFormat, StreamEvent } from './hub'
import type { GatewayProblem } from './problem'
import type { WireRules } from './rules/wire-rules'

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

/** What the gateway decides by, read from a client's body without building the hub's request. */
export type RequestFacts = {
  isStream: boolean
  /** Null when the list cannot be read. */
  offeredTools: OfferedTool[] | null
  /** Names of what it sets, in OpenRouter's words (`supported_parameters`): tools, reasoning, temperature, … */
  parameters: string[]
  /** Most completion tokens it may take; null = not said. */
  maxTokens: number | null
  endUser: string | null
  /** The client's own name for the conversation's cache, such as `prompt_cache_key`; null = none. */
  promptCacheKey: string | null
  /** The format that the answer's text must have; null = any. */
  responseFormat: ResponseFormat | null
  hasToolResults: boolean
  /** System text and messages as the record's use-case rules look at them. */
  system: unknown
  messages: unknown
}

/**
 * One event of a provider's stream: its name and data as they came, and the data parsed; undefined = no JSON. Made by
 * `stream-piece.ts`: data and value say the same, since readers look at the one and relays hand on the other.
 */
export type StreamPiece = { event: string | null; data: string; value: unknown }

/** Reads one provider's stream into the hub's words. Never throws. */
export type StreamReader = {
  push: (piece: StreamPiece) => StreamEvent[]
  /** What is still to be said when the stream has ended; a stream that was none of this shape says a problem. */
  end: () => StreamEvent[]
}

/** Writes a client's stream from the hub's words; each call gives text for the wire, which may be empty. */
export type StreamWriter = {
  write: (events: readonly StreamEvent[]) => string
  /** The rest of a stream that came to its proper end. */
  finish: (end: AnswerEnd) => string
  /** The end of a stream that broke, in the way the shape says errors within a stream. */
  fail: (problem: GatewayProblem, end: AnswerEnd) => string
}

/** Hands a stream on to a client of the same shape, each piece as it came but for the few fields that are ours. */
export type StreamRelay = {
  pass: (pieces: readonly StreamPiece[]) => string
  finish: (end: AnswerEnd) => string
  fail: (problem: GatewayProblem, end: AnswerEnd) => string
}

export type WriterOptions = {
  identity: AnswerIdentity
  /** An estimate, for shapes that tell the prompt's tokens before the answer; null = not known. */
  promptTokens: number | null
  /** What the client asked, for shapes that echo parts of it in their answers. */
  request: JsonObject
}

/** What an address says of a request beside its body. */
export type AddressedRequest = {
  operation: 'answer' | 'count_tokens'
  /** A body with what the address says in it; what is no object stays as it is. */
  bodyOf: (body: unknown) => unknown
}

/** How a shape counts the tokens of a prompt. Bodies are the shape's own. */
export type TokenCount = {
  /** Where clients ask, below `/api/v1`, as far as the path says nothing of the request. */
  clientPaths: readonly string[]
  /** The request whose prompt a client's body asks about. */
  requestOf: (body: unknown) => unknown
  writeAnswer: (promptTokens: number) => JsonObject
  /** What a provider is asked, for a request as it would be sent to it. */
  callOf: (
    request: JsonObject,
    upstream: { baseUrl: string; upstreamModel: string },
  ) => { url: string; body: JsonObject }
  /** Null = the answer holds no count. */
  readAnswer: (body: unknown) => number | null
}

/**
 * One wire shape: all that the product knows of it. Reading never throws: what cannot be read is left out, and what a
 * client must be told it got wrong is `requestSchema`'s to say.
 */
export type Shape = {
  /** What people call it. */
  label: string
  /** What is worth saying of base URLs where one seems wrong, such as ": most end in /v1"; may be empty. */
  baseUrlHint: string

  // ---- a client's side ----
  /** Where clients of the shape post, below `/api/v1`, as far as the path says nothing of the request. */
  clientPaths: readonly string[]
  /**
   * How addresses begin, below `/api`, that say part of the request, such as its model, and what the rest of one says;
   * null = it is none of the shape's. Left out where bodies say everything.
   */
  clientAddresses?: {
    prefixes: readonly string[]
    read: (rest: string, query: URLSearchParams) => AddressedRequest | null
  }
  /** What the gateway must be able to rely on; everything else passes. Its messages name what was expected. */
  requestSchema: z.ZodType<JsonObject>
  inspectRequest: (body: JsonObject) => RequestFacts
  /** Weights by part of the prompt, in estimated tokens. */
  promptParts: (body: JsonObject) => Record<PromptPart, number>
  /** The body with another text put before its system prompt. */
  withSystemPrompt: (body: JsonObject, text: string) => JsonObject
  /**
   * A preset's parameters, which stand in chat words, as fields of this shape: those that fill a gap of the request.
   * `provider`, `models`, `reasoning` and the guards are the gateway's own and pass as they are.
   */
  writeDefaults: (parameters: JsonObject, request: JsonObject) => JsonObject
  /** Fields that are merged one level deeper, such as Gemini's `generationConfig`. */
  nestedFields: readonly string[]
  readRequest: (body: JsonObject) => Request
  writeAnswer: (answer: Answer, options: WriterOptions) => JsonObject
  /** A whole answer in this shape under our id, model, provider and cost, metadata beside them; the rest stays. */
  stampAnswer: (body: JsonObject, identity: AnswerIdentity, end: AnswerEnd) => JsonObject
  createWriter: (options: WriterOptions) => StreamWriter
  createRelay: (options: WriterOptions) => StreamRelay
  /** The content type of a client's stream, where it is not `text/event-stream`. */
  streamType?: (request: JsonObject) => string
  /** A sign of life between events that every client of the shape skips; null = it has none. */
  heartbeat: string | null
  errorBody: (problem: GatewayProblem, metadata: JsonObject | null) => JsonObject

  /** Counting the tokens of a prompt without an answer; null = the shape has no such thing. */
  tokenCount: TokenCount | null

  // ---- a provider's side ----
  /** Without the model, where it stands in the path. */
  writeRequest: (request: Request, upstreamModel: string) => JsonObject
  /** A body of this shape on its way to a provider of this shape: what only the gateway understands is taken out. */
  relayRequest: (body: JsonObject, upstream: { upstreamModel: string; isStream: boolean }) => JsonObject
  readAnswer: (body: unknown) => Answer
  createReader: () => StreamReader
  /** Where a request is posted; `baseUrl` is what an SDK of the shape would be given. */
  requestUrl: (upstream: { baseUrl: string; upstreamModel: string; isStream: boolean }) => string
  /** Where a provider of the shape takes other operations, such as `/embeddings`; null = it has none of them. */
  operationUrl: ((baseUrl: string, path: string) => string) | null
  /** Where the provider lists its models. */
  modelListUrl: (baseUrl: string) => string
  /** The names in such a list. */
  readModelList: (body: unknown) => string[]
  /** Headers that every request of the shape has, beside its key. */
  headers: Readonly<Record<string, string>>
  /** How a key is sent unless its connection says otherwise. */
  keyHeader: 'bearer' | 'x-api-key' | 'x-goog-api-key'
  /** Headers of a client that a provider of the same shape may want. */
  passedHeaders: readonly string[]
  /** Where things stand in its bodies, what every provider of it is sent, and what may be left out. */
  wireRules: WireRules
}
