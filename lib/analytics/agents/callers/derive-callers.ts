import {
  agenticShareOf,
  CALLER_CLASSES,
  type CallerClass,
  type CallerSums,
  classifyCallerBySums,
} from '../../../records/caller-class'
import type { CallerKind } from '../../../records/vocabulary'
import type { CallerRow, CallersAnswer, ClassSums } from './schema'

/** An app or API key with its sums in the window. */
export type Caller = CallerSums & {
  id: number
  key: string
  label: string
  declared: CallerKind | null
  humanTokens: number
  requests: number
}

/** Callers with their class, most tokens first and ties in order of name, and how many there are of each class. */
export function deriveCallers(callers: readonly Caller[]): Pick<CallersAnswer, 'rows' | 'classes'> {
  const present = callers.filter(({ requests }) => requests > 0)
  const allTokens = present.reduce((sum, { totalTokens }) => sum + totalTokens, 0)
  const rows = [...present].sort(byTokens).map(
    (caller): CallerRow => ({
      id: caller.id,
      key: caller.key,
      label: caller.label,
      class: classifyCallerBySums(caller, caller.declared),
      declared: caller.declared === 'unknown' ? null : caller.declared,
      agenticShare: agenticShareOf(caller),
      totalTokens: caller.totalTokens,
      agenticTokens: caller.agenticTokens,
      humanTokens: caller.humanTokens,
      requests: caller.requests,
      agenticRequests: caller.agenticRequests,
      humanRequests: caller.humanRequests,
      share: allTokens > 0 ? caller.totalTokens / allTokens : null,
    }),
  )
  return { rows, classes: sumByClass(rows) }
}

function sumByClass(rows: readonly CallerRow[]): Record<CallerClass, ClassSums> {
  const sumsOf = (callerClass: CallerClass): ClassSums => {
    const own = rows.filter((row) => row.class === callerClass)
    return {
      callers: own.length,
      totalTokens: own.reduce((sum, row) => sum + row.totalTokens, 0),
      requests: own.reduce((sum, row) => sum + row.requests, 0),
    }
  }
  const entries = CALLER_CLASSES.map((callerClass) => [callerClass, sumsOf(callerClass)] as const)
  // fromEntries widens its keys to string; they are exactly CALLER_CLASSES.
  return Object.fromEntries(entries) as Record<CallerClass, ClassSums>
}

function byTokens(left: Caller, right: Caller): number {
  return right.totalTokens - left.totalTokens || compareText(left.key, right.key) || left.id - right.id
}

/** Same order on every machine, whatever its locale. */
function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
