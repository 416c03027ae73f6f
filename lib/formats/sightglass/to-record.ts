import { estimateCostMicroUsd } from '../../catalog/price'
import type { FieldError } from '../../platform/errors'
import { costOfAttempts, costOfLastAttempt } from '../../records/attempt-costs'
import { classifyCaller } from '../../records/caller-kind'
import { addRecordSteps, type CheckBudget } from '../../records/check-budget'
import { checkToolCalls, readOfferedTools } from '../../records/check-tool-calls'
import { usdToMicroUsd } from '../../records/cost'
import { errorClassFromStatus } from '../../records/error-class'
import { normalizeFinishReason } from '../../records/finish-reason'
import { canonicalModel } from '../../records/model-name'
import { recordId } from '../../records/record-id'
import { RECORD_LIMITS } from '../../records/record-limits'
import type { Attempt, RequestRecord, ToolCall } from '../../records/request-record'
import { type ErrorClass, PROMPT_PARTS, type PromptPart } from '../../records/vocabulary'
import { type CallerSigns, NO_SIGNS } from './caller-signs'
import { isPlainRecord } from './is-plain-record'
import { WIRE_FIELDS, type WireAttempt, type WireRecord, type WireToolCall, wireRecord } from './schema'

const DEFAULT_SOURCE = 'api'
/** Longer than any attempt may take. */
const MAX_ATTEMPT_DISTANCE_MS = 7 * 86_400_000
const MAX_ERRORS_PER_RECORD = 10

export type WireResult =
  | { ok: true; record: RequestRecord }
  | { ok: false; id?: string; errors: FieldError[] }

/** What the records of one ingest body share. */
export type IngestBody = {
  /** Bounds the dates that are taken. */
  nowMs: number
  /** Names of fields that no record has, as they were met. */
  unknownFields: Set<string>
  budget: CheckBudget
}

/**
 * One element of an ingest body as a record, or what was wrong with it, field by field. Names of unknown fields are
 * added to those of the body, and its tool calls are checked from the body's budget. `signs` is what another format
 * says of the caller.
 */
export function toRecord(value: unknown, body: IngestBody, signs: CallerSigns = NO_SIGNS): WireResult {
  noteUnknownFields(value, body.unknownFields)
  if (isPlainRecord(value)) return fromWire(value, body, signs)
  const parsed = wireRecord.safeParse(value)
  if (!parsed.success) {
    const errors = parsed.error.issues
      .slice(0, MAX_ERRORS_PER_RECORD)
      .map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
    return { ok: false, ...idOf(value), errors }
  }
  return fromWire(parsed.data, body, signs)
}

function fromWire(wire: WireRecord, { nowMs, budget }: IngestBody, signs: CallerSigns): WireResult {
  const startedAtMs = Date.parse(wire.startedAt)
  const errors = contradictions(wire, startedAtMs, nowMs)
  if (errors.length > 0) return { ok: false, id: wire.id, errors }
  return { ok: true, record: buildRecord(wire, startedAtMs, { budget, signs }) }
}

/** Also those of a record that is refused: a field that is missing is often one that was misspelt. */
function noteUnknownFields(value: unknown, unknownFields: Set<string>): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  for (const field in value) if (!WIRE_FIELDS.has(field)) unknownFields.add(field)
}

function idOf(value: unknown): { id?: string } {
  const hasId = typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
  return hasId ? { id: String(value.id).slice(0, 256) } : {}
}

/** What each field allows but the fields together do not. */
function contradictions(wire: WireRecord, startedAtMs: number, nowMs: number): FieldError[] {
  const errors: FieldError[] = []
  if (startedAtMs < RECORD_LIMITS.earliestStartMs)
    errors.push({ path: 'startedAt', message: 'expected a time in 2020 or later' })
  if (startedAtMs > nowMs + RECORD_LIMITS.maxAheadMs) {
    errors.push({ path: 'startedAt', message: 'expected a time not more than one hour ahead of the server' })
  }
  if ((wire.cachedTokens ?? 0) > (wire.promptTokens ?? Number.POSITIVE_INFINITY)) {
    errors.push({ path: 'cachedTokens', message: 'expected at most promptTokens, which include them' })
  }
  if ((wire.reasoningTokens ?? 0) > (wire.completionTokens ?? Number.POSITIVE_INFINITY)) {
    errors.push({ path: 'reasoningTokens', message: 'expected at most completionTokens, which include them' })
  }
  for (const [index, attemptMs] of attemptStarts(wire.attempts ?? [], startedAtMs).entries()) {
    if (Math.abs(attemptMs - startedAtMs) <= MAX_ATTEMPT_DISTANCE_MS) continue
    const path = `attempts.${index}.startedAt`
    errors.push({ path, message: 'expected a start within seven days of the record’s' })
  }
  return errors.slice(0, MAX_ERRORS_PER_RECORD)
}

function buildRecord(
  wire: WireRecord,
  startedAtMs: number,
  { budget, signs }: { budget: CheckBudget; signs: CallerSigns },
): RequestRecord {
  const source = wire.source ?? DEFAULT_SOURCE
  const attempts = wire.attempts ?? [wire]
  const deciding: WireAttempt | undefined = attempts[attempts.length - 1]
  const provider = deciding?.provider ?? null
  const model = canonicalModel({ model: wire.model, provider })
  const finishReason = normalizeFinishReason(wire.finishReason ?? deciding?.finishReason ?? null)
  const offered = wire.tools ? readOfferedTools(wire.tools) : null
  const toolsOffered = wire.toolsOffered ?? wire.tools?.length ?? null
  addRecordSteps(budget)
  const toolCalls = toToolCalls(wire.toolCalls ?? deciding?.toolCalls, offered, budget)
  const cost = costOf(wire, attempts, () => estimateCost(wire, model, provider, startedAtMs))
  const app = wire.app ?? null
  return {
    id: recordId({ source, externalId: wire.id }),
    source,
    externalId: wire.id,
    startedAtMs,
    operation: wire.operation ?? 'chat',
    app,
    endUser: wire.endUser ?? null,
    sessionId: wire.sessionId ?? null,
    requestedModel: wire.requestedModel ?? null,
    model,
    preset: wire.preset ?? null,
    presetVersion: wire.presetVersion ?? null,
    useCase: wire.useCase ?? null,
    stream: wire.stream ?? null,
    ...classifyCaller({
      declared: wire.callerKind ?? null,
      hasToolResultsInInput: signs.hasToolResultsInInput,
      toolsOffered,
      finishReason,
      app,
      userAgent: signs.userAgent,
      hasAgentSpanAncestor: signs.hasAgentSpanAncestor,
    }),
    promptTokens: wire.promptTokens ?? null,
    cachedTokens: wire.cachedTokens ?? null,
    cacheWriteTokens: wire.cacheWriteTokens ?? null,
    completionTokens: wire.completionTokens ?? null,
    reasoningTokens: wire.reasoningTokens ?? null,
    promptParts: toPromptParts(wire.promptParts),
    ...cost,
    finishReason,
    toolsOffered,
    toolCalls,
    attempts: toAttempts(attempts, { startedAtMs, finishReason, toolCalls, ...cost }),
    ...(offered || signs.systemPrompt !== null
      ? {
          useCaseSignals: {
            toolNames: offered?.map(({ name }) => name) ?? null,
            systemPrompt: signs.systemPrompt,
          },
        }
      : {}),
  }
}

/**
 * What the request cost as its log says, else what its attempts did; the last one's is estimated where it is not said.
 */
function costOf(
  wire: WireRecord,
  attempts: readonly WireAttempt[],
  estimate: () => number | null,
): Pick<RequestRecord, 'costMicroUsd' | 'costSource'> {
  if (wire.costUsd != null) return { costMicroUsd: usdToMicroUsd(wire.costUsd), costSource: 'reported' }
  const reported = attempts.map(({ costUsd }) => toMicroUsd(costUsd))
  const last = reported.pop() ?? null
  const own = last ?? estimate()
  const costMicroUsd = costOfAttempts([...reported, own].map((cost) => ({ costMicroUsd: cost })))
  if (costMicroUsd === null) return { costMicroUsd, costSource: null }
  return { costMicroUsd, costSource: last === null && own !== null ? 'price_table' : 'reported' }
}

type Deciding = Pick<RequestRecord, 'startedAtMs' | 'finishReason' | 'toolCalls' | 'costMicroUsd'>

/** The last attempt gave the answer, so the request's finish reason and tool calls are its own. */
function toAttempts(wires: readonly WireAttempt[], request: Deciding): [Attempt, ...Attempt[]] {
  const attempts: Attempt[] = []
  const starts = attemptStarts(wires, request.startedAtMs)
  for (const [index, wire] of wires.entries()) {
    const isDeciding = index === wires.length - 1
    const finishReason = isDeciding ? request.finishReason : normalizeFinishReason(wire.finishReason ?? null)
    attempts.push({
      provider: wire.provider ?? null,
      startedAtMs: starts[index] ?? request.startedAtMs,
      httpStatus: wire.httpStatus ?? null,
      errorClass: wire.errorClass ?? deriveErrorClass(wire.httpStatus ?? null, finishReason),
      timeToFirstTokenMs: wholeMs(wire.timeToFirstTokenMs),
      durationMs: wholeMs(wire.durationMs),
      finishReason,
      toolCalls: isDeciding ? request.toolCalls : toToolCalls(wire.toolCalls, null),
      costMicroUsd: toMicroUsd(wire.costUsd),
    })
  }
  const last = attempts.at(-1)
  if (last) last.costMicroUsd = costOfLastAttempt(request.costMicroUsd, attempts)
  // The schema asks for at least one attempt, and a record without the list is its own single attempt.
  return attempts as [Attempt, ...Attempt[]]
}

/** When each attempt began: the first with the request, the others when they say or else when the one before ended. */
function attemptStarts(wires: readonly WireAttempt[], requestStartMs: number): number[] {
  const starts: number[] = []
  let nextStartMs = requestStartMs
  for (const [index, wire] of wires.entries()) {
    const startMs = index > 0 && wire.startedAt ? Date.parse(wire.startedAt) : nextStartMs
    starts.push(startMs)
    nextStartMs = startMs + (wholeMs(wire.durationMs) ?? 0)
  }
  return starts
}

function deriveErrorClass(httpStatus: number | null, finishReason: string | null): ErrorClass | null {
  const fromStatus = httpStatus === null ? null : errorClassFromStatus(httpStatus)
  return fromStatus ?? (finishReason === 'error' ? 'bad_response' : null)
}

function toToolCalls(
  calls: readonly WireToolCall[] | null | undefined,
  offered: ReturnType<typeof readOfferedTools>,
  budget?: CheckBudget,
): ToolCall[] | null {
  if (!calls) return null
  return calls.map((call) => {
    if (call.verdict) return { name: call.name, verdict: call.verdict, detail: call.detail ?? null }
    const isText = typeof call.arguments === 'string'
    const [checked] = checkToolCalls(
      [
        {
          name: call.name,
          arguments: isText ? String(call.arguments) : null,
          ...(isText || !call.arguments ? {} : { argumentsValue: call.arguments }),
        },
      ],
      // Without the arguments there is nothing to check them against.
      call.arguments === undefined || call.arguments === null ? null : offered,
      budget,
    )
    return checked ?? { name: call.name, verdict: 'unknown', detail: null }
  })
}

function toPromptParts(parts: WireRecord['promptParts']): Record<PromptPart, number> | null {
  if (!parts) return null
  const entries = PROMPT_PARTS.map((part) => [part, parts[part] ?? 0] as const)
  return Object.fromEntries(entries) as Record<PromptPart, number>
}

function estimateCost(
  wire: WireRecord,
  model: string,
  provider: string | null,
  startedAtMs: number,
): number | null {
  if (wire.promptTokens == null && wire.completionTokens == null) return null
  return estimateCostMicroUsd({
    model,
    provider,
    startedAtMs,
    promptTokens: wire.promptTokens ?? null,
    cachedTokens: wire.cachedTokens ?? null,
    cacheWriteTokens: wire.cacheWriteTokens ?? null,
    completionTokens: wire.completionTokens ?? null,
  })
}

function toMicroUsd(usd: number | null | undefined): number | null {
  return usd === null || usd === undefined ? null : usdToMicroUsd(usd)
}

function wholeMs(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Math.round(value)
}
