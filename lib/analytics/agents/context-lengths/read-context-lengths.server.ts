import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../../platform/db.server'
import { alignWindow } from '../../../time/cover'
import { horizonsAt } from '../../../time/horizons'
import { resolveWindow, type TimeWindow } from '../../../time/window'
import { usageSource } from '../../usage-source.server'
import { type ContextLengthSums, deriveContextLengths } from './derive-context-lengths'
import type { ContextLengthsAnswer, ContextLengthsQuery } from './schema'

const lengthRow = z.object({
  key_id: z.number(),
  requests: z.number(),
  agentic_requests: z.number(),
  human_requests: z.number(),
  total_tokens: z.number(),
})

/** Requests by their length in tokens and by who drives them; reads rollups only. */
export async function readContextLengths(
  query: ContextLengthsQuery,
  nowMs: number,
): Promise<ContextLengthsAnswer> {
  const window = alignWindow(resolveWindow(query, nowMs), horizonsAt(nowMs))
  const [sums, requests] = await Promise.all([readSums(window), countRequests(window)])
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    rows: deriveContextLengths(sums),
    totals: { requests, lengthKnown: sums.reduce((total, one) => total + one.requests, 0) },
  }
}

async function readSums(window: TimeWindow): Promise<ContextLengthSums[]> {
  const source = usageSource({
    subject: 'context_length',
    windows: [window],
    measures: ['requests', 'agentic_requests', 'human_requests', 'prompt_tokens', 'completion_tokens'],
  })
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT key_id, sum(requests)::float8 AS requests, sum(agentic_requests)::float8 AS agentic_requests,
      sum(human_requests)::float8 AS human_requests,
      sum(prompt_tokens + completion_tokens)::float8 AS total_tokens
    FROM ${source} AS source GROUP BY key_id`)
  return z
    .array(lengthRow)
    .parse(rows)
    .map((row) => ({
      index: row.key_id,
      requests: row.requests,
      agenticRequests: row.agentic_requests,
      humanRequests: row.human_requests,
      totalTokens: row.total_tokens,
    }))
}

/** Requests of any length, also those whose tokens nobody told. */
async function countRequests(window: TimeWindow): Promise<number> {
  const source = usageSource({ subject: 'caller_kind', windows: [window], measures: ['requests'] })
  const rows = await db().$queryRaw(
    Prisma.sql`SELECT coalesce(sum(requests), 0)::float8 AS requests FROM ${source} AS source`,
  )
  return z.tuple([z.object({ requests: z.number() })]).parse(rows)[0].requests
}
