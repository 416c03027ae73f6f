import { recordId } from '../records/record-id'
import type { Attempt, RequestRecord } from '../records/request-record'

type MadeAttempt = Omit<Attempt, 'startedAtMs'>

let made = 0

/** An attempt that went well, 200 ms to the first token and 700 ms in all; overrides last. */
export function makeAttempt(overrides: Partial<Attempt> = {}): MadeAttempt {
  return {
    provider: 'helios',
    httpStatus: 200,
    errorClass: null,
    timeToFirstTokenMs: 200,
    durationMs: 700,
    finishReason: 'stop',
    toolCalls: null,
    costMicroUsd: null,
    ...overrides,
  }
}

/** A request of 100 tokens in and 10 out with one good attempt, never the same twice; overrides last. */
export function makeRecord({
  startedAtMs,
  attempts: [first, ...more] = [makeAttempt()],
  ...overrides
}: { startedAtMs: number; attempts?: readonly [MadeAttempt, ...MadeAttempt[]] } & Partial<
  Omit<RequestRecord, 'attempts'>
>): RequestRecord {
  made += 1
  const externalId = `made-${made}`
  return {
    id: recordId({ source: 'test', externalId }),
    source: 'test',
    externalId,
    startedAtMs,
    app: null,
    endUser: null,
    sessionId: null,
    requestedModel: null,
    model: 'acme/atlas',
    preset: null,
    presetVersion: null,
    useCase: null,
    stream: true,
    callerKind: 'agentic',
    callerReason: 'declared',
    promptTokens: 100,
    cachedTokens: null,
    cacheWriteTokens: null,
    completionTokens: 10,
    reasoningTokens: null,
    promptParts: null,
    costMicroUsd: null,
    costSource: null,
    finishReason: 'stop',
    toolsOffered: null,
    toolCalls: null,
    ...overrides,
    attempts: [{ ...first, startedAtMs }, ...more.map((attempt) => ({ ...attempt, startedAtMs }))],
  }
}

/** So many requests alike. */
export function makeRecords(count: number, one: Parameters<typeof makeRecord>[0]): RequestRecord[] {
  return Array.from({ length: count }, () => makeRecord(one))
}
