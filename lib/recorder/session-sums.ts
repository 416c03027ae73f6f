import { isCountedError } from '../records/error-class'
import { isTextOperation } from '../records/operation'
import type { RequestRecord } from '../records/request-record'
import type { CatalogIds } from './catalog-ids'

/** What a batch adds to one session, in the words of the table `session`. */
export type SessionRow = {
  sessionId: string
  /** Over its requests of any operation. */
  firstAtMs: number
  lastAtMs: number
  /** Start of the request that app and model are of. */
  newestAtMs: number
  /** From here on chats and completions alone. */
  turns: number
  errors: number
  agenticTurns: number
  toolCalls: number
  costKnown: number
  promptTokens: number
  completionTokens: number
  costMicroUsd: number
  /**
   * Of its newest chat or completion, or of its newest request where it has had neither; of two at the same moment, the
   * one with the greater model id, then app id.
   */
  appId: number
  modelId: number
}

/** What a batch adds to sessions, by session id. */
export type SessionSums = Map<string, SessionRow>

/** Adds one request to its session, if it names one: another operation than chat and completion is no turn of it. */
export function addToSessionSums(sums: SessionSums, record: RequestRecord, ids: CatalogIds): void {
  const { sessionId } = record
  if (sessionId === null) return
  let row = sums.get(sessionId)
  if (!row) {
    row = startSession(sessionId, record, ids)
    sums.set(sessionId, row)
  }
  row.firstAtMs = Math.min(row.firstAtMs, record.startedAtMs)
  row.lastAtMs = Math.max(row.lastAtMs, record.startedAtMs)
  const isTurn = isTextOperation(record.operation)
  if (isNewer(record.startedAtMs, isTurn, ids, row)) {
    row.newestAtMs = record.startedAtMs
    row.modelId = ids.modelId
    row.appId = ids.appId
  }
  if (isTurn) addTurn(row, record)
}

/** What an amended or retracted request changes of a session; `recount` = its times, app and model may be wrong by it. */
export type SessionAmendment = { row: SessionRow; recount: boolean }

type Identified = { record: RequestRecord; ids: CatalogIds }

/**
 * What takes a request out of its session and, where it is amended, adds it to its session again. Sums are taken out by
 * a minus sign; earliest, latest and newest are not sums, so that a session in which they may have moved is counted anew.
 */
export function sessionAmendments(old: Identified, now: Identified | null): SessionAmendment[] {
  const recount = now === null || !isAtTheSamePlace(old, now)
  const taken = sessionRowOf(old)
  const added = now === null ? null : sessionRowOf(now)
  return [
    ...(taken ? [{ row: negatedRow(taken), recount }] : []),
    ...(added ? [{ row: added, recount }] : []),
  ]
}

/** Whether two statements of one request lie alike in one session. */
function isAtTheSamePlace(old: Identified, now: Identified): boolean {
  return (
    old.record.sessionId === now.record.sessionId &&
    old.record.startedAtMs === now.record.startedAtMs &&
    isTextOperation(old.record.operation) === isTextOperation(now.record.operation) &&
    old.ids.appId === now.ids.appId &&
    old.ids.modelId === now.ids.modelId
  )
}

function sessionRowOf({ record, ids }: Identified): SessionRow | null {
  const sums: SessionSums = new Map()
  addToSessionSums(sums, record, ids)
  return record.sessionId === null ? null : (sums.get(record.sessionId) ?? null)
}

function negatedRow(row: SessionRow): SessionRow {
  return {
    ...row,
    turns: -row.turns,
    errors: -row.errors,
    agenticTurns: -row.agenticTurns,
    toolCalls: -row.toolCalls,
    costKnown: -row.costKnown,
    promptTokens: -row.promptTokens,
    completionTokens: -row.completionTokens,
    costMicroUsd: -row.costMicroUsd,
  }
}

function addTurn(row: SessionRow, record: RequestRecord): void {
  const errorClass = record.attempts[record.attempts.length - 1]?.errorClass ?? null
  row.turns += 1
  if (errorClass !== null && isCountedError(errorClass)) row.errors += 1
  if (record.callerKind === 'agentic') row.agenticTurns += 1
  row.toolCalls += record.toolCalls?.length ?? 0
  row.promptTokens += record.promptTokens ?? 0
  row.completionTokens += record.completionTokens ?? 0
  if (record.costMicroUsd !== null) {
    row.costKnown += 1
    row.costMicroUsd += record.costMicroUsd
  }
}

function startSession(sessionId: string, { startedAtMs }: RequestRecord, ids: CatalogIds): SessionRow {
  return {
    sessionId,
    firstAtMs: startedAtMs,
    lastAtMs: startedAtMs,
    newestAtMs: startedAtMs,
    turns: 0,
    errors: 0,
    agenticTurns: 0,
    toolCalls: 0,
    costKnown: 0,
    promptTokens: 0,
    completionTokens: 0,
    costMicroUsd: 0,
    appId: ids.appId,
    modelId: ids.modelId,
  }
}

function isNewer(startedAtMs: number, isTurn: boolean, ids: CatalogIds, row: SessionRow): boolean {
  if (isTurn !== row.turns > 0) return isTurn
  if (startedAtMs !== row.newestAtMs) return startedAtMs > row.newestAtMs
  if (ids.modelId !== row.modelId) return ids.modelId > row.modelId
  return ids.appId > row.appId
}
