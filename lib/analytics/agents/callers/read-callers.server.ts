import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../../platform/db.server'
import type { UsageSubjectName } from '../../../recorder/measures'
import { CALLER_KINDS } from '../../../records/vocabulary'
import { alignWindow } from '../../../time/cover'
import { horizonsAt } from '../../../time/horizons'
import { resolveWindow, type TimeWindow } from '../../../time/window'
import { labelOf } from '../../subject-names.server'
import { usageSource } from '../../usage-source.server'
import { type Caller, deriveCallers } from './derive-callers'
import type { CallersAnswer, CallersQuery } from './schema'
import type { CallerSubject } from './subjects'

/** Where callers of each sort are summed and named. */
const SOURCES: Record<CallerSubject, { subject: UsageSubjectName; table: Prisma.Sql; name: Prisma.Sql }> = {
  app: { subject: 'app', table: Prisma.sql`app`, name: Prisma.sql`slug` },
  key: { subject: 'api_key', table: Prisma.sql`api_key`, name: Prisma.sql`name` },
}

const callerRow = z.object({
  id: z.number(),
  key: z.string(),
  declared: z.enum(CALLER_KINDS).nullable(),
  requests: z.number(),
  agentic_requests: z.number(),
  human_requests: z.number(),
  total_tokens: z.number(),
  agentic_tokens: z.number(),
  human_tokens: z.number(),
})

/** Apps or API keys as agentic, mixed or human by their tokens in a window; reads rollups only. */
export async function readCallers(query: CallersQuery, nowMs: number): Promise<CallersAnswer> {
  const window = alignWindow(resolveWindow(query, nowMs), horizonsAt(nowMs))
  const { rows, classes } = deriveCallers(await readSums(query.by, window))
  const wanted = query.class === undefined ? rows : rows.filter((row) => row.class === query.class)
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    by: query.by,
    rows: query.limit === undefined ? wanted : wanted.slice(0, query.limit),
    classes,
  }
}

async function readSums(by: CallerSubject, window: TimeWindow): Promise<Caller[]> {
  const { subject, table, name } = SOURCES[by]
  const source = usageSource({
    subject,
    windows: [window],
    measures: [
      'requests',
      'agentic_requests',
      'human_requests',
      'prompt_tokens',
      'completion_tokens',
      'agentic_tokens',
      'human_tokens',
    ],
  })
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT named.id, named.${name} AS key, named.declared_caller_kind::text AS declared, sums.*
    FROM (
      SELECT key_id, sum(requests)::float8 AS requests, sum(agentic_requests)::float8 AS agentic_requests,
        sum(human_requests)::float8 AS human_requests,
        sum(prompt_tokens + completion_tokens)::float8 AS total_tokens,
        sum(agentic_tokens)::float8 AS agentic_tokens, sum(human_tokens)::float8 AS human_tokens
      FROM ${source} AS source GROUP BY key_id
    ) AS sums JOIN ${table} AS named ON named.id = sums.key_id`)
  return z
    .array(callerRow)
    .parse(rows)
    .map((row) => ({
      id: row.id,
      key: row.key,
      label: by === 'app' && row.id === 0 ? labelOf('app', row.key) : row.key,
      declared: row.declared,
      requests: row.requests,
      agenticRequests: row.agentic_requests,
      humanRequests: row.human_requests,
      totalTokens: row.total_tokens,
      agenticTokens: row.agentic_tokens,
      humanTokens: row.human_tokens,
    }))
}
