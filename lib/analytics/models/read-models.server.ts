import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { microUsdToUsd } from '../../records/cost'
import { alignWindow } from '../../time/cover'
import { horizonsAt } from '../../time/horizons'
import { ceilToBucket, floorToBucket, GRANULARITY_MS } from '../../time/time-buckets'
import { resolveWindow, type TimeWindow } from '../../time/window'
import { usageSource } from '../usage-source.server'
import { listModels } from './list-models'
import { readFirstRequests } from './read-first-requests.server'
import { readModelHealth } from './read-model-health.server'
import { readModelNames } from './read-model-names.server'
import type { ModelsAnswer, ModelsQuery } from './schema'

const usageRow = z.object({
  model_id: z.number(),
  total_tokens: z.number(),
  requests: z.number(),
  tools_used: z.number(),
})

const offerRow = z.object({
  model_id: z.number(),
  providers: z.number(),
  prompt: z.number().nullable(),
  completion: z.number().nullable(),
  context_length: z.number().nullable(),
  supports_tools: z.boolean().nullable(),
})

/** Every model of the catalog in a window; reads rollups only. The order and all rules are listModels's. */
export async function readModels(query: ModelsQuery, nowMs: number): Promise<ModelsAnswer> {
  const window = alignWindow(resolveWindow(query, nowMs), horizonsAt(nowMs))
  const healthWindow = lastTwoDays(window, nowMs)
  const [names, firstRequests, usage, offers, health] = await Promise.all([
    readModelNames(),
    readFirstRequests(),
    readUsageByModel(window),
    readOffers(),
    readModelHealth(healthWindow),
  ])
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    healthFrom: new Date(healthWindow.fromMs).toISOString(),
    healthTo: new Date(healthWindow.toMs).toISOString(),
    rows: listModels({ names, firstRequests, usage, offers, health }),
  }
}

/**
 * Whole UTC days, so that a catalog of thousands of endpoints is judged by two rollup rows of each, however long the
 * window is.
 */
function lastTwoDays(window: TimeWindow, nowMs: number): TimeWindow {
  const lastMs = Math.max(window.fromMs, Math.min(window.toMs, nowMs) - 1)
  const toMs = ceilToBucket(lastMs + 1, 'day')
  return { fromMs: floorToBucket(lastMs, 'day') - GRANULARITY_MS.day, toMs }
}

async function readUsageByModel(window: TimeWindow) {
  const source = usageSource({
    subject: 'model',
    operations: 'all',
    windows: [window],
    measures: ['prompt_tokens', 'completion_tokens', 'requests', 'tools_used'],
  })
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT coalesce(model.alias_of, model.id) AS model_id, sum(total_tokens)::float8 AS total_tokens,
      sum(requests)::float8 AS requests, sum(tools_used)::float8 AS tools_used
    FROM (
      SELECT key_id, sum(prompt_tokens + completion_tokens) AS total_tokens, sum(requests) AS requests,
        sum(tools_used) AS tools_used
      FROM ${source} AS source GROUP BY key_id
    ) AS sums JOIN model ON model.id = sums.key_id GROUP BY 1`)
  return new Map(
    z
      .array(usageRow)
      .parse(rows)
      .map((row) => [
        row.model_id,
        { totalTokens: row.total_tokens, requests: row.requests, toolsUsed: row.tools_used },
      ]),
  )
}

/** What the providers of each model offer; prices and lengths of enabled endpoints only. Id 0 names no provider. */
async function readOffers() {
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT coalesce(model.alias_of, model.id) AS model_id,
      (count(DISTINCT provider_id) FILTER (WHERE provider_id <> 0))::int AS providers,
      min(prompt_micro_usd_per_mtok) FILTER (WHERE enabled)::float8 AS prompt,
      min(completion_micro_usd_per_mtok) FILTER (WHERE enabled)::float8 AS completion,
      max(context_length) FILTER (WHERE enabled) AS context_length,
      bool_or(supports_tools) AS supports_tools
    FROM endpoint JOIN model ON model.id = endpoint.model_id GROUP BY 1`)
  return new Map(
    z
      .array(offerRow)
      .parse(rows)
      .map((row) => [
        row.model_id,
        {
          providers: row.providers,
          promptUsdPerMTok: row.prompt === null ? null : microUsdToUsd(row.prompt),
          completionUsdPerMTok: row.completion === null ? null : microUsdToUsd(row.completion),
          contextLength: row.context_length,
          supportsTools: row.supports_tools,
        },
      ]),
  )
}
