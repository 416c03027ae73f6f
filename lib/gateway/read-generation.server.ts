import { z } from 'zod'
import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import type { JsonObject } from '../platform/json-value'
import { recordId } from '../records/record-id'
import { GATEWAY_SOURCE } from '../records/vocabulary'
import { startOfGeneration } from './generation-id'

const factRow = z.object({
  requested_model: z.string().nullable(),
  model: z.string(),
  provider: z.string(),
  app: z.string(),
  preset: z.string().nullable(),
  preset_version: z.number().nullable(),
  session_id: z.string().nullable(),
  end_user: z.string().nullable(),
  stream: z.boolean().nullable(),
  error_class: z.string().nullable(),
  finish_reason: z.string().nullable(),
  caller_kind: z.string(),
  caller_reason: z.string(),
  deciding_after_ms: z.number(),
  time_to_first_token_ms: z.number().nullable(),
  duration_ms: z.number().nullable(),
  prompt_tokens: z.number().nullable(),
  cached_tokens: z.number().nullable(),
  completion_tokens: z.number().nullable(),
  reasoning_tokens: z.number().nullable(),
  cost_micro_usd: z.number().nullable(),
  cost_source: z.string().nullable(),
  tools_offered: z.number().nullable(),
  tool_calls: z.unknown(),
  plan: z.unknown(),
})

const attemptRow = z.object({
  endpoint_id: z.number(),
  provider: z.string(),
  model: z.string(),
  http_status: z.number().nullable(),
  error_class: z.string().nullable(),
  time_to_first_token_ms: z.number().nullable(),
  duration_ms: z.number().nullable(),
})

/**
 * `GET /api/v1/generation?id=`: one request of the gateway with its attempts, in OpenRouter's shape and with our plan,
 * tool verdicts and caller kind beside it. `apiKeyId` narrows it to the requests of one key. Throws `not_found`, also
 * for a request that was answered a moment ago and is not yet recorded.
 */
export async function readGeneration({
  id,
  apiKeyId,
}: {
  id: string
  apiKeyId: number | null
}): Promise<{ data: JsonObject }> {
  const startedAtMs = startOfGeneration(id)
  const unknown = new AppError('not_found', `There is no generation "${id}".`)
  if (startedAtMs === null) throw unknown
  const key = { startedAt: new Date(startedAtMs), id: recordId({ source: GATEWAY_SOURCE, externalId: id }) }
  const [fact] = z.array(factRow).parse(await readFact(key, apiKeyId))
  if (!fact) throw unknown
  const attempts = z.array(attemptRow).parse(await readAttempts(key))
  return { data: present(id, startedAtMs, fact, attempts) }
}

type Key = { startedAt: Date; id: string }

function readFact({ startedAt, id }: Key, apiKeyId: number | null): Promise<unknown> {
  return db().$queryRaw`
    SELECT requested_model, model.slug AS model, provider.slug AS provider, app.slug AS app,
      preset_name.slug AS preset, preset_version, session_id, end_user, stream, error_class::text, finish_reason,
      caller_kind::text, caller_reason, deciding_after_ms, time_to_first_token_ms, duration_ms, prompt_tokens,
      cached_tokens, completion_tokens, reasoning_tokens, cost_micro_usd::float8, cost_source, tools_offered,
      tool_calls, plan
    FROM request_log
      JOIN model ON model.id = request_log.model_id
      JOIN endpoint ON endpoint.id = request_log.endpoint_id
      JOIN provider ON provider.id = endpoint.provider_id
      JOIN app ON app.id = request_log.app_id
      LEFT JOIN preset_name ON preset_name.id = request_log.preset_id
    WHERE started_at = ${startedAt} AND request_log.id = ${id}::uuid
      AND (${apiKeyId}::int IS NULL OR api_key_id = ${apiKeyId}::int)`
}

function readAttempts({ startedAt, id }: Key): Promise<unknown> {
  return db().$queryRaw`
    SELECT endpoint_id, provider.slug AS provider, model.slug AS model, http_status, error_class::text,
      time_to_first_token_ms, duration_ms
    FROM attempt
      JOIN endpoint ON endpoint.id = attempt.endpoint_id
      JOIN provider ON provider.id = endpoint.provider_id
      JOIN model ON model.id = endpoint.model_id
    WHERE request_started_at = ${startedAt} AND request_id = ${id}::uuid
    ORDER BY attempt_index`
}

function present(
  id: string,
  startedAtMs: number,
  fact: z.infer<typeof factRow>,
  attempts: readonly z.infer<typeof attemptRow>[],
): JsonObject {
  const costUsd = fact.cost_micro_usd === null ? null : fact.cost_micro_usd / 1e6
  return {
    id,
    model: fact.model,
    requested_model: fact.requested_model ?? fact.model,
    provider_name: fact.provider,
    preset_id: fact.preset,
    preset_version: fact.preset_version,
    session_id: fact.session_id,
    external_user: fact.end_user,
    app: fact.app,
    api_type: 'completions',
    streamed: fact.stream,
    cancelled: fact.error_class === 'cancelled',
    error_class: fact.error_class,
    created_at: new Date(startedAtMs).toISOString(),
    latency: fact.time_to_first_token_ms,
    generation_time: fact.duration_ms,
    finish_reason: fact.finish_reason,
    tokens_prompt: fact.prompt_tokens,
    tokens_completion: fact.completion_tokens,
    native_tokens_prompt: fact.prompt_tokens,
    native_tokens_completion: fact.completion_tokens,
    native_tokens_reasoning: fact.reasoning_tokens,
    native_tokens_cached: fact.cached_tokens,
    usage: costUsd,
    total_cost: costUsd,
    cost_source: fact.cost_source,
    is_byok: true,
    caller_kind: fact.caller_kind,
    caller_reason: fact.caller_reason,
    tools_offered: fact.tools_offered,
    tool_calls: fact.tool_calls ?? [],
    plan: fact.plan,
    provider_responses: attempts.map((attempt) => ({
      endpoint_id: String(attempt.endpoint_id),
      provider_name: attempt.provider,
      model_permaslug: attempt.model,
      status: attempt.http_status,
      error_class: attempt.error_class,
      latency: attempt.time_to_first_token_ms ?? attempt.duration_ms,
      is_byok: true,
    })),
  }
}
