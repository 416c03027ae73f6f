import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { AppError } from '../../platform/errors'
import { costOfLastAttempt } from '../../records/attempt-costs'
import {
  CALLER_REASONS,
  COST_SOURCES,
  ERROR_CLASSES,
  GATEWAY_SOURCE,
  PROMPT_PARTS,
  type PromptPart,
  TOOL_VERDICTS,
} from '../../records/vocabulary'
import { readRows } from './read-rows.server'
import { parseRequestRef } from './request-ref'
import type { RequestKey } from './scan-facts.server'
import { type LoggedAttempt, type RequestDetail, structuredOutput } from './schema'

const text = z.string().nullable()
const number = z.number().nullable()
const planSteps = z.array(
  z.object({
    model: z.string(),
    provider: z.string(),
    reasons: z.array(z.string()),
    amendments: z.array(z.string()).default([]),
  }),
)
const storedPlan = z.object({ steps: planSteps, excluded: planSteps })
type StoredPlan = z.infer<typeof storedPlan>
const extraRow = z.object({
  source: z.string(),
  external_id: z.string(),
  requested_model: text,
  logged_model: z.string(),
  end_user: text,
  caller_reason: z.enum(CALLER_REASONS),
  cache_write_tokens: number,
  prompt_parts: z.array(z.number()).nullable(),
  cost_source: z.enum(COST_SOURCES).nullable(),
  plan: storedPlan.nullable(),
})
type StoredAttempt = Omit<LoggedAttempt, 'amendments'>
const attemptRow = z.object({
  attempt_index: z.number(),
  provider: text,
  provider_name: text,
  model: z.string(),
  is_deciding: z.boolean(),
  started_after_ms: z.number(),
  time_to_first_token_ms: number,
  duration_ms: number,
  http_status: number,
  error_class: z.enum(ERROR_CLASSES).nullable(),
  finish_reason: text,
  tool_call_count: number,
  tool_calls: z
    .array(z.object({ name: z.string(), verdict: z.enum(TOOL_VERDICTS), detail: text }))
    .nullable(),
  structured_output: structuredOutput.nullable(),
  cost_micro_usd: number,
})

/**
 * One request with all its attempts. Throws `not_found` when the reference is none, when nothing was logged under it,
 * and, saying so, when retention has dropped the facts of its day.
 */
export async function readRequest(ref: string): Promise<RequestDetail> {
  const key = parseRequestRef(ref)
  if (key === null) throw new AppError('not_found', `"${ref}" is not a reference to a request.`)
  const [[row], extra, attempts] = await Promise.all([readRows([key]), readExtra(key), readAttempts(key)])
  if (!row || !extra) throw await notFound(key)
  const { earlierAttempts: _, ...facts } = row
  return {
    ...facts,
    source: extra.source,
    externalId: extra.external_id,
    generationId: extra.source === GATEWAY_SOURCE ? extra.external_id : null,
    requestedModel: extra.requested_model === row.model ? null : extra.requested_model,
    servedAs: extra.logged_model === row.model ? null : extra.logged_model,
    endUser: extra.end_user,
    callerReason: extra.caller_reason,
    cacheWriteTokens: extra.cache_write_tokens,
    promptParts: toPromptParts(extra.prompt_parts),
    costSource: extra.cost_source,
    attempts: attempts.map((attempt) => ({ ...attempt, amendments: amendmentsOf(attempt, extra.plan) })),
    plan: extra.plan === null ? null : await withNames(extra.plan),
  }
}

/** The gateway keeps with its plan how it changed the request for each endpoint that it asked. */
function amendmentsOf({ provider, model }: StoredAttempt, plan: StoredPlan | null): string[] {
  const step = plan?.steps.find((one) => one.provider === provider && one.model === model)
  return step?.amendments ?? []
}

/** The recorded plan with what its providers are called today; one that is gone keeps its slug. */
async function withNames(plan: StoredPlan): Promise<RequestDetail['plan']> {
  const slugs = [...plan.steps, ...plan.excluded].map(({ provider }) => provider)
  const providers = await db().provider.findMany({
    where: { slug: { in: slugs } },
    select: { slug: true, name: true },
  })
  const names = new Map(providers.map(({ slug, name }) => [slug, name ?? slug]))
  const named = ({ amendments: _, ...step }: StoredPlan['steps'][number]) => ({
    ...step,
    providerName: names.get(step.provider) ?? step.provider,
  })
  return { steps: plan.steps.map(named), excluded: plan.excluded.map(named) }
}

async function notFound({ startedAtMs }: RequestKey): Promise<AppError> {
  const day = new Date(startedAtMs)
  const dropped = await db().$queryRaw(
    Prisma.sql`SELECT 1 FROM fact_day WHERE dropped_at IS NOT NULL AND day = ${day}::timestamptz::date`,
  )
  const message =
    z.array(z.unknown()).parse(dropped).length > 0
      ? `The single requests of ${day.toISOString().slice(0, 10)} are no longer kept; only their sums are.`
      : 'There is no such request.'
  return new AppError('not_found', message)
}

async function readExtra({ startedAtMs, id }: RequestKey) {
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT source, external_id, requested_model, model.slug AS logged_model, end_user, caller_reason, cache_write_tokens,
      prompt_parts, cost_source, plan
    FROM request_log JOIN model ON model.id = model_id
    WHERE started_at = ${new Date(startedAtMs)} AND request_log.id = ${id}::uuid`)
  return z.array(extraRow).parse(rows)[0]
}

async function readAttempts({ startedAtMs, id }: RequestKey): Promise<StoredAttempt[]> {
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT attempt_index, CASE WHEN provider.id <> 0 THEN provider.slug END AS provider,
      CASE WHEN provider.id <> 0 THEN coalesce(provider.name, provider.slug) END AS provider_name, model.slug AS model, is_deciding,
      (extract(epoch FROM attempt.started_at - request_started_at) * 1000)::float8 AS started_after_ms,
      time_to_first_token_ms, duration_ms, http_status, error_class::text, finish_reason, tool_call_count, tool_calls,
      structured_output, cost_micro_usd::float8
    FROM attempt
      JOIN endpoint ON endpoint.id = attempt.endpoint_id
      JOIN provider ON provider.id = endpoint.provider_id
      JOIN model ON model.id = endpoint.model_id
    WHERE request_started_at = ${new Date(startedAtMs)} AND request_id = ${id}::uuid
    ORDER BY attempt_index`)
  const attempts = z.array(attemptRow).parse(rows)
  const costs = attempts.map((row) => ({ costMicroUsd: row.cost_micro_usd }))
  return attempts.map((row) => {
    // With the deciding attempt, the last one, stands the cost of the whole request.
    const cost = row.is_deciding ? costOfLastAttempt(row.cost_micro_usd, costs) : row.cost_micro_usd
    return toAttempt(row, cost)
  })
}

function toAttempt(row: z.infer<typeof attemptRow>, costMicroUsd: number | null): StoredAttempt {
  return {
    index: row.attempt_index,
    provider: row.provider,
    providerName: row.provider_name,
    model: row.model,
    isDeciding: row.is_deciding,
    startedAfterMs: row.started_after_ms,
    latencyMs: row.time_to_first_token_ms,
    durationMs: row.duration_ms,
    httpStatus: row.http_status,
    errorClass: row.error_class,
    finishReason: row.finish_reason,
    // No calls are stored as null too; their number tells the two apart.
    toolCalls: row.tool_calls ?? (row.tool_call_count === null ? null : []),
    structuredOutput: row.structured_output,
    costUsd: costMicroUsd === null ? null : costMicroUsd / 1e6,
  }
}

function toPromptParts(tokens: readonly number[] | null): Record<PromptPart, number> | null {
  if (tokens === null) return null
  // fromEntries widens its keys to string; they are exactly the parts.
  return Object.fromEntries(PROMPT_PARTS.map((part, index) => [part, tokens[index] ?? 0])) as Record<
    PromptPart,
    number
  >
}
