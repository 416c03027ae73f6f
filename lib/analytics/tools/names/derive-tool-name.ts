import type { BadCalls } from '../bad-calls'
import { compareWorstFirst, errorRateOf } from '../call-quality'
import type { ToolSort } from '../tool-sorts'
import type { ToolNameRow } from './schema'

/** Calls of one tool by verdict. */
export type ToolNameSums = BadCalls & { tool: string; valid: number; unknown: number }

/**
 * A tool's calls as people read them. The error rate is bad ÷ checked calls; calls whose offered tools are not known are
 * in neither, and below 20 checked calls it is null.
 */
export function toToolNameRow(sums: ToolNameSums): ToolNameRow {
  const { tool, valid, unknown, invalid_json, unknown_name, schema_mismatch } = sums
  const badCalls = invalid_json + unknown_name + schema_mismatch
  const checkedCalls = valid + badCalls
  return {
    tool,
    calls: checkedCalls + unknown,
    checkedCalls,
    badCalls,
    ...errorRateOf({ bad: badCalls, sample: checkedCalls }),
    byClass: { invalid_json, unknown_name, schema_mismatch },
  }
}

/** Most calls first, or highest error rate first with those of too small a sample last; then by name. */
export function sortToolNames(rows: readonly ToolNameRow[], sort: ToolSort): ToolNameRow[] {
  const toComparable = ({ tool, calls, checkedCalls, errorRate }: ToolNameRow) => ({
    errorRate: sort === 'calls' ? null : errorRate,
    sample: sort === 'calls' ? calls : checkedCalls,
    name: tool,
  })
  return [...rows].sort((a, b) => compareWorstFirst(toComparable(a), toComparable(b)))
}
