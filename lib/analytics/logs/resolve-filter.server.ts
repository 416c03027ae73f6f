import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { toolNameOf } from '../../recorder/catalog-ids'
import type { AttemptConditions, LogConditions } from './evidence'
import type { LogsFilterParameters } from './schema'

const ids = z.array(z.number()).nullable()
const idsRow = z.object({
  model: ids,
  app: ids,
  api_key: ids,
  preset: ids,
  use_case: ids,
  provider: ids,
  endpoint: ids,
  tool: ids,
})

/** Tools beyond the most that are counted by name share this id. */
const OTHER_TOOLS = 0

/**
 * A filter with its names as ids; null when a name is unknown, so that nothing can fit. A model includes its other
 * names. Provider, error class, verdict and tool have to hold for one attempt, also for one that failover hid, and with
 * any of them `model` is the model of that attempt too.
 */
export async function resolveFilter(filter: LogsFilterParameters): Promise<LogConditions | null> {
  const found = await findIds(filter)
  const isOfAttempt = [filter.provider, filter.errorClass, filter.verdict, filter.tool].some(
    (value) => value !== undefined,
  )
  const subjects: LogConditions['subjects'] = {
    ...(filter.model === undefined || isOfAttempt ? {} : { model: found.model ?? [] }),
    ...(filter.app === undefined ? {} : { app: found.app ?? [] }),
    ...(filter.key === undefined ? {} : { api_key: found.api_key ?? [] }),
    ...(filter.preset === undefined ? {} : { preset: found.preset ?? [] }),
    ...(filter.useCase === undefined ? {} : { use_case: found.use_case ?? [] }),
  }
  const endpointIds = found.endpoint ?? []
  const isScoped = filter.provider !== undefined || filter.model !== undefined
  const isUnknown =
    Object.values(subjects).some((keyIds) => keyIds.length === 0) ||
    (isOfAttempt && isScoped && endpointIds.length === 0)
  if (isUnknown) return null
  return {
    subjects,
    operation: filter.operation ?? null,
    status: filter.status ?? null,
    callerKind: filter.callerKind ?? null,
    sessionId: filter.session ?? null,
    attempt: isOfAttempt
      ? attemptConditions(filter, {
          providerIds: found.provider ?? [],
          endpointIds,
          toolIds: found.tool ?? [],
        })
      : null,
  }
}

function attemptConditions(
  { model, provider, errorClass, verdict, tool }: LogsFilterParameters,
  { providerIds, endpointIds, toolIds }: { providerIds: number[]; endpointIds: number[]; toolIds: number[] },
): AttemptConditions {
  return {
    scope: scopeOf({ model, provider, providerIds, endpointIds }),
    errorClass: errorClass ?? null,
    verdict: verdict ?? null,
    tool: tool === undefined ? null : { name: tool, ids: [...toolIds, OTHER_TOOLS] },
  }
}

function scopeOf({
  model,
  provider,
  providerIds,
  endpointIds,
}: {
  model: string | undefined
  provider: string | undefined
  providerIds: number[]
  endpointIds: number[]
}): AttemptConditions['scope'] {
  if (model !== undefined) return { by: 'endpoint', endpointIds }
  return provider === undefined ? { by: 'any' } : { by: 'provider', providerIds, endpointIds }
}

/** All ids that the names stand for, in one go. A field that is not filtered by is null. */
async function findIds(filter: LogsFilterParameters) {
  const { model, provider, app, key, preset, useCase, tool } = filter
  const rows = await db().$queryRaw(Prisma.sql`
    WITH of_model AS (
      SELECT id FROM model WHERE coalesce(alias_of, id) =
        (SELECT coalesce(alias_of, id) FROM model WHERE slug = ${model ?? null}::text)
    )
    SELECT (SELECT array_agg(id) FROM of_model) AS model, ${idsNamed('app', 'slug', app)} AS app,
      ${idsNamed('api_key', 'name', key)} AS api_key, ${idsNamed('preset_name', 'slug', preset)} AS preset,
      ${idsNamed('use_case', 'slug', useCase)} AS use_case, ${idsNamed('provider', 'slug', provider)} AS provider,
      ${idsNamed('tool', 'name', tool === undefined ? tool : toolNameOf(tool))} AS tool, ${endpointIds({ model, provider })} AS endpoint`)
  return idsRow.parse(z.array(z.unknown()).parse(rows)[0])
}

function idsNamed(table: string, column: string, value: string | undefined): Prisma.Sql {
  if (value === undefined) return Prisma.sql`NULL::int[]`
  return Prisma.sql`(SELECT array_agg(id) FROM ${Prisma.raw(table)} WHERE ${Prisma.raw(column)} = ${value})`
}

function endpointIds({ model, provider }: Pick<LogsFilterParameters, 'model' | 'provider'>): Prisma.Sql {
  if (model === undefined && provider === undefined) return Prisma.sql`NULL::int[]`
  const ofModel = model === undefined ? Prisma.empty : Prisma.sql`AND model_id IN (SELECT id FROM of_model)`
  const ofProvider =
    provider === undefined
      ? Prisma.empty
      : Prisma.sql`AND provider_id = (SELECT id FROM provider WHERE slug = ${provider})`
  return Prisma.sql`(SELECT array_agg(id) FROM endpoint WHERE true ${ofModel} ${ofProvider})`
}
