import type { FieldError } from '../../platform/errors'
import { isObject, type JsonObject, objectOf } from '../../platform/json-value'
import { httpStatusInText } from '../../records/http-status-in-text'
import { failureOf } from '../failure'
import type { Draft, Format, FormatMemory, ReadContext, Reading } from '../format'
import { readProviderBodies } from '../provider-bodies'
import { readFields } from '../read-fields'
import { known, msBetween, settle } from '../reading'
import { UNREADABLE, unlessUnreadable } from '../unreadable'
import { langfuseEvent, langfuseObservation } from './schema'
import { readUsage } from './usage'

const MAX_REMEMBERED_CALLS = 500
const MAX_DEPTH = 50

/** Langfuse's ingestion API and its observations. The README of this folder has the source of each field. */
export const langfuse: Format = {
  label: 'Langfuse',
  recognises: (element) =>
    langfuseEvent.safeParse(element).success || langfuseObservation.safeParse(element).success,
  unwrap: ({ batch, data }) => [batch, data].find((list): list is unknown[] => Array.isArray(list)) ?? null,
  read: readEvents,
}

/** Start and end may come in different events, so that they are kept until both are there. */
type Times = Partial<Record<'endedAt' | 'firstAt' | 'eventAt', string>>
type Part = { draft: Draft; times: Times; errors?: FieldError[] }
/** What is known of a generation so far. Updates stand over what created it, whichever came first. */
type Generation = {
  created: Part
  updated: Part
  /** What could not be read of the events of this body. */
  errors: FieldError[]
  index: number
  trace: string | null
  parent: string | null
}
type Trace = { draft: Draft; calls: string[] }
type Node = { isAgent: boolean; parent: string | null }
type Event = { kind: string; isUpdate: boolean; body: JsonObject; index: number }

function* readEvents(elements: readonly unknown[], context: ReadContext): Generator<Reading> {
  const events: Event[] = []
  for (const [index, element] of elements.entries()) {
    const event = toEvent(element, index)
    if ('errors' in event) yield event
    else events.push(event)
  }
  const { memory } = context
  // Traces and parents first, since they may stand behind what they are of.
  const touched = new Set<string>()
  for (const event of events) takeStructure(event, memory, touched)
  const seen = new Map<string, Generation>()
  for (const event of events) {
    const id = isCall(event) ? readFields(event.body).text(256, 'id') : undefined
    if (id !== undefined) {
      const generation = unlessUnreadable(() => takeCall(event, id, seen.get(id), context))
      if (generation === null) yield { index: event.index, errors: [UNREADABLE] }
      else seen.set(id, generation)
    } else if (isCall(event)) {
      yield {
        index: event.index,
        errors: [{ path: 'body.id', message: 'expected the id of the generation' }],
      }
    } else yield { index: event.index, ignored: `${event.kind} is no request` }
  }
  for (const id of touched) {
    const generation = seen.has(id) ? null : toGeneration(memory.get(`call:${id}`))
    if (generation) seen.set(id, { ...generation, index: events[0]?.index ?? 0 })
  }
  for (const [id, generation] of seen) {
    memory.set(`call:${id}`, withoutTools(generation))
    yield settle(generation.index, draftOf(id, generation, memory), generation)
  }
}

function toEvent(element: unknown, index: number): Event | Extract<Reading, { errors: unknown }> {
  // What nearly all are, told without the schema's cost on a path that thousands take each second.
  if (
    isObject(element) &&
    typeof element.id === 'string' &&
    typeof element.type === 'string' &&
    isObject(element.body)
  ) {
    return eventOf(element.type, element.body, element.timestamp, index)
  }
  const observation = langfuseObservation.safeParse(element)
  if (observation.success && !isObject(objectOf(element).body)) {
    return { kind: observation.data.type.toLowerCase(), isUpdate: false, body: observation.data, index }
  }
  const event = langfuseEvent.safeParse(element)
  if (!event.success) {
    const id = objectOf(element).id
    const errors = event.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
    return { index, ...(typeof id === 'string' ? { id } : {}), errors }
  }
  const { type, body, timestamp } = event.data
  return eventOf(type, body, timestamp, index)
}

function eventOf(type: string, body: JsonObject, timestamp: unknown, index: number): Event {
  const [, kind = type, verb] = /^(.*)-(create|update)$/.exec(type) ?? []
  const own = kind === 'observation' && typeof body.type === 'string' ? body.type.toLowerCase() : kind
  return { kind: own, isUpdate: verb === 'update', body: { ...body, eventTimestamp: timestamp }, index }
}

function isCall({ kind }: Event): boolean {
  return kind === 'generation' || kind === 'embedding'
}

function takeStructure({ kind, body }: Event, memory: FormatMemory, touched: Set<string>): void {
  const fields = readFields(body)
  const id = fields.text(256, 'id')
  if (id === undefined) return
  if (kind === 'trace') {
    const before = toTrace(memory.get(`trace:${id}`))
    const draft = known({
      endUser: fields.text(256, 'userId'),
      sessionId: fields.text(256, 'sessionId'),
      app: fields.text(200, 'name'),
    })
    memory.set(`trace:${id}`, { calls: before.calls, draft: { ...before.draft, ...draft } })
    for (const call of before.calls) touched.add(call)
  } else if (kind !== 'score' && kind !== 'sdk-log') {
    const before = toNode(memory.get(`node:${id}`))
    const parent = fields.text(256, 'parentObservationId') ?? before.parent
    memory.set(`node:${id}`, { isAgent: before.isAgent || kind === 'agent', parent })
  }
}

function takeCall(
  event: Event,
  id: string,
  inBody: Generation | undefined,
  { zone, memory }: ReadContext,
): Generation {
  const fields = readFields(event.body)
  const before = inBody ?? toGeneration(memory.get(`call:${id}`))
  const trace = fields.text(256, 'traceId') ?? before?.trace ?? null
  const own = readCall(event, zone)
  const { created = NOTHING, updated = NOTHING } = before ?? {}
  if (trace !== null) noteCall(trace, id, memory)
  return {
    created: event.isUpdate ? created : overlaid(created, own),
    updated: event.isUpdate ? overlaid(updated, own) : updated,
    errors: [...(inBody?.errors ?? []), ...(own.errors ?? [])],
    index: event.index,
    trace,
    parent: fields.text(256, 'parentObservationId') ?? before?.parent ?? null,
  }
}

const NOTHING: Part = { draft: {}, times: {} }

function overlaid(below: Part, above: Part): Part {
  return { draft: { ...below.draft, ...above.draft }, times: { ...below.times, ...above.times } }
}

function noteCall(trace: string, id: string, memory: FormatMemory): void {
  const before = toTrace(memory.get(`trace:${trace}`))
  if (before.calls.includes(id) || before.calls.length >= MAX_REMEMBERED_CALLS) return
  memory.set(`trace:${trace}`, { ...before, calls: [...before.calls, id] })
}

function readCall({ kind, body }: Event, zone: string | null): Part {
  const fields = readFields(body, zone)
  const hasFailed = fields.text(20, 'level') === 'ERROR'
  const message = fields.text(300, 'statusMessage')
  const httpStatus = httpStatusInText(message ?? null) ?? undefined
  const { model: _, stream, ...bodies } = readBodies(body)
  const [endedAt, firstAt, eventAt] = ['endTime', 'completionStartTime', 'eventTimestamp'].map((name) =>
    fields.time(name),
  )
  return {
    draft: known({
      ...bodies,
      stream: stream || undefined,
      ...readUsage(body),
      startedAt: fields.time('startTime'),
      model: fields.text(200, 'model', 'providedModelName', 'modelId'),
      operation: kind === 'embedding' ? 'embedding' : undefined,
      ...(hasFailed ? { errorClass: failureOf(httpStatus, message), httpStatus } : {}),
    }),
    errors: fields.errors.map(({ path, message }) => ({ path: `body.${path}`, message })),
    times: { ...(endedAt && { endedAt }), ...(firstAt && { firstAt }), ...(eventAt && { eventAt }) },
  }
}

/** Messages and answer as far as Langfuse's wrappers keep them in their provider's shape. */
function readBodies(body: JsonObject): Draft {
  const { input, output } = body
  const parameters = objectOf(body.modelParameters)
  const isWhole = isObject(input) && (input.messages !== undefined || input.tools !== undefined)
  const isList = Array.isArray(input)
  const request = isWhole
    ? { ...parameters, ...input }
    : isList
      ? { ...parameters, messages: input }
      : undefined
  const isMessage = isObject(output) && (output.role !== undefined || output.tool_calls !== undefined)
  const response =
    isMessage && output.type === undefined
      ? { choices: [{ message: output }] }
      : isObject(output)
        ? output
        : undefined
  const { toolsOffered, endUser: _, ...rest } = readProviderBodies({ request, response })
  // A list of messages says nothing of the tools that were sent beside it.
  return known({ ...rest, ...(isWhole || Array.isArray(parameters.tools) ? { toolsOffered } : {}) })
}

function draftOf(id: string, { created, updated, trace, parent }: Generation, memory: FormatMemory): Draft {
  const {
    draft,
    times: { endedAt, firstAt, eventAt },
  } = overlaid(created, updated)
  const own = draft.startedAt
  const startedAt = own ?? firstAt ?? endedAt ?? eventAt
  return {
    ...(trace === null ? {} : toTrace(memory.get(`trace:${trace}`)).draft),
    ...draft,
    ...known({
      id,
      startedAt,
      durationMs: own === undefined ? undefined : msBetween(own, endedAt),
      timeToFirstTokenMs: own === undefined ? undefined : msBetween(own, firstAt),
    }),
    ...(firstAt === undefined ? {} : { stream: true }),
    signs: { ...draft.signs, hasAgentSpanAncestor: isUnderAgent(parent, memory) },
  }
}

function isUnderAgent(parent: string | null, memory: FormatMemory): boolean {
  let above = parent
  for (let depth = 0; above !== null && depth < MAX_DEPTH; depth += 1) {
    const node = toNode(memory.get(`node:${above}`))
    if (node.isAgent) return true
    above = node.parent
  }
  return false
}

/** Schemas of tools are the largest part and were checked when they came. */
function withoutTools(generation: Generation): Generation {
  const without = ({ draft: { tools: _, ...draft }, times }: Part): Part => ({ draft, times })
  return {
    ...generation,
    created: without(generation.created),
    updated: without(generation.updated),
    errors: [],
  }
}

function toGeneration(value: unknown): Generation | null {
  return isObject(value) ? (value as Generation) : null
}

function toTrace(value: unknown): Trace {
  return isObject(value) ? (value as Trace) : { draft: {}, calls: [] }
}

function toNode(value: unknown): Node {
  return isObject(value) ? (value as Node) : { isAgent: false, parent: null }
}
