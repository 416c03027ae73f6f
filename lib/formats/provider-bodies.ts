import { isObject, type JsonObject, objectOf, textOf } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'
import type { RawToolCall } from '../records/check-tool-calls'
import { errorClassFromErrorType } from '../records/error-class'
import { systemPromptOf } from '../records/system-prompt'
import type { ApiShape } from '../records/vocabulary'
import type { AnswerFacts } from '../shapes/answer-facts'
import { eventsOfText } from '../shapes/events-of-text'
import { createObserver, factsOfAnswer } from '../shapes/observe'
import { shapeNamed } from '../shapes/registry'
import type { Draft } from './format'

/** What a log kept of the request and the answer, in the provider's own shape: objects, JSON text or an event stream. */
export type ProviderBodies = { request: unknown; response: unknown }

/**
 * What a request and its answer say in their provider's shape, as far as they were kept: models, tokens, finish reason,
 * tools offered and called, stream, and signs of who drives it. Never throws.
 */
export function readProviderBodies({ request, response }: ProviderBodies): Draft {
  const asked = bodyOf(request)
  const answered = bodyOf(response)
  const stream = typeof response === 'string' && answered === null ? response : streamIn(answered)
  const said = stream === null ? (answered ?? {}) : firstEventOf(stream)
  return {
    ...(asked ? readRequestBody(asked, said) : {}),
    ...readAnswerBody(shapeOf(asked, said), { answered, stream, said }),
  }
}

/** A provider's body: an object, or JSON text of one; null = it was not kept. */
function bodyOf(value: unknown): JsonObject | null {
  if (isObject(value)) return value
  const parsed = typeof value === 'string' && /^\s*\{/.test(value) ? parseJson(value) : undefined
  return isObject(parsed) ? parsed : null
}

/** Helicone keeps the text of a stream in a field of an object. */
function streamIn(body: JsonObject | null): string | null {
  const text = body?.streamed_data
  return typeof text === 'string' ? text : null
}

function firstEventOf(stream: string): JsonObject {
  const data = /^data:\s*(\{.*)$/m.exec(stream.slice(0, 100_000))?.[1]
  return objectOf(data === undefined ? undefined : parseJson(data))
}

/** By what only that shape has; chat is what everybody else imitates. */
function shapeOf(asked: JsonObject | null, said: JsonObject): ApiShape {
  if (said.candidates !== undefined || asked?.contents !== undefined) return 'gemini'
  if (said.type === 'message' || said.type === 'message_start' || said.stop_reason !== undefined) {
    return 'anthropic-messages'
  }
  const isResponse =
    said.object === 'response' ||
    Array.isArray(said.output) ||
    textOf(said.type)?.startsWith('response.') === true
  if (
    isResponse ||
    (asked?.input !== undefined && asked.messages === undefined && said.choices === undefined)
  ) {
    return 'openai-responses'
  }
  return said.choices === undefined && asked?.max_tokens !== undefined && typeof asked.system === 'string'
    ? 'anthropic-messages'
    : 'openai-chat'
}

function readRequestBody(asked: JsonObject, said: JsonObject): Draft {
  const facts = shapeNamed(shapeOf(asked, said)).inspectRequest(asked)
  const tools = asked.tools ?? asked.functions
  return {
    ...(typeof asked.model === 'string' && asked.model !== '' ? { model: asked.model } : {}),
    stream: facts.isStream,
    toolsOffered: facts.offeredTools?.length ?? (Array.isArray(tools) ? tools.length : 0),
    ...(Array.isArray(tools) && tools.length > 0 ? { tools } : {}),
    ...(facts.endUser === null ? {} : { endUser: facts.endUser }),
    signs: { hasToolResultsInInput: facts.hasToolResults, systemPrompt: systemPromptOf(facts) },
  }
}

function readAnswerBody(
  shape: ApiShape,
  { answered, stream, said }: { answered: JsonObject | null; stream: string | null; said: JsonObject },
): Draft {
  if (stream === null && (answered === null || Object.keys(answered).length === 0)) return {}
  const facts = stream === null ? factsOfBody(shape, answered) : factsOfStream(shape, stream)
  const model = said.model ?? said.modelVersion ?? objectOf(said.message ?? said.response).model
  return {
    ...(typeof model === 'string' && model !== '' ? { model } : {}),
    ...draftOfFacts(facts),
    ...(stream === null ? {} : { stream: true }),
  }
}

function factsOfBody(shape: ApiShape, body: unknown): AnswerFacts {
  return factsOfAnswer(shapeNamed(shape).readAnswer(body))
}

function factsOfStream(shape: ApiShape, text: string): AnswerFacts {
  const observer = createObserver()
  for (const event of eventsOfText(text, shapeNamed(shape).createReader())) observer.push(event)
  return observer.facts()
}

function draftOfFacts(facts: AnswerFacts): Draft {
  const { usage } = facts
  const finishReason = facts.finishReason ?? (facts.toolCalls.length > 0 ? 'tool_calls' : null)
  const isFailure = facts.problem !== null && !facts.hasOutput && finishReason === null
  return {
    ...(usage === null
      ? {}
      : {
          promptTokens: usage.promptTokens,
          cachedTokens: usage.cachedTokens,
          cacheWriteTokens: usage.cacheWriteTokens,
          completionTokens: usage.completionTokens,
          reasoningTokens: usage.reasoningTokens,
          ...(usage.reportedCostUsd === null ? {} : { costUsd: usage.reportedCostUsd }),
        }),
    ...(finishReason === null ? {} : { finishReason }),
    // An answer without a finish reason or output is one that was not kept, not one without calls.
    ...(facts.hasOutput || finishReason !== null ? { toolCalls: facts.toolCalls.map(wireCall) } : {}),
    ...(isFailure && facts.problemCode != null
      ? { errorClass: errorClassFromErrorType(facts.problemCode) ?? undefined }
      : {}),
  }
}

/** A call as our own wire record has it. */
export function wireCall(call: RawToolCall): NonNullable<Draft['toolCalls']>[number] {
  const value = call.arguments ?? call.argumentsValue
  const isKept = typeof value === 'string' || isObject(value)
  return { name: call.name.slice(0, 300) || 'unnamed', ...(isKept ? { arguments: value } : {}) }
}
