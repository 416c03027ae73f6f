import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { TEXT_OPERATIONS } from '../../records/operation'
import { alignWindow } from '../../time/cover'
import { horizonsAt } from '../../time/horizons'
import { previousWindow, resolveWindow } from '../../time/window'
import { usageSource } from '../usage-source.server'
import type { OverviewAnswer, OverviewQuery } from './schema'
import { type OverviewSums, summarize } from './summarize'

const sumsRow = z.object({
  window_index: z.number(),
  requests: z.number(),
  requests_ok: z.number(),
  requests_error: z.number(),
  total_tokens: z.number(),
  text_tokens: z.number(),
  agentic_tokens: z.number(),
  cost_known: z.number(),
  cost_micro_usd: z.number(),
  tools_known: z.number(),
  tools_offered: z.number(),
  tools_used: z.number(),
  finished_by_tool_call: z.number(),
})

/** Shares speak of chats and completions; requests, tokens, spend and success of everything. */
const OF_TEXT = Prisma.raw(
  `FILTER (WHERE key_id IN (${TEXT_OPERATIONS.map((name) => `'${name}'`).join(', ')}))`,
)

/** The headline numbers of a window beside those of the preceding equal one; reads rollups only. */
export async function readOverview(query: OverviewQuery, nowMs: number): Promise<OverviewAnswer> {
  const horizons = horizonsAt(nowMs)
  const window = alignWindow(resolveWindow(query, nowMs), horizons)
  const windows = [window, alignWindow(previousWindow(window), horizons)]
  const source = usageSource({
    subject: 'operation',
    operations: 'all',
    windows,
    measures: [
      'requests',
      'requests_ok',
      'requests_error',
      'prompt_tokens',
      'completion_tokens',
      'agentic_tokens',
      'cost_known',
      'cost_micro_usd',
      'tools_known',
      'tools_offered',
      'tools_used',
      'finished_by_tool_call',
    ],
  })
  const [rows, newestRequestAt] = await Promise.all([
    db().$queryRaw(Prisma.sql`
      SELECT window_index, sum(requests)::float8 AS requests, sum(requests_ok)::float8 AS requests_ok,
        sum(requests_error)::float8 AS requests_error,
        sum(prompt_tokens + completion_tokens)::float8 AS total_tokens, sum(cost_known)::float8 AS cost_known,
        sum(cost_micro_usd)::float8 AS cost_micro_usd, ${sumOfText('prompt_tokens + completion_tokens')} AS text_tokens,
        ${sumOfText('agentic_tokens')} AS agentic_tokens, ${sumOfText('tools_known')} AS tools_known,
        ${sumOfText('tools_offered')} AS tools_offered, ${sumOfText('tools_used')} AS tools_used,
        ${sumOfText('finished_by_tool_call')} AS finished_by_tool_call
      FROM ${source} AS source GROUP BY window_index`),
    readNewestRequestAt(),
  ])
  const sums = z.array(sumsRow).parse(rows)
  const sumsOf = (index: number): OverviewSums | null => {
    const row = sums.find((one) => one.window_index === index)
    return row
      ? {
          requests: row.requests,
          requestsOk: row.requests_ok,
          requestsError: row.requests_error,
          totalTokens: row.total_tokens,
          textTokens: row.text_tokens,
          agenticTokens: row.agentic_tokens,
          costKnown: row.cost_known,
          costMicroUsd: row.cost_micro_usd,
          toolsKnown: row.tools_known,
          toolsOffered: row.tools_offered,
          toolsUsed: row.tools_used,
          finishedByToolCall: row.finished_by_tool_call,
        }
      : null
  }
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    ...summarize(sumsOf(0), sumsOf(1)),
    newestRequestAt: newestRequestAt?.toISOString() ?? null,
  }
}

/** Sum over chats and completions; zero without any. */
function sumOfText(measure: string): Prisma.Sql {
  return Prisma.sql`coalesce(sum(${Prisma.raw(measure)}) ${OF_TEXT}, 0)::float8`
}

/** Start of the newest bucket with a request, at the finest grain that still has it. */
async function readNewestRequestAt(): Promise<Date | null> {
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT greatest(
      (SELECT max(bucket) FROM usage_inbox WHERE subject = 'caller_kind'),
      coalesce(
        (SELECT max(bucket) FROM usage_minute WHERE subject = 'caller_kind'),
        (SELECT max(bucket) FROM usage_hour WHERE subject = 'caller_kind'),
        (SELECT max(bucket) FROM usage_day WHERE subject = 'caller_kind')
      )
    ) AS newest`)
  return z.tuple([z.object({ newest: z.date().nullable() })]).parse(rows)[0].newest
}
