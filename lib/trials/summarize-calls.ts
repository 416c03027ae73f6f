import type { ErrorClass, ToolVerdict } from '../records/vocabulary'
import { callOutcome, isErrorOutcome } from './call-outcome'
import type { TrialSummary } from './schema'

/** What the summary needs of a call. */
export type CountedCall = {
  provider: string | null
  durationMs: number
  errorClass: ErrorClass | null
  verdicts: readonly ToolVerdict[]
}

/** The provider of calls whose answer named none, such as those that no provider answered. */
export const NO_PROVIDER = 'none'

/**
 * Counts over a trial's calls, in any order. Latency is of answered calls alone: how long a refusal took says nothing
 * about an answer. Percentiles are nearest-rank; rates and percentiles are null without answers. Providers stand by
 * calls, then by name; a call counts for the provider that answered it last.
 */
export function summarizeCalls(calls: readonly CountedCall[]): TrialSummary {
  const errorsByClass: Record<string, number> = {}
  const badByVerdict: Record<string, number> = {}
  const providers = new Map<string, { calls: number; errors: number }>()
  const latencies: number[] = []
  let withTool = 0
  let errors = 0
  let toolCalls = 0
  for (const call of calls) {
    const outcome = callOutcome(call)
    const isError = isErrorOutcome(outcome)
    if (call.errorClass === null) {
      latencies.push(call.durationMs)
      toolCalls += call.verdicts.length
      if (call.verdicts.length > 0) withTool += 1
      if (isError) badByVerdict[outcome] = (badByVerdict[outcome] ?? 0) + 1
    } else errorsByClass[outcome] = (errorsByClass[outcome] ?? 0) + 1
    if (isError) errors += 1
    const name = call.provider ?? NO_PROVIDER
    const provider = providers.get(name) ?? { calls: 0, errors: 0 }
    providers.set(name, {
      calls: provider.calls + 1,
      errors: provider.errors + (isError ? 1 : 0),
    })
  }
  latencies.sort((a, b) => a - b)
  return {
    made: calls.length,
    clean: calls.length - errors,
    errorsByClass,
    badByVerdict,
    errors,
    toolUseRate: latencies.length === 0 ? null : withTool / latencies.length,
    toolCalls,
    byProvider: [...providers]
      .map(([provider, counts]) => ({ provider, ...counts }))
      .sort((a, b) => b.calls - a.calls || (a.provider < b.provider ? -1 : 1)),
    latencyMsP50: nearestRank(latencies, 0.5),
    latencyMsP95: nearestRank(latencies, 0.95),
  }
}

function nearestRank(sorted: readonly number[], quantile: number): number | null {
  return sorted[Math.ceil(quantile * sorted.length) - 1] ?? null
}
