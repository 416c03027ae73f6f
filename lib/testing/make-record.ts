import { recordId } from '../records/record-id'
import type { Attempt, RequestRecord } from '../records/request-record'

/** Without a time of its own an attempt starts with its request. */
type MadeAttempt = Omit<Attempt, 'startedAtMs'> & { startedAtMs?: number }
type Overrides = { startedAtMs: number; attempts?: readonly [MadeAttempt, ...MadeAttempt[]] } & Partial<
  Omit<RequestRecord, 'attempts'>
>

let made = 0

/** An attempt that says nothing; overrides last. */
export function makeBareAttempt(overrides: Partial<Attempt> = {}): MadeAttempt {
  return {
    provider: null,
    httpStatus: null,
    errorClass: null,
    timeToFirstTokenMs: null,
    durationMs: null,
    finishReason: null,
    toolCalls: null,
    costMicroUsd: null,
    ...overrides,
  }
}

/** An attempt that went well, 200 ms to the first token and 700 ms in all; overrides last. */
export function makeAttempt(overrides: Partial<Attempt> = {}): MadeAttempt {
  return makeBareAttempt({
    provider: 'helios',
    httpStatus: 200,
    timeToFirstTokenMs: 200,
    durationMs: 700,
    finishReason: 'stop',
    ...overrides,
  })
}

/** A request that says nothing it need not, never the same twice unless it is given an external id; overrides last. */
export function makeBareRecord({
  startedAtMs,
  source = 'test',
  externalId = nextExternalId(),
  attempts: [first, ...more] = [makeBareAttempt()],
  ...overrides
}: Overrides): RequestRecord {
  return {
    id: recordId({ source, externalId }),
    source,
    externalId,
    startedAtMs,
    operation: 'chat',
    app: null,
    endUser: null,
    sessionId: null,
    requestedModel: null,
    model: 'acme/atlas',
    preset: null,
    presetVersion: null,
    useCase: null,
    stream: null,
    callerKind: 'unknown',
    callerReason: 'no_tool_information',
    promptTokens: null,
    cachedTokens: null,
    cacheWriteTokens: null,
    completionTokens: null,
    reasoningTokens: null,
    promptParts: null,
    costMicroUsd: null,
    costSource: null,
    finishReason: null,
    toolsOffered: null,
    toolCalls: null,
    ...overrides,
    attempts: [{ startedAtMs, ...first }, ...more.map((attempt) => ({ startedAtMs, ...attempt }))],
  }
}

/** A request of 100 tokens in and 10 out with one good attempt, never the same twice; overrides last. */
export function makeRecord(overrides: Overrides): RequestRecord {
  return makeBareRecord({
    stream: true,
    callerKind: 'agentic',
    callerReason: 'declared',
    promptTokens: 100,
    completionTokens: 10,
    finishReason: 'stop',
    attempts: [makeAttempt()],
    ...overrides,
  })
}

/** So many requests alike. */
export function makeRecords(count: number, one: Overrides): RequestRecord[] {
  return Array.from({ length: count }, () => makeRecord(one))
}

function nextExternalId(): string {
  made += 1
  return `made-${made}`
}
