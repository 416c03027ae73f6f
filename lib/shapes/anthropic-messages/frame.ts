import { isObject, type JsonObject, textOf } from '../../platform/json-value'
import { encodeSse } from '../../platform/sse/encode-sse'
import { stringifyWire } from '../../platform/wire-json'
import { normalizeFinishReason } from '../../records/finish-reason'
import type { AnswerEnd, AnswerIdentity } from '../shape'
import { withCost } from '../stamp-answer'

/** What every message begins with; `stop_reason` is still open. */
export function messageFrame({ id, model }: AnswerIdentity): JsonObject {
  return {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    container: null,
  }
}

/** An event as it goes over the wire, its name beside it. */
export function encodeEvent(event: JsonObject): string {
  return encodeSse({ event: textOf(event.type), data: stringifyWire(event) })
}

/** A piece of a block, as `encodeEvent` writes it; `type` and `field` are those of its delta. */
export function encodeDelta(index: number, type: string, field: string, text: string): string {
  const delta = `{"type":"${type}","${field}":${JSON.stringify(text)}}`
  return `event: content_block_delta\ndata: {"type":"content_block_delta","index":${index},"delta":${delta}}\n\n`
}

/** How a message stopped, in Anthropic's words; `refusal` holds the words of one, empty for none. */
export function stopFields(finishReason: string | null, hasCalls: boolean, refusal: string): JsonObject {
  return {
    stop_reason: refusal === '' ? stopReasonFor(finishReason, hasCalls) : 'refusal',
    stop_sequence: null,
    stop_details: refusal === '' ? null : { type: 'refusal', category: null, explanation: refusal },
  }
}

/** `message_start` under our id, with the provider that answers; other events as they are. */
export function withIdentity(event: JsonObject, { id, model, providerName }: AnswerIdentity): JsonObject {
  const message = isObject(event.message) ? event.message : {}
  return { ...event, message: { ...message, id, model, provider: providerName } }
}

/** `message_delta` with cost and metadata; other events as they are. */
export function withEnd(event: JsonObject, { costUsd, metadata }: AnswerEnd): JsonObject {
  if (event.type !== 'message_delta') return event
  const usage = isObject(event.usage) ? { usage: withCost(event.usage, costUsd) } : {}
  return { ...event, ...usage, ...(metadata === null ? {} : { openrouter_metadata: metadata }) }
}

function stopReasonFor(reason: string | null, hasCalls: boolean): string {
  const normalised = normalizeFinishReason(reason)
  if (normalised === 'length') return 'max_tokens'
  if (normalised === 'content_filter') return 'refusal'
  return hasCalls || normalised === 'tool_calls' ? 'tool_use' : 'end_turn'
}
