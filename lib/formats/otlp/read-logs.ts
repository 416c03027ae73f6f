import { decodeOtlpLogs } from './decode-logs'
import { isRecord } from './dialects/structures'
import { CONTENT_EVENTS, EVENT_BODY } from './read-tools'
import type { AttributeValue, OtlpEncoding, OtlpEvent, OtlpLogRecord } from './schema'
import { textOf } from './span-attributes'
import { rememberEvents, type TraceMemory } from './trace-memory'

/**
 * Takes the body of an OTLP/HTTP logs request: records that hold the content of a model's call are kept in `memory` for
 * the span that they name, which comes after them since it ends last; everything else is no business of ours. Throws
 * as `readOtlpTraces` does. Source: the events of the OpenTelemetry GenAI semantic conventions, 1.28 and later, which
 * @opentelemetry/instrumentation-openai sends as log records.
 */
export function takeOtlpLogs(input: {
  contentType: OtlpEncoding
  body: Uint8Array
  receivedAtMs: number
  memory: TraceMemory
}): void {
  const records = decodeOtlpLogs(input.body, input.contentType)
  const bytes = input.body.length / Math.max(1, records.length)
  const events = records
    .map((record) => ({ ...record, event: toEvent(record), bytes }))
    .filter(({ event, traceId, spanId }) => CONTENT_EVENTS.has(event.name) && traceId !== '' && spanId !== '')
  rememberEvents(input.memory, events, input.receivedAtMs)
}

/** A log record as an event of its span. Before events had a name of their own it was an attribute. */
function toEvent({ name, attributes, body }: OtlpLogRecord): OtlpEvent {
  const all = new Map<string, AttributeValue>(attributes)
  if (body !== null) all.set(EVENT_BODY[0], body)
  if (isRecord(body)) for (const [key, value] of Object.entries(body)) if (!all.has(key)) all.set(key, value)
  return { name: name || (textOf(attributes, ['event.name'], 100) ?? ''), attributes: all }
}
