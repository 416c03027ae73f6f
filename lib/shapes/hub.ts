import type { JsonObject } from '../platform/json-value'
import type { ApiShape } from '../records/vocabulary'

// The hub: what a request, an answer and a stream say, in one vocabulary. Every shape is read into it and written from
// it, so that a new shape is one folder and not one more pair with each of the others. Names are OpenRouter's where it
// has one. Null and empty lists mean "not said"; nothing here is checked further than its type says.

/** Where the bytes of a picture, document, recording or film are. `text` is a document given as plain text. */
export type MediaSource =
  | { kind: 'base64'; mediaType: string; data: string }
  | { kind: 'url'; url: string; mediaType: string | null }
  | { kind: 'text'; text: string; mediaType: string }
  /** A file uploaded to the provider, by its id there. */
  | { kind: 'file'; id: string }

/** A mark that a prompt may be cached up to here, as Anthropic and OpenRouter write it. */
export type CacheControl = JsonObject

export type TextPart = {
  type: 'text'
  text: string
  cacheControl: CacheControl | null
  annotations: JsonObject[]
}
export type MediaPart = {
  type: 'image' | 'document' | 'audio' | 'video'
  source: MediaSource
  filename: string | null
  /** OpenAI's `low`, `high`, `auto` for pictures. */
  detail: string | null
  cacheControl: CacheControl | null
}
/** What only one shape has a word for; elsewhere it leaves a note in its place, or nothing where that is meant. */
export type ForeignPart = { type: 'foreign'; shape: ApiShape; kind: string; value: JsonObject }
export type InputPart = TextPart | MediaPart | ForeignPart

/**
 * Reasoning of a model, as OpenRouter's `reasoning_details` tell it. `text` holds the words of `text` and `summary` and
 * the sealed data of `encrypted`. Who made it is told by `format`: only there it may be sent back as it is.
 */
export type ReasoningPart = {
  type: 'reasoning'
  kind: 'text' | 'summary' | 'encrypted'
  text: string
  signature: string | null
  id: string | null
  format: ReasoningFormat
  /** Said by a chat-shaped provider in `reasoning_details`, which it then takes back there; left out otherwise. */
  via?: 'reasoning_details'
}
/** OpenRouter's names; `unsigned` is reasoning that nobody takes back but as plain words (DeepSeek, Kimi, vLLM). */
export const REASONING_FORMATS = [
  'anthropic-claude-v1',
  'openai-responses-v1',
  'google-gemini-v1',
  'azure-openai-responses-v1',
  'xai-responses-v1',
  'unsigned',
] as const
export type ReasoningFormat = (typeof REASONING_FORMATS)[number]

/** `arguments` is the raw text a model wrote, free text for a custom tool; never serialised anew. */
export type ToolCallPart = {
  type: 'tool_call'
  id: string
  name: string
  arguments: string
  isCustom: boolean
  /** Of the namespace that the Responses shape groups tools in. */
  namespace: string | null
  /** Gemini's thought signature, which has to come back with the call. */
  thoughtSignature: string | null
}
export type RefusalPart = { type: 'refusal'; text: string }
/** What an assistant said, in its order. */
export type OutputPart = TextPart | ReasoningPart | ToolCallPart | RefusalPart | MediaPart | ForeignPart

export type Message =
  | { role: 'system' | 'developer'; parts: InputPart[] }
  | { role: 'user'; parts: InputPart[]; name: string | null }
  | { role: 'assistant'; parts: OutputPart[] }
  | {
      role: 'tool'
      callId: string
      /** Of the tool, where the shape says it; Gemini needs it. */
      name: string | null
      parts: InputPart[]
      isError: boolean
      isCustom: boolean
      cacheControl: CacheControl | null
    }

export type FunctionTool = {
  type: 'function'
  name: string
  description: string | null
  /** JSON Schema as the client wrote it; null = none. */
  parameters: unknown
  strict: boolean | null
  namespace: string | null
  cacheControl: CacheControl | null
}
export type CustomTool = {
  type: 'custom'
  name: string
  description: string | null
  /** OpenAI's `format`: text, or a grammar. */
  format: JsonObject | null
  namespace: string | null
}
/** A tool that the provider runs itself; it passes only to providers of the shape it is written in. */
export type BuiltInTool = { type: 'built_in'; shape: ApiShape; kind: string; value: JsonObject }
export type Tool = FunctionTool | CustomTool | BuiltInTool

export type ToolChoice =
  | { mode: 'auto' | 'none' | 'required' }
  | { mode: 'tool'; name: string; isCustom: boolean }
  /** Only these may be called; `isRequired` = one of them must. */
  | { mode: 'allowed'; names: string[]; isRequired: boolean }
  | { mode: 'built_in'; shape: ApiShape; kind: string; value: JsonObject }

/** OpenRouter's `reasoning`. */
export type ReasoningSettings = {
  /** none, minimal, low, medium, high, xhigh, max. */
  effort: string | null
  maxTokens: number | null
  /** False = do not think; true = think, with the provider's own measure; null = not said. */
  isEnabled: boolean | null
  /** Think, but do not show it. */
  isExcluded: boolean
  /** auto, concise, detailed. */
  summary: string | null
}

export type ResponseFormat =
  | { type: 'text' | 'json_object' }
  | {
      type: 'json_schema'
      name: string | null
      schema: unknown
      strict: boolean | null
      description: string | null
    }

export type Request = {
  messages: Message[]
  tools: Tool[]
  toolChoice: ToolChoice | null
  parallelToolCalls: boolean | null
  maxTokens: number | null
  temperature: number | null
  topP: number | null
  topK: number | null
  minP: number | null
  topA: number | null
  frequencyPenalty: number | null
  presencePenalty: number | null
  repetitionPenalty: number | null
  seed: number | null
  stop: string[]
  logitBias: JsonObject | null
  logprobs: boolean | null
  topLogprobs: number | null
  candidateCount: number | null
  reasoning: ReasoningSettings | null
  responseFormat: ResponseFormat | null
  verbosity: string | null
  modalities: string[]
  user: string | null
  /** auto, default, flex, priority. */
  serviceTier: string | null
  promptCacheKey: string | null
  /** The whole prompt is marked for caching (Anthropic's top-level `cache_control`). */
  cacheControl: CacheControl | null
  metadata: JsonObject | null
  isStream: boolean
}

/**
 * Tokens as the provider counted them, null where it did not say. The prompt includes cached and cache-write tokens,
 * the completion includes reasoning. The cost is in US dollars.
 */
export type Usage = {
  promptTokens: number | null
  cachedTokens: number | null
  cacheWriteTokens: number | null
  completionTokens: number | null
  reasoningTokens: number | null
  reportedCostUsd: number | null
}

/** What is wrong with an answer that came with a 200: a sentence, the provider's own code, and a status if it names one. */
export type AnswerProblem = { message: string; code: string | null; status: number | null }

/** A whole answer. */
export type Answer = {
  /** The provider's own id. */
  id: string | null
  parts: OutputPart[]
  /** In our words (lib/records/finish-reason.ts). */
  finishReason: string | null
  /** In the provider's words. */
  nativeFinishReason: string | null
  usage: Usage | null
  serviceTier: string | null
  problem: AnswerProblem | null
}

/**
 * One thing that a stream said. Pieces of one reasoning part carry the same `block`, those of one call the same
 * `index` (0, 1, … in order of first sight, whatever the provider numbered); a call's first event has id and name.
 */
export type StreamEvent =
  | { type: 'text'; text: string }
  | { type: 'annotations'; annotations: JsonObject[] }
  | { type: 'refusal'; text: string }
  | { type: 'reasoning'; block: number; piece: ReasoningPart }
  | ToolCallEvent
  | { type: 'media'; part: MediaPart }
  /** What only clients of the stream's own shape can read. */
  | { type: 'foreign'; part: ForeignPart }
  | { type: 'usage'; usage: Usage }
  | { type: 'finish'; finishReason: string | null; nativeFinishReason: string | null }
  | { type: 'problem'; problem: AnswerProblem }
  /** The shape says that the stream is over; what the socket does afterwards means nothing. */
  | { type: 'done' }

export type ToolCallEvent = {
  type: 'tool_call'
  index: number
  /** Of the whole call as far as it is known; empty until the stream gave them. */
  id: string
  name: string
  /** What came now. */
  argumentsPiece: string
  isCustom: boolean
  namespace: string | null
  thoughtSignature: string | null
  /** Nothing more comes for this call; left out where the shape does not say it. */
  isLast?: true
}
