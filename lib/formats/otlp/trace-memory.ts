import { FIELD_NAMES } from './dialects/registry'
import type { Attributes, AttributeValue, OtlpEvent, ResourceSpans } from './schema'
import { firstOf } from './span-attributes'
import type { UnderstoodSpan } from './understand-span'

/**
 * What a process remembers of recent traces, since one trace comes in several exports and in any order: which spans lie
 * above which, which of them are recorded, and content that came before its span. Bounded in time, spans and events.
 */
export type TraceMemory = {
  traces: Map<string, RememberedTrace>
  spans: number
  eventBytes: number
}

type RememberedTrace = {
  seenAtMs: number
  spans: Map<string, UnderstoodSpan>
  events: Map<string, OtlpEvent[]>
  eventBytes: number
}

/** Batch exporters send every five seconds; an agent's run may take minutes. */
const KEPT_MS = 600_000
/** About half a kilobyte each. */
const MAX_SPANS = 50_000
const MAX_EVENT_BYTES = 32 * 1024 * 1024
const MAX_EVENTS_PER_SPAN = 200

/** A memory of no traces. */
export function createTraceMemory(): TraceMemory {
  return { traces: new Map(), spans: 0, eventBytes: 0 }
}

/** The remembered spans of the traces that these spans are of, without those that come again with them. */
export function recallSpans(memory: TraceMemory, spans: readonly UnderstoodSpan[]): UnderstoodSpan[] {
  const fresh = new Set(spans.map(({ span }) => `${span.traceId}:${span.spanId}`))
  const traceIds = new Set(spans.map(({ span }) => span.traceId))
  return [...traceIds].flatMap((traceId) =>
    [...(memory.traces.get(traceId)?.spans.values() ?? [])].filter(
      ({ span }) => !fresh.has(`${span.traceId}:${span.spanId}`),
    ),
  )
}

/** The external id of the record that tells of a span of this id already; undefined without one. */
export function recordedAs(memory: TraceMemory | null, { span }: UnderstoodSpan): string | undefined {
  return memory?.traces.get(span.traceId)?.spans.get(span.spanId)?.recordedAs
}

/**
 * Remembers spans, each with the record that tells of it (`told`). Gives what takes those notes back when the records
 * could not be committed: their sender sends them again.
 */
export function rememberSpans(
  memory: TraceMemory,
  spans: readonly UnderstoodSpan[],
  { told, nowMs }: { told: ReadonlyMap<UnderstoodSpan, string>; nowMs: number },
): () => void {
  const noted: UnderstoodSpan[] = []
  for (const one of spans) {
    const { traceId, spanId } = one.span
    if (traceId === '' || spanId === '') continue
    const trace = touch(memory, traceId, nowMs)
    const known = trace.spans.get(spanId)
    if (known === undefined) memory.spans += 1
    const record = known?.recordedAs ?? told.get(one)
    const kept = { ...slim(one), ...(record === undefined ? {} : { recordedAs: record }) }
    if (record !== undefined && known?.recordedAs === undefined) noted.push(kept)
    trace.spans.set(spanId, kept)
    forgetEvents(memory, trace, spanId)
  }
  prune(memory, nowMs)
  return () => {
    for (const one of noted) delete one.recordedAs
  }
}

/** Keeps content events for spans that come later; those of spans that came before are too late. */
export function rememberEvents(
  memory: TraceMemory,
  events: readonly { traceId: string; spanId: string; event: OtlpEvent; bytes: number }[],
  nowMs: number,
): void {
  for (const { traceId, spanId, event, bytes } of events) {
    const trace = touch(memory, traceId, nowMs)
    if (trace.spans.has(spanId)) continue
    const known = trace.events.get(spanId) ?? []
    if (known.length >= MAX_EVENTS_PER_SPAN) continue
    known.push(event)
    trace.events.set(spanId, known)
    trace.eventBytes += bytes
    memory.eventBytes += bytes
  }
  prune(memory, nowMs)
}

/** The spans with the content events that came before them. */
export function withRememberedEvents(
  memory: TraceMemory,
  resourceSpans: readonly ResourceSpans[],
): ResourceSpans[] {
  return resourceSpans.map(({ resource, spans }) => ({
    resource,
    spans: spans.map((span) => {
      const events = memory.traces.get(span.traceId)?.events.get(span.spanId)
      return events === undefined ? span : { ...span, events: [...span.events, ...events] }
    }),
  }))
}

/** The trace, as the one that was seen last. */
function touch(memory: TraceMemory, traceId: string, nowMs: number): RememberedTrace {
  const known = memory.traces.get(traceId)
  const trace = known ?? { seenAtMs: nowMs, spans: new Map(), events: new Map(), eventBytes: 0 }
  trace.seenAtMs = nowMs
  memory.traces.delete(traceId)
  memory.traces.set(traceId, trace)
  return trace
}

function forgetEvents(memory: TraceMemory, trace: RememberedTrace, spanId: string): void {
  trace.events.delete(spanId)
  if (trace.events.size > 0) return
  memory.eventBytes -= trace.eventBytes
  trace.eventBytes = 0
}

/** Forgets the traces that were seen longest ago. */
function prune(memory: TraceMemory, nowMs: number): void {
  for (const [traceId, trace] of memory.traces) {
    const isOld = trace.seenAtMs < nowMs - KEPT_MS
    if (!isOld && memory.spans <= MAX_SPANS && memory.eventBytes <= MAX_EVENT_BYTES) return
    memory.traces.delete(traceId)
    memory.spans -= trace.spans.size
    memory.eventBytes -= trace.eventBytes
  }
}

/** What joining looks at, without content. */
function slim(one: UnderstoodSpan): UnderstoodSpan {
  const attributes = new Map<string, AttributeValue>()
  keep(attributes, one.attributes, FIELD_NAMES.responseId)
  keep(attributes, one.attributes, FIELD_NAMES.promptTokens)
  keep(attributes, one.attributes, FIELD_NAMES.completionTokens)
  return { ...one, attributes, span: { ...one.span, attributes, events: [], statusMessage: '' } }
}

function keep(slimmed: Map<string, AttributeValue>, attributes: Attributes, names: readonly string[]): void {
  const [name] = names
  const value = firstOf(attributes, names)
  if (name === undefined || value === null || typeof value === 'object') return
  slimmed.set(name, typeof value === 'string' ? value.slice(0, 200) : value)
}
