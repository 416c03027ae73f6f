import type { JsonObject } from '../../platform/json-value'
import { callIdFor } from '../call-id'
import { flatToolName } from '../flat-tools'
import type { Answer, MediaPart, OutputPart, ReasoningPart, ToolCallEvent, ToolCallPart } from '../hub'
import type { AnswerIdentity, WriterOptions } from '../shape'
import { writePart } from './content-parts'
import { writeDetail } from './reasoning-details'
import { writeUsage } from './token-usage'
import { extraContent } from './write-messages'

/**
 * An answer as a chat completion under our own id and model name. Reasoning stands in `reasoning`, and with what it
 * needs to go back in OpenRouter's `reasoning_details`. Usage is left out when the provider gave none. Source:
 * ChatCompletion of OpenAI's API reference.
 */
export function writeAnswer(answer: Answer, { identity }: WriterOptions): JsonObject {
  const { parts, finishReason, nativeFinishReason, usage, serviceTier } = answer
  const calls = parts.filter((part) => part.type === 'tool_call')
  const text = textOfParts(parts, 'text')
  const refusal = textOfParts(parts, 'refusal')
  const annotations = parts.flatMap((part) => (part.type === 'text' ? part.annotations : []))
  const images = parts.filter((part): part is MediaPart => part.type === 'image')
  return {
    id: identity.id,
    object: 'chat.completion',
    created: identity.createdSeconds,
    model: identity.model,
    system_fingerprint: null,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text === '' && calls.length > 0 ? null : text,
          refusal: refusal === '' ? null : refusal,
          ...writeReasoning(parts),
          ...(calls.length === 0
            ? {}
            : { tool_calls: calls.map((call, index) => writeCall(call, index, identity)) }),
          ...(annotations.length === 0 ? {} : { annotations }),
          ...(images.length === 0 ? {} : { images: writeImages(images) }),
        },
        logprobs: null,
        finish_reason: finishReasonFor(finishReason, calls.length > 0),
        native_finish_reason: nativeFinishReason,
      },
    ],
    ...(serviceTier === null ? {} : { service_tier: serviceTier }),
    ...(usage === null ? {} : { usage: writeUsage(usage) }),
  }
}

/** OpenAI's clients know these reasons only. A paused turn is a stop: the caller may send it on. */
export function finishReasonFor(reason: string | null, hasCalls: boolean): string {
  if (reason === 'length' || reason === 'content_filter' || reason === 'tool_calls') return reason
  return reason === null && hasCalls ? 'tool_calls' : 'stop'
}

/**
 * The name and id of a call; Gemini's thought signature stands beside them and, for clients that keep nothing else, in
 * the id. A call without an id gets one of the answer's.
 */
export function writeCallHead(
  call: ToolCallPart | ToolCallEvent,
  index: number,
  { id: answerId }: AnswerIdentity,
): { head: JsonObject; extra: JsonObject; name: string } {
  const { id, thoughtSignature, isCustom } = call
  const given = id === '' ? `call_${answerId}_${index}` : id
  return {
    head: { id: callIdFor({ id: given, thoughtSignature }), type: isCustom ? 'custom' : 'function' },
    extra: thoughtSignature === null ? {} : { extra_content: extraContent(thoughtSignature) },
    name: flatToolName(call),
  }
}

/** Pictures as OpenRouter gives them. */
export function writeImages(images: readonly MediaPart[]): JsonObject[] {
  return images.map((image) => writePart({ ...image, detail: null }))
}

function textOfParts(parts: readonly OutputPart[], type: 'text' | 'refusal'): string {
  return parts.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('')
}

function writeReasoning(parts: readonly OutputPart[]): JsonObject {
  const reasoning = parts.filter((part): part is ReasoningPart => part.type === 'reasoning')
  if (reasoning.length === 0) return {}
  const text = reasoning.map((part) => (part.kind === 'encrypted' ? '' : part.text)).join('')
  return { reasoning: text === '' ? null : text, reasoning_details: reasoning.map(writeDetail) }
}

function writeCall(call: ToolCallPart, index: number, identity: AnswerIdentity): JsonObject {
  const { head, extra, name } = writeCallHead(call, index, identity)
  const called = call.isCustom
    ? { custom: { name, input: call.arguments } }
    : { function: { name, arguments: call.arguments } }
  return { ...head, ...called, ...extra }
}
