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
import { canonicalProvider } from './provider-name'
import { readOperation } from './read-operation'
import { readSpanTools, type SpanTools } from './read-tools'
import { readUsage, type SpanUsage } from './read-usage'
import type { Attributes, OtlpSpan, ResourceSpans } from './schema'
import { type RequestSpan, selectRequestSpans } from './select-requests'
import { cleanText, firstOf, numberOf, textOf } from './span-attributes'
import { readOutcome } from './span-outcome'

/** A span that should have been a record, by its place among all spans of the export, and why it is none. */
export type RejectedSpan = { index: number; message: string }

export type OtlpRecords = { records: RequestRecord[]; ignoredSpans: number; rejected: RejectedSpan[] }

const DEFAULT_SOURCE = 'otlp'
const MAX_ID_LENGTH = 100

/**
 * One record for each span that is a model request. Other spans are ignored; a request span whose time, ids, token
 * counts or cost cannot be true is rejected with the reason, and the rest of the export is kept. Pure; `receivedAtMs`
 * bounds the times that are taken. Never throws. The README of this folder has the source of each field.
 */
export function toRecords(input: {
  resourceSpans: readonly ResourceSpans[]
  receivedAtMs: number
}): OtlpRecords {
  const resources = input.resourceSpans.flatMap(({ resource, spans }) => spans.map(() => resource))
  const spans = input.resourceSpans.flatMap((resourceSpans) => resourceSpans.spans)
  const requests = selectRequestSpans(spans)
  const records: RequestRecord[] = []
  const rejected: RejectedSpan[] = []
  const budget = createCheckBudget()
  for (const request of requests) {
    const resource = resources[request.index] ?? new Map()
    addRecordSteps(budget)
    const result = toRecord({ request, resource, receivedAtMs: input.receivedAtMs, budget })
    if (typeof result === 'string') rejected.push({ index: request.index, message: result })
    else records.push(result)
  }
  return { records, ignoredSpans: spans.length - requests.length, rejected }
}

type Found = { request: RequestSpan; resource: Attributes; budget: CheckBudget }

/** The record, or why there is none. */
function toRecord({ receivedAtMs, ...found }: Found & { receivedAtMs: number }): RequestRecord | string {
  const { span } = found.request
  const externalId = externalIdOf(span)
  if (externalId === null) return 'The span has no trace id or no span id.'
  const startedAtMs = Number(span.startTimeUnixNano / 1_000_000n)
  if (startedAtMs === 0) return 'The span has no start time.'
  if (startedAtMs < RECORD_LIMITS.earliestStartMs) return 'The span starts before 2020.'
  if (startedAtMs > receivedAtMs + RECORD_LIMITS.maxAheadMs)
    return 'The span starts more than one hour ahead of the server.'
  const usage = readUsage(span.attributes)
  if (typeof usage === 'string') return usage
  return buildRecord({ ...found, externalId, startedAtMs, usage })
}

type Known = Found & { externalId: string; startedAtMs: number; usage: SpanUsage }

function buildRecord({ request, resource, budget, externalId, startedAtMs, usage }: Known): RequestRecord {
  const { span } = request
  const { attributes } = span
  const { source, app } = readSource(attributes, resource)
  const provider = readProvider(attributes)
  const { model, requestedModel } = readModels(attributes, provider)
  const tools = readSpanTools(span, budget)
  const finishReason = normalizeFinishReason(readFinishReason(attributes) ?? tools.messageFinishReason)
  const timeToFirstTokenMs = readTimeToFirstToken(attributes)
  const cost = readCost({ usage, model, provider, startedAtMs })
  const outcome = readOutcome({ span, finishReason, hasFirstToken: timeToFirstTokenMs !== null })
  return {
    id: recordId({ source, externalId }),
    source,
    externalId,
    startedAtMs,
    operation: readOperation(attributes),
    app,
    endUser: textOf(attributes, ['user.id', 'enduser.id'], 256),
    sessionId: textOf(attributes, ['gen_ai.conversation.id', 'session.id'], 256),
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
  const { attributes } = request.span
  return classifyCaller({
    declared: null,
    hasToolResultsInInput: tools.hasToolResultsInInput,
    toolsOffered: tools.toolsOffered,
    finishReason,
    app,
    userAgent: textOf(attributes, ['user_agent.original', 'http.user_agent'], 300),
    hasAgentSpanAncestor:
      request.hasAgentSpanAncestor || textOf(attributes, ['gen_ai.agent.name'], 100) !== null,
  })
}

/** Trace and span id; ids that are no hex stay as they are, too long ones are hashed. Null when one is missing. */
function externalIdOf({ traceId, spanId }: OtlpSpan): string | null {
  if (isMissingId(traceId) || isMissingId(spanId)) return null
  return `${shortId(traceId)}:${shortId(spanId)}`
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
  const names = ['sightglass.app', 'app.name', 'gen_ai.application_name']
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
  const name = textOf(attributes, ['gen_ai.provider.name', 'gen_ai.model.provider', 'gen_ai.system'], 100)
  return name === null ? null : canonicalProvider(name)
}

/** The served model when the span tells it, else the asked one, which is kept beside it where it differs. */
function readModels(attributes: Attributes, provider: string | null) {
  const asked = textOf(attributes, ['gen_ai.request.model'], 200)
  const answered = textOf(attributes, ['gen_ai.response.model'], 200)
  // A gateway answers `author/slug` with the bare slug: the author is the one that was asked for.
  const isSame = answered === null || asked?.toLowerCase().endsWith(`/${answered.toLowerCase()}`)
  const served = isSame ? asked : answered
  const model = canonicalModel({ model: served ?? 'unknown', provider })
  return { model, requestedModel: asked !== null && asked !== served ? asked : null }
}

/** One reason per choice: a tool call in any of them makes the answer one that ended by tool call. */
function readFinishReason(attributes: Attributes): string | null {
  const value = firstOf(attributes, ['gen_ai.response.finish_reasons', 'gen_ai.response.finish_reason'])
  const reasons = (Array.isArray(value) ? value : reasonsInText(value))
    .map((reason) => cleanText(reason, 100))
    .filter((reason) => reason !== null)
  const toolCalls = reasons.find((reason) => normalizeFinishReason(reason) === 'tool_calls')
  return toolCalls ?? reasons[0] ?? null
}

function reasonsInText(value: unknown): unknown[] {
  if (typeof value !== 'string' || !value.startsWith('[')) return [value]
  try {
    const parsed: unknown = JSON.parse(value)
    return Array.isArray(parsed) ? parsed : [value]
  } catch {
    return [value]
  }
}

function readStream(attributes: Attributes, timeToFirstTokenMs: number | null): boolean | null {
  const flag = firstOf(attributes, ['gen_ai.request.stream', 'gen_ai.request.is_stream', 'llm.is_streaming'])
  if (typeof flag === 'boolean') return flag
  return timeToFirstTokenMs === null ? null : true
}

function readTimeToFirstToken(attributes: Attributes): number | null {
  const names = [
    'gen_ai.response.time_to_first_chunk',
    'gen_ai.client.operation.time_to_first_chunk',
    'gen_ai.server.time_to_first_token',
  ]
  const seconds = numberOf(attributes, names)
  const milliseconds =
    seconds === null ? numberOf(attributes, ['ai.response.msToFirstChunk']) : seconds * 1000
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
