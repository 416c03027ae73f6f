import { estimateCostMicroUsd } from '../../catalog/price'
import { classifyCaller } from '../../records/caller-kind'
import { addRecordSteps, type CheckBudget, createCheckBudget } from '../../records/check-budget'
import { usdToMicroUsd } from '../../records/cost'
import { normalizeFinishReason } from '../../records/finish-reason'
import { canonicalModel } from '../../records/model-name'
import { recordId } from '../../records/record-id'
import { RECORD_LIMITS } from '../../records/record-limits'
import type { RequestRecord } from '../../records/request-record'
import { USE_CASE_LIMITS } from '../../records/use-case'
import { FIELD_NAMES } from './dialects/registry'
import { canonicalProvider } from './provider-name'
import { readFinishReason } from './read-finish-reason'
import { readSpanTools, type SpanTools } from './read-tools'
import { readUsage, type SpanUsage } from './read-usage'
import type { Attributes, OtlpSpan, ResourceSpans } from './schema'
import { type RequestSpan, responseIdOf, selectRequestSpans } from './select-requests'
import { firstOf, numberOf, textOf } from './span-attributes'
import { readOutcome } from './span-outcome'
import {
  recallSpans,
  recordedAs,
  rememberSpans,
  type TraceMemory,
  withRememberedEvents,
} from './trace-memory'
import { type UnderstoodSpan, understandSpan } from './understand-span'
import { findUnread, type UnreadSpans } from './unread-spans'

/** A span that should have been a record, by its place among all spans of the export, and why it is none. */
export type RejectedSpan = { index: number; message: string }

export type OtlpRecords = {
  records: RequestRecord[]
  rejected: RejectedSpan[]
  /** Of spans that were no call, those that are in no words that are known here. */
  unread: UnreadSpans[]
  /** Takes back what was remembered of these records, when they could not be committed. */
  forget: () => void
}

const nothingToForget = () => {}
const DEFAULT_SOURCE = 'otlp'
const MAX_ID_LENGTH = 100

/**
 * One record for each call of a model. Other spans are ignored; a call whose time or ids cannot be true is rejected with
 * the reason, any other value that cannot be true is unknown, and the rest of the export is kept. Pure; `receivedAtMs`
 * bounds the times that are taken. With a `memory`, a call that an earlier export told of is not told again. Never
 * throws. The README of this folder has the source of each field.
 */
export function toRecords(input: {
  resourceSpans: readonly ResourceSpans[]
  receivedAtMs: number
  memory: TraceMemory | null
}): OtlpRecords {
  const { memory, receivedAtMs } = input
  const resourceSpans = memory ? withRememberedEvents(memory, input.resourceSpans) : input.resourceSpans
  const resources = resourceSpans.flatMap(({ resource, spans }) => spans.map(() => resource))
  const understood = resourceSpans.flatMap(({ spans }) => spans.map(understandSpan))
  const indexOf = new Map(understood.map((one, index) => [one, index]))
  const recalled = memory ? recallSpans(memory, understood) : []
  const requests = selectRequestSpans([...recalled, ...understood])
  const records: RequestRecord[] = []
  const rejected: RejectedSpan[] = []
  const told = new Map<UnderstoodSpan, string>()
  const used = new Set(recalled.flatMap((one) => one.recordedAs ?? []))
  const budget = createCheckBudget()
  for (const request of requests) {
    const index = request.views.map((one) => indexOf.get(one)).find((place) => place !== undefined)
    let externalId = request.views.map((one) => recordedAs(memory, one)).find((id) => id !== undefined)
    if (externalId === undefined && index !== undefined) {
      addRecordSteps(budget)
      const resource = resources[index] ?? new Map()
      const result = toRecord({ request, resource, used, receivedAtMs, budget })
      if (typeof result === 'string') rejected.push({ index, message: result })
      else {
        records.push(result)
        externalId = result.externalId
      }
    }
    if (externalId === undefined) continue
    used.add(externalId)
    for (const one of request.views) told.set(one, externalId)
  }
  const forget = memory ? rememberSpans(memory, understood, { told, nowMs: receivedAtMs }) : nothingToForget
  const unread = findUnread(
    understood.map((one, index) => ({ one, resource: resources[index] ?? new Map() })),
  )
  return { records, rejected, unread, forget }
}

type Found = { request: RequestSpan; resource: Attributes; budget: CheckBudget; used: ReadonlySet<string> }

/** The record, or why there is none. */
function toRecord({ receivedAtMs, ...found }: Found & { receivedAtMs: number }): RequestRecord | string {
  const { call } = found.request
  const { span } = call
  const externalId = externalIdOf(call, found.used)
  if (externalId === null) return 'The span has no trace id or no span id.'
  const startedAtMs = Number(span.startTimeUnixNano / 1_000_000n)
  if (startedAtMs === 0) return 'The span has no start time.'
  if (startedAtMs < RECORD_LIMITS.earliestStartMs) return 'The span starts before 2020.'
  if (startedAtMs > receivedAtMs + RECORD_LIMITS.maxAheadMs)
    return 'The span starts more than one hour ahead of the server.'
  return buildRecord({ ...found, externalId, startedAtMs })
}

type Known = Found & { externalId: string; startedAtMs: number }

function buildRecord({ request, resource, budget, externalId, startedAtMs }: Known): RequestRecord {
  const { span, attributes, operation } = request.call
  const usage = readUsage(attributes)
  const { source, app } = readSource(attributes, resource)
  const provider = readProvider(attributes)
  const { model, requestedModel } = readModels(attributes, provider)
  const tools = readSpanTools({ attributes, events: span.events }, budget)
  const finishReason =
    normalizeFinishReason(readFinishReason(attributes) ?? tools.messageFinishReason) ??
    // Streams of some SDKs end without a reason; an answer that calls tools has ended by that.
    ((tools.toolCalls?.length ?? 0) > 0 ? 'tool_calls' : null)
  const timeToFirstTokenMs = readTimeToFirstToken(attributes)
  const cost = readCost({ usage, model, provider, startedAtMs })
  const outcome = readOutcome({
    span,
    attributes,
    finishReason,
    hasFirstToken: timeToFirstTokenMs !== null,
    hasAnswer: finishReason !== null || (usage.tokens.completionTokens ?? 0) > 0,
  })
  return {
    id: recordId({ source, externalId }),
    source,
    externalId,
    startedAtMs,
    operation,
    app,
    endUser: textOf(attributes, FIELD_NAMES.endUser, 256) ?? textOf(resource, FIELD_NAMES.endUser, 256),
    sessionId: textOf(attributes, FIELD_NAMES.sessionId, 256) ?? textOf(resource, FIELD_NAMES.sessionId, 256),
    requestedModel,
    model,
    preset: null,
    presetVersion: null,
    useCase: readUseCase(attributes, resource),
    stream: readStream(attributes, timeToFirstTokenMs),
    ...readCaller({ request, tools, finishReason, app }),
    ...usage.tokens,
    promptParts: null,
    ...cost,
    finishReason,
    toolsOffered: tools.toolsOffered,
    toolCalls: tools.toolCalls,
    attempts: [
      {
        provider,
        startedAtMs,
        ...outcome,
        timeToFirstTokenMs,
        durationMs: readDuration(span),
        finishReason,
        toolCalls: tools.toolCalls,
        costMicroUsd: cost.costMicroUsd,
      },
    ],
    useCaseSignals: { toolNames: tools.toolNames, systemPrompt: tools.systemPrompt },
  }
}

function readCaller(input: {
  request: RequestSpan
  tools: SpanTools
  finishReason: string | null
  app: string | null
}) {
  const { request, tools, finishReason, app } = input
  const { attributes } = request.call
  return classifyCaller({
    declared: null,
    hasToolResultsInInput: tools.hasToolResultsInInput,
    toolsOffered: tools.toolsOffered,
    finishReason,
    app,
    userAgent: textOf(attributes, FIELD_NAMES.userAgent, 300),
    hasAgentSpanAncestor:
      request.hasAgentSpanAncestor || textOf(attributes, FIELD_NAMES.agentName, 100) !== null,
  })
}

/**
 * The trace with the provider's id of the response, which all views of one call share, else, or where another call of the
 * trace has it (`used`), with the span's id; ids that are no hex stay as they are, too long ones are hashed. Null when one
 * is missing.
 */
function externalIdOf(
  { span: { traceId, spanId }, attributes }: UnderstoodSpan,
  used: ReadonlySet<string>,
): string | null {
  if (isMissingId(traceId) || isMissingId(spanId)) return null
  const own = `${shortId(traceId)}:${shortId(spanId)}`
  const responseId = responseIdOf(attributes)
  const shared = responseId === null ? own : `${shortId(traceId)}:${shortId(responseId)}`
  return used.has(shared) ? own : shared
}

/** The specification calls ids of nothing but zeros invalid. */
function isMissingId(id: string): boolean {
  return /^0*$/.test(id)
}

function shortId(id: string): string {
  const isPlain = id.length <= MAX_ID_LENGTH && !id.includes('\0')
  return isPlain ? id : recordId({ source: 'otlp-id', externalId: id })
}

/** `unknown_service…` is what SDKs write when the operator named nothing. */
function readSource(attributes: Attributes, resource: Attributes): { source: string; app: string | null } {
  const serviceName = textOf(resource, ['service.name'], 100)
  const service = serviceName?.startsWith('unknown_service') ? null : serviceName
  const names = FIELD_NAMES.app
  const app = textOf(attributes, names, 200) ?? textOf(resource, names, 200) ?? service
  return { source: service ?? DEFAULT_SOURCE, app }
}

function readUseCase(attributes: Attributes, resource: Attributes): string | null {
  const names = ['sightglass.use_case']
  return (
    textOf(attributes, names, USE_CASE_LIMITS.nameLength) ??
    textOf(resource, names, USE_CASE_LIMITS.nameLength)
  )
}

function readProvider(attributes: Attributes): string | null {
  const name = textOf(attributes, FIELD_NAMES.provider, 100)
  return name === null ? null : canonicalProvider(name)
}

/** The served model when the span tells it, else the asked one, which is kept beside it where it differs. */
function readModels(attributes: Attributes, provider: string | null) {
  const asked = textOf(attributes, FIELD_NAMES.requestModel, 200)
  const answered = textOf(attributes, FIELD_NAMES.responseModel, 200)
  // A gateway answers `author/slug` with the bare slug: the author is the one that was asked for.
  const isSame = answered === null || asked?.toLowerCase().endsWith(`/${answered.toLowerCase()}`)
  const served = isSame ? asked : answered
  const model = canonicalModel({ model: served ?? 'unknown', provider })
  return { model, requestedModel: asked !== null && asked !== served ? asked : null }
}

function readStream(attributes: Attributes, timeToFirstTokenMs: number | null): boolean | null {
  const flag = firstOf(attributes, FIELD_NAMES.stream)
  if (typeof flag === 'boolean') return flag
  if (flag === 'true' || flag === 'false') return flag === 'true'
  return timeToFirstTokenMs === null ? null : true
}

function readTimeToFirstToken(attributes: Attributes): number | null {
  const seconds = numberOf(attributes, FIELD_NAMES.firstTokenSeconds)
  const milliseconds = seconds === null ? numberOf(attributes, FIELD_NAMES.firstTokenMs) : seconds * 1000
  return plausibleMs(milliseconds)
}

function readDuration({ startTimeUnixNano, endTimeUnixNano }: OtlpSpan): number | null {
  if (endTimeUnixNano === 0n) return null
  return plausibleMs(Number(endTimeUnixNano - startTimeUnixNano) / 1e6)
}

function plausibleMs(milliseconds: number | null): number | null {
  if (milliseconds === null || !(milliseconds >= 0 && milliseconds <= RECORD_LIMITS.maxDurationMs))
    return null
  return Math.round(milliseconds)
}

function readCost(input: { usage: SpanUsage; model: string; provider: string | null; startedAtMs: number }) {
  const { usage, model, provider, startedAtMs } = input
  if (usage.costUsd !== null) {
    return { costMicroUsd: usdToMicroUsd(usage.costUsd), costSource: 'reported' as const }
  }
  const costMicroUsd = estimateCostMicroUsd({ model, provider, startedAtMs, ...usage.tokens })
  return { costMicroUsd, costSource: costMicroUsd === null ? null : ('price_table' as const) }
}
