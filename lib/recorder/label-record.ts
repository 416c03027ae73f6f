import type { RequestRecord } from '../records/request-record'
import { type CompiledUseCaseRule, findUseCase, NO_USE_CASE, toUseCaseRequest } from '../records/use-case'
import type { CallerKind } from '../records/vocabulary'

/** What operators have said that is not in the logs themselves. */
export type Labels = {
  /** In order. */
  useCaseRules: readonly CompiledUseCaseRule[]
  /** Who drives an app, by its name. */
  kindByApp: ReadonlyMap<string, CallerKind>
  /** Who drives what a key sends, by its id. */
  kindByApiKey: ReadonlyMap<number, CallerKind>
}

export const NO_LABELS: Labels = { useCaseRules: [], kindByApp: new Map(), kindByApiKey: new Map() }

/**
 * A record with what operators have said about requests like it, and without the content that rules look at. A use case
 * of its own stays, else the first rule that fits gives it one. A caller kind that the record itself declares stays;
 * else its app's declaration decides, else its key's. The record itself when there is nothing to change.
 */
export function labelRecord({
  record,
  apiKeyId,
  labels,
}: {
  record: RequestRecord
  apiKeyId: number
  labels: Labels
}): RequestRecord {
  const useCase = decideUseCase(record, labels)
  const kind = declaredKind(record, apiKeyId, labels)
  if (useCase === record.useCase && kind === null && record.useCaseSignals === undefined) return record
  const { useCaseSignals: _onlyLookedAt, ...kept } = record
  return { ...kept, useCase, ...(kind === null ? {} : { callerKind: kind, callerReason: 'declared' }) }
}

function decideUseCase(record: RequestRecord, { useCaseRules }: Labels): string | null {
  const { useCase } = record
  if (useCaseRules.length === 0 || (useCase !== null && useCase !== NO_USE_CASE)) return useCase
  return findUseCase(useCaseRules, toUseCaseRequest(record)) ?? useCase
}

/** Null when nobody declared it, or the record did itself. */
function declaredKind(
  { app, callerReason }: RequestRecord,
  apiKeyId: number,
  { kindByApp, kindByApiKey }: Labels,
): CallerKind | null {
  if (callerReason === 'declared') return null
  const ofApp = app === null || kindByApp.size === 0 ? undefined : kindByApp.get(app)
  return ofApp ?? (kindByApiKey.size === 0 ? undefined : kindByApiKey.get(apiKeyId)) ?? null
}
