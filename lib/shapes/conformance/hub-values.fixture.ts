import type { Answer, InputPart, Message, Request, TextPart, ToolCallPart, Usage } from '../hub'

const UNSAID: Request = {
  messages: [],
  tools: [],
  toolChoice: null,
  parallelToolCalls: null,
  maxTokens: 4096,
  temperature: null,
  topP: null,
  topK: null,
  minP: null,
  topA: null,
  frequencyPenalty: null,
  presencePenalty: null,
  repetitionPenalty: null,
  seed: null,
  stop: [],
  logitBias: null,
  logprobs: null,
  topLogprobs: null,
  candidateCount: null,
  reasoning: null,
  responseFormat: null,
  verbosity: null,
  modalities: [],
  user: null,
  serviceTier: null,
  promptCacheKey: null,
  cacheControl: null,
  metadata: null,
  isStream: false,
}

/** A request that says these things, one message if no others, and nothing else but its limit of tokens. */
export function requestWith(fields: Partial<Request>): Request {
  return { ...UNSAID, messages: [userSays('Tide at Tarn?')], ...fields }
}

/** An answer of these parts that ended by itself, unless the fields say otherwise. */
export function answerWith(fields: Partial<Answer>): Answer {
  return {
    id: 'upstream-1',
    parts: [textPart('It rises.')],
    finishReason: 'stop',
    nativeFinishReason: null,
    usage: null,
    serviceTier: null,
    problem: null,
    ...fields,
  }
}

/** Plain text. */
export function textPart(text: string): TextPart {
  return { type: 'text', text, cacheControl: null, annotations: [] }
}

/** A user's message of text, or of these parts. */
export function userSays(content: string | InputPart[]): Message {
  return { role: 'user', name: null, parts: typeof content === 'string' ? [textPart(content)] : content }
}

/** A call of a function. */
export function callOf(id: string, name: string, args: string): ToolCallPart {
  return {
    type: 'tool_call',
    id,
    name,
    arguments: args,
    isCustom: false,
    namespace: null,
    thoughtSignature: null,
  }
}

/** A tool's result. */
export function resultOf(
  callId: string,
  name: string,
  content: string | InputPart[],
  isError = false,
): Message {
  const parts = typeof content === 'string' ? [textPart(content)] : content
  return { role: 'tool', callId, name, parts, isError, isCustom: false, cacheControl: null }
}

/** Counts, null where not given. */
export function usageWith(fields: Partial<Usage>): Usage {
  return {
    promptTokens: null,
    cachedTokens: null,
    cacheWriteTokens: null,
    completionTokens: null,
    reasoningTokens: null,
    reportedCostUsd: null,
    ...fields,
  }
}
