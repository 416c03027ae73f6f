import type { UsageSubjectName } from '../../recorder/measures'
import {
  CALLER_KINDS,
  type CallerKind,
  type ErrorClass,
  type Operation,
  type ToolVerdict,
} from '../../records/vocabulary'

/** What of a usage row has to be above zero. */
export type UsageProof = 'requests' | 'ok' | 'error' | CallerKind
/** What of an endpoint's or provider's row has to be above zero. */
export type AttemptProof = 'attempts' | 'failed' | ErrorClass | 'bad' | ToolVerdict
/** What of a tool's row has to be above zero. */
export type ToolProof = 'called' | 'bad' | ToolVerdict

/** Which attempts count: all, those of providers, or those of single endpoints. */
export type AttemptScope =
  | { by: 'any' }
  /** `endpointIds` are those of the providers: finer rollups and facts know only endpoints. */
  | { by: 'provider'; providerIds: readonly number[]; endpointIds: readonly number[] }
  | { by: 'endpoint'; endpointIds: readonly number[] }

/**
 * What the rollups know of requests that fit a filter: a bucket in which one of the proofs is zero holds none of them.
 * So rollups serve as the index that facts do not have.
 */
export type Evidence =
  | {
      of: 'usage'
      subject: UsageSubjectName
      keyIds: readonly number[]
      /** Null = any. */
      operation: Operation | null
      proofs: readonly UsageProof[]
    }
  | { of: 'attempts'; scope: AttemptScope; proofs: readonly AttemptProof[] }
  | { of: 'tool'; toolIds: readonly number[]; proofs: readonly ToolProof[] }

/** A filter with its names resolved to ids; null or left out = any. */
export type LogConditions = {
  /** By rollup subject, the keys one of which the request has. */
  subjects: Partial<Record<'model' | 'app' | 'use_case' | 'api_key' | 'preset', readonly number[]>>
  operation: Operation | null
  status: 'ok' | 'error' | null
  callerKind: CallerKind | null
  sessionId: string | null
  /** What one attempt of the request has to fulfil, all at once; null = nothing. */
  attempt: AttemptConditions | null
}

export type AttemptConditions = {
  scope: AttemptScope
  /** `any` = the attempt failed, whatever the class. */
  errorClass: ErrorClass | 'any' | null
  verdict: ToolVerdict | 'bad' | null
  /** Name and ids of a tool; with a verdict, it is a call of this tool that has it. */
  tool: { name: string; ids: readonly number[] } | null
}

/** Everything the rollups can say about a filter. Empty = it lets every request through. */
export function evidenceOf({
  subjects,
  operation,
  attempt,
  callerKind,
  status,
  sessionId,
}: LogConditions): Evidence[] {
  const ofRequest: UsageProof[] = [
    ...(status === null ? [] : [status]),
    ...(callerKind === null ? [] : [callerKind]),
  ]
  const proofs: UsageProof[] = ofRequest.length > 0 ? ofRequest : ['requests']
  const usage = Object.entries(subjects).map(([subject, keyIds]) => ({
    of: 'usage' as const,
    // Object.entries widens its keys to string; they are those of `subjects`.
    subject: subject as keyof typeof subjects,
    keyIds,
    operation,
    proofs,
  }))
  const needsAnyRequest =
    usage.length === 0 && (ofRequest.length > 0 || sessionId !== null || operation !== null)
  return [
    ...usage,
    ...(needsAnyRequest ? [ofAnyRequest(operation, proofs)] : []),
    ...(attempt === null ? [] : attemptEvidence(attempt)),
  ]
}

const CALLER_KIND_KEYS = CALLER_KINDS.map((_, index) => index)

function ofAnyRequest(operation: Operation | null, proofs: readonly UsageProof[]): Evidence {
  return { of: 'usage', subject: 'caller_kind', keyIds: CALLER_KIND_KEYS, operation, proofs }
}

function attemptEvidence({ scope, errorClass, verdict, tool }: AttemptConditions): Evidence[] {
  const found: AttemptProof[] = []
  if (errorClass !== null) found.push(errorClass === 'any' ? 'failed' : errorClass)
  if (verdict !== null) found.push(verdict)
  const evidence: Evidence[] = []
  if (found.length > 0 || scope.by !== 'any') {
    evidence.push({ of: 'attempts', scope, proofs: found.length > 0 ? found : ['attempts'] })
  }
  if (tool !== null) evidence.push({ of: 'tool', toolIds: tool.ids, proofs: [verdict ?? 'called'] })
  return evidence
}

/**
 * Whether minutes can be told apart by a piece of evidence at less than the price of reading the facts of an hour:
 * tools are counted by the hour, and all endpoints of a minute are about as many rows as its requests.
 */
export function isTellingByMinute(evidence: Evidence): boolean {
  if (evidence.of === 'tool') return false
  if (evidence.of === 'attempts') return evidence.scope.by !== 'any'
  return evidence.subject !== 'caller_kind' || evidence.operation !== null
}
