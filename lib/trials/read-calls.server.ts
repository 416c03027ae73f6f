import { z } from 'zod'
import type { TrialCall as TrialCallRow } from '@/prisma/generated/client'
import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import { ERROR_CLASSES, TOOL_VERDICTS } from '../records/vocabulary'
import { BAD_VERDICTS, callOutcome } from './call-outcome'
import { TRIAL_LIMITS } from './limits'
import { requireTrial } from './read-trials.server'
import { scenarioFor } from './scenarios'
import {
  type OpenedTrialCall,
  type TrialCall,
  type TrialCallsQuery,
  type TrialCell,
  trialToolCall,
} from './schema'

const BAD_CALL_PATH = `$[*] ? (${BAD_VERDICTS.map((verdict) => `@.verdict == "${verdict}"`).join(' || ')})`

/** A trial's calls in their order, all that is kept of each; only those with an error when asked. Throws `not_found`. */
export async function readCalls({
  id,
  only = 'all',
  limit = TRIAL_LIMITS.calls,
}: TrialCallsQuery & { id: string }): Promise<TrialCall[]> {
  await requireTrial(id)
  const failed = only === 'errors' ? await failedIndexes({ id, limit }) : null
  const rows = await db().trialCall.findMany({
    where: { trialId: id, ...(failed ? { callIndex: { in: failed } } : {}) },
    orderBy: { callIndex: 'asc' },
    take: limit,
  })
  return rows.map(presentCall)
}

/** One call of a trial, with what it asked for. Throws `not_found`. */
export async function readCall({ id, index }: { id: string; index: number }): Promise<OpenedTrialCall> {
  const row = await db().trialCall.findUnique({
    where: { trialId_callIndex: { trialId: id, callIndex: index } },
    include: { trial: { select: { seed: true } } },
  })
  if (!row) throw new AppError('not_found', `Trial ${id} has no call ${index}.`)
  const { name, prompt, toolChoice, tools } = scenarioFor({ seed: row.trial.seed, index })
  const request = { prompt, toolChoice, tools: tools.map((tool) => tool.function.name) }
  return { ...presentCall(row), request: name === row.scenario ? request : null }
}

const cellRow = z.object({
  index: z.number(),
  provider: z.string().nullable(),
  durationMs: z.number(),
  scenario: z.string(),
  errorClass: z.enum(ERROR_CLASSES).nullable(),
  verdicts: z.array(z.enum(TOOL_VERDICTS)),
})

/** Every call of a trial in brief, in order. Throws `not_found`. */
export async function readCells(id: string): Promise<TrialCell[]> {
  await requireTrial(id)
  const rows = await db().$queryRaw`
    SELECT call_index AS index, provider, duration_ms AS "durationMs", scenario, error_class::text AS "errorClass",
           jsonb_path_query_array(tool_calls, '$[*].verdict') AS verdicts
    FROM trial_call WHERE trial_id = ${id}::uuid ORDER BY call_index`
  return z
    .array(cellRow)
    .parse(rows)
    .map(({ errorClass, verdicts, ...call }) => ({ ...call, outcome: callOutcome({ errorClass, verdicts }) }))
}

async function failedIndexes({ id, limit }: { id: string; limit: number }): Promise<number[]> {
  const rows = await db().$queryRaw`
    SELECT call_index AS index FROM trial_call
    WHERE trial_id = ${id}::uuid
      AND (error_class IS NOT NULL OR jsonb_path_exists(tool_calls, ${BAD_CALL_PATH}::jsonpath))
    ORDER BY call_index LIMIT ${limit}`
  return z
    .array(z.object({ index: z.number() }))
    .parse(rows)
    .map(({ index }) => index)
}

function presentCall(row: TrialCallRow): TrialCall {
  return {
    index: row.callIndex,
    startedAt: row.startedAt.toISOString(),
    durationMs: row.durationMs,
    scenario: row.scenario,
    generationId: row.generationId,
    provider: row.provider,
    model: row.model,
    httpStatus: row.httpStatus,
    errorClass: row.errorClass,
    errorMessage: row.errorMessage,
    finishReason: row.finishReason,
    toolCalls: z.array(trialToolCall).parse(row.toolCalls),
    presetVersion: row.presetVersion,
  }
}
