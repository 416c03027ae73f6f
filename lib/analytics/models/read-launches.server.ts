import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { compareText } from '../../platform/compare-text'
import { db } from '../../platform/db.server'
import { TEXT_OPERATIONS } from '../../records/operation'
import { operationIn } from '../usage-source.server'
import { launchOf } from './launch'
import { modelName } from './list-models'
import { readFirstRequests } from './read-first-requests.server'
import { readModelNames } from './read-model-names.server'
import type { LaunchesAnswer, LaunchRow } from './schema'

const usageRow = z.object({
  model_id: z.number(),
  total_tokens: z.number(),
  requests: z.number(),
  rank: z.number(),
})

/**
 * Every model whose launch day is known, newest first, ties by tokens, then name; with what became of it until now.
 * Reads day rollups and what waits to be folded.
 */
export async function readLaunches(): Promise<LaunchesAnswer> {
  const [names, firstRequests, usage] = await Promise.all([
    readModelNames(),
    readFirstRequests(),
    readUsageOfAllTime(),
  ])
  const rows = names.flatMap(({ id, model, name, author, releasedOnMs }): LaunchRow[] => {
    const { launchedOn, launchSource } = launchOf({
      releasedOnMs,
      firstRequestMs: firstRequests.get(id) ?? null,
    })
    if (launchedOn === null || launchSource === null) return []
    const sums = usage.get(id)
    return [
      {
        model,
        name: modelName({ model, name }),
        author,
        launchedOn,
        launchSource,
        totalTokens: sums?.total_tokens ?? 0,
        requests: sums?.requests ?? 0,
        rank: sums?.rank ?? null,
      },
    ]
  })
  return {
    rows: rows.sort(
      (a, b) =>
        compareText(b.launchedOn, a.launchedOn) ||
        b.totalTokens - a.totalTokens ||
        compareText(a.model, b.model),
    ),
  }
}

/** Of chats and completions, as Rankings. */
async function readUsageOfAllTime(): Promise<Map<number, z.infer<typeof usageRow>>> {
  const columns = Prisma.raw('key_id, prompt_tokens + completion_tokens AS tokens, requests')
  const ofText = operationIn(TEXT_OPERATIONS)
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT name.id AS model_id, sum(tokens)::float8 AS total_tokens, sum(sums.requests)::float8 AS requests,
      row_number() OVER (ORDER BY sum(tokens) DESC, name.slug)::int AS rank
    FROM (
      SELECT key_id, sum(tokens) AS tokens, sum(requests) AS requests FROM (
        SELECT ${columns} FROM usage_day WHERE subject = 'model' ${ofText}
        UNION ALL SELECT ${columns} FROM usage_inbox WHERE subject = 'model' ${ofText}
      ) AS source GROUP BY key_id
    ) AS sums
    JOIN model AS own ON own.id = sums.key_id JOIN model AS name ON name.id = coalesce(own.alias_of, own.id)
    GROUP BY name.id`)
  return new Map(
    z
      .array(usageRow)
      .parse(rows)
      .map((row) => [row.model_id, row]),
  )
}
