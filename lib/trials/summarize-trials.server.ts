import { z } from 'zod'
import { createBoundedCache } from '../access/bounded-cache'
import { db } from '../platform/db.server'
import { processSingleton } from '../platform/process-singleton'
import { ERROR_CLASSES, TOOL_VERDICTS } from '../records/vocabulary'
import type { TrialRow } from './present-trial'
import { REPORT_GRACE_MS } from './report-grace'
import type { TrialSummary } from './schema'
import { type CountedCall, summarizeCalls } from './summarize-calls'

const CACHED_TRIALS = 1000

const countedRow = z.object({
  trialId: z.string(),
  provider: z.string().nullable(),
  durationMs: z.number(),
  errorClass: z.enum(ERROR_CLASSES).nullable(),
  verdicts: z.array(z.enum(TOOL_VERDICTS)),
})

/** The summary of each trial by its id; those of trials that take no more calls are counted once per process. */
export async function summarizeTrials(rows: readonly TrialRow[]): Promise<Map<string, TrialSummary>> {
  const cache = processSingleton('trial-summaries', () =>
    createBoundedCache<TrialSummary>({ limit: CACHED_TRIALS }),
  )
  const summaries = new Map<string, TrialSummary>()
  const open: TrialRow[] = []
  for (const row of rows) {
    const cached = cache.get(row.id)
    if (cached) summaries.set(row.id, cached)
    else open.push(row)
  }
  const calls = await readCountedCalls(open.map((row) => row.id))
  for (const row of open) {
    const summary = summarizeCalls(calls.get(row.id) ?? [])
    summaries.set(row.id, summary)
    const isSettled = row.endedAt !== null && Date.now() - row.endedAt.getTime() > 2 * REPORT_GRACE_MS
    if (isSettled) cache.set(row.id, summary)
  }
  return summaries
}

async function readCountedCalls(ids: readonly string[]): Promise<Map<string, CountedCall[]>> {
  const byTrial = new Map<string, CountedCall[]>()
  if (ids.length === 0) return byTrial
  const rows = await db().$queryRaw`
    SELECT trial_id::text AS "trialId", provider, duration_ms AS "durationMs", error_class::text AS "errorClass",
           jsonb_path_query_array(tool_calls, '$[*].verdict') AS verdicts
    FROM trial_call WHERE trial_id = ANY(${ids}::uuid[])`
  for (const { trialId, ...call } of z.array(countedRow).parse(rows)) {
    const calls = byTrial.get(trialId)
    if (calls) calls.push(call)
    else byTrial.set(trialId, [call])
  }
  return byTrial
}
