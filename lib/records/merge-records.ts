import { isObject } from '../platform/json-value'
import { costOfLastAttempt } from './attempt-costs'
import { type Attempt, decidingAttempt, type RequestRecord, type ToolCall } from './request-record'

/** Precision to which a start that is told in whole seconds is the same as one in milliseconds. */
const SECOND_MS = 1000
const UNKNOWN_MODEL = 'unknown'

/**
 * What is known of a request once another record of its id came, by the rule that the later one carries (`onSameId`).
 * By `replace` its statements stand and what it leaves open stays as it was: null, an unknown caller, a model `unknown`,
 * the default operation and a start in whole seconds say nothing that was not known better. By `merge` the record that
 * knows more stands, whichever came first, the other fills in what it leaves open, and agentic stands before human.
 */
export function mergeRecords(stored: RequestRecord, later: RequestRecord): RequestRecord {
  const [before, now] = [asStored(stored), asStored(later)]
  if (later.onSameId !== 'merge') return asStored(fill(now, before))
  const [fuller, other] = knowsMore(before, now) ? [before, now] : [now, before]
  const merged = fill(fuller, other)
  const agentic = [fuller, other].find(({ callerKind }) => callerKind === 'agentic')
  return asStored({
    ...merged,
    startedAtMs: Math.min(fuller.startedAtMs, other.startedAtMs),
    ...(agentic && merged.callerReason !== 'declared'
      ? { callerKind: agentic.callerKind, callerReason: agentic.callerReason }
      : {}),
  })
}

/** Whether two records of one id say the same, as far as facts hold it. */
export function saysTheSame(one: RequestRecord, other: RequestRecord): boolean {
  return canonicalJson(asStored(one)) === canonicalJson(asStored(other))
}

/** A record as its fact gives it back: without signals and rule, its last attempt as the request tells it. */
export function asStored(record: RequestRecord): RequestRecord {
  const { onSameId, useCaseSignals, joined, plan, ...kept } = record
  const last = record.attempts.length - 1
  const attempts = record.attempts.map((attempt, index): Attempt => {
    const { model, structuredOutput, ...told } = attempt
    const isLast = index === last
    return {
      ...told,
      ...(model === undefined || model === record.model ? {} : { model }),
      structuredOutput: structuredOutput ?? null,
      ...(isLast
        ? {
            toolCalls: record.toolCalls,
            finishReason: record.finishReason,
            costMicroUsd: costOfLastAttempt(record.costMicroUsd, record.attempts),
          }
        : {}),
    }
  })
  const [first = record.attempts[0], ...rest] = attempts
  return {
    ...kept,
    attempts: [first, ...rest],
    ...(joined === undefined || joined.length === 0 ? {} : { joined }),
    ...(plan === undefined ? {} : { plan }),
  }
}

/** `main`, with what it leaves open taken from `other`. */
function fill(main: RequestRecord, other: RequestRecord): RequestRecord {
  const namesCaller = main.callerKind !== 'unknown' || other.callerKind === 'unknown'
  const costs = main.costMicroUsd === null || isGuess(main, other) ? other : main
  const caller = namesCaller ? main : other
  const plan = main.plan ?? other.plan
  const joined = joinedNames(main, other)
  return {
    ...main,
    startedAtMs: startOf(main, other),
    operation: main.operation === 'chat' ? other.operation : main.operation,
    app: main.app ?? other.app,
    endUser: main.endUser ?? other.endUser,
    sessionId: main.sessionId ?? other.sessionId,
    requestedModel: main.requestedModel ?? other.requestedModel,
    model: isUnnamed(main.model) ? other.model : main.model,
    preset: main.preset ?? other.preset,
    presetVersion: main.preset === null ? other.presetVersion : main.presetVersion,
    useCase: main.useCase ?? other.useCase,
    stream: main.stream ?? other.stream,
    callerKind: caller.callerKind,
    callerReason: caller.callerReason,
    promptTokens: main.promptTokens ?? other.promptTokens,
    cachedTokens: main.cachedTokens ?? other.cachedTokens,
    cacheWriteTokens: main.cacheWriteTokens ?? other.cacheWriteTokens,
    completionTokens: main.completionTokens ?? other.completionTokens,
    reasoningTokens: main.reasoningTokens ?? other.reasoningTokens,
    promptParts: main.promptParts ?? other.promptParts,
    costMicroUsd: costs.costMicroUsd,
    costSource: costs.costSource,
    finishReason: main.finishReason ?? other.finishReason,
    toolsOffered: main.toolsOffered ?? other.toolsOffered,
    toolCalls: fullerCalls(main.toolCalls, other.toolCalls),
    attempts: fillAttempts(main, other),
    ...(plan === undefined ? {} : { plan }),
    ...(joined.length === 0 ? {} : { joined }),
  }
}

/** A start in whole seconds is that of the other, told less exactly. */
function startOf({ startedAtMs }: RequestRecord, other: RequestRecord): number {
  const isRounded = startedAtMs % SECOND_MS === 0
  const isSame = startedAtMs === Math.floor(other.startedAtMs / SECOND_MS) * SECOND_MS
  return isRounded && isSame ? other.startedAtMs : startedAtMs
}

function isUnnamed(model: string): boolean {
  return model === UNKNOWN_MODEL || model.endsWith(`/${UNKNOWN_MODEL}`)
}

/** What a provider billed stands before what a price table says. */
function isGuess(main: RequestRecord, other: RequestRecord): boolean {
  return main.costSource === 'price_table' && other.costSource === 'reported'
}

/** Calls that were checked tell more than the same number that could not be. */
function fullerCalls(main: ToolCall[] | null, other: ToolCall[] | null): ToolCall[] | null {
  if (main === null || other === null) return main ?? other
  const isUnchecked = main.length > 0 && main.every(({ verdict }) => verdict === 'unknown')
  const isSame = main.length === other.length && main.every(({ name }, index) => name === other[index]?.name)
  return isUnchecked && isSame ? other : main
}

/** Who tells of fewer attempts tells of the last ones. */
function fillAttempts(main: RequestRecord, other: RequestRecord): [Attempt, ...Attempt[]] {
  const missing = Math.max(0, other.attempts.length - main.attempts.length)
  const [first, ...rest] = other.attempts.slice(0, missing)
  const own = main.attempts.map((attempt, index) => {
    const twin = other.attempts[index + missing]
    return twin ? fillAttempt(attempt, twin, isOpen(main)) : attempt
  })
  const [firstOwn = main.attempts[0], ...restOwn] = own
  return first ? [first, ...rest, firstOwn, ...restOwn] : [firstOwn, ...restOwn]
}

/** Attempts at two providers are two, of which the one tells nothing of the other. */
function fillAttempt(main: Attempt, other: Attempt, isOpenEnd: boolean): Attempt {
  if (main.provider !== null && other.provider !== null && main.provider !== other.provider) return main
  const model = main.model ?? other.model
  return {
    ...main,
    provider: main.provider ?? other.provider,
    ...(model === undefined ? {} : { model }),
    startedAtMs: main.startedAtMs % SECOND_MS === 0 ? roundedStart(main, other) : main.startedAtMs,
    httpStatus: main.httpStatus ?? other.httpStatus,
    errorClass: isOpenEnd ? (main.errorClass ?? other.errorClass) : main.errorClass,
    timeToFirstTokenMs: main.timeToFirstTokenMs ?? other.timeToFirstTokenMs,
    durationMs: main.durationMs ?? other.durationMs,
    finishReason: main.finishReason ?? other.finishReason,
    toolCalls: fullerCalls(main.toolCalls, other.toolCalls),
    structuredOutput: main.structuredOutput ?? other.structuredOutput ?? null,
    costMicroUsd: main.costMicroUsd ?? other.costMicroUsd,
  }
}

function roundedStart(main: Attempt, other: Attempt): number {
  const isSame = main.startedAtMs === Math.floor(other.startedAtMs / SECOND_MS) * SECOND_MS
  return isSame ? other.startedAtMs : main.startedAtMs
}

/** Whether a record says nothing of how its request ended, so that "no error" is no statement. */
function isOpen(record: RequestRecord): boolean {
  const { errorClass, httpStatus, durationMs } = decidingAttempt(record)
  const ends = [errorClass, httpStatus, durationMs, record.finishReason, record.completionTokens]
  return ends.every((value) => value === null)
}

function joinedNames(main: RequestRecord, other: RequestRecord): string[] {
  return [...new Set([...(main.joined ?? []), ...(other.joined ?? [])])].sort()
}

/** The number of things that a record says; of two that say as many, the order of their texts decides. */
function knowsMore(one: RequestRecord, other: RequestRecord): boolean {
  const [ones, others] = [statementsOf(one), statementsOf(other)]
  if (ones !== others) return ones > others
  return canonicalJson(asStored(one)) <= canonicalJson(asStored(other))
}

function statementsOf(record: RequestRecord): number {
  const { attempts, ...request } = asStored(record)
  const values = [...Object.values(request), ...attempts.flatMap((attempt) => Object.values(attempt))]
  return values.filter((value) => value !== null && value !== UNKNOWN_MODEL && value !== 'unknown').length
}

/** Its JSON with the keys of objects in order. */
function canonicalJson(record: RequestRecord): string {
  return JSON.stringify(record, (_, value: unknown) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  )
}
