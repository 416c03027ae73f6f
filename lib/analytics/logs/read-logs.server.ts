import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { GRANULARITY_MS } from '../../time/time-buckets'
import { resolveWindow, type TimeWindow } from '../../time/window'
import { type LogPosition, toCursor } from './cursor'
import { PAGE_ROWS } from './limits'
import { readRows } from './read-rows.server'
import { resolveFilter } from './resolve-filter.server'
import type { LogsAnswer, LogsQuery } from './schema'
import { searchFacts } from './search-facts.server'

/** A page of requests, newest first, that fit a filter. */
export async function readLogs(query: LogsQuery, nowMs: number): Promise<LogsAnswer> {
  const window = await windowOf(query, nowMs)
  if (window === null)
    return answerOf({ fromMs: nowMs, toMs: nowMs }, { rows: [], next: null, droppedBefore: null })
  const [conditions, droppedBefore] = await Promise.all([resolveFilter(query), readDroppedBefore(window)])
  if (conditions === null) return answerOf(window, { rows: [], next: null, droppedBefore })
  const { keys, next } = await searchFacts({
    window,
    conditions,
    after: query.cursor ?? null,
    limit: query.limit ?? PAGE_ROWS,
    nowMs,
  })
  return answerOf(window, { rows: await readRows(keys), next, droppedBefore })
}

function answerOf(
  { fromMs, toMs }: TimeWindow,
  { rows, next, droppedBefore }: Pick<LogsAnswer, 'rows' | 'droppedBefore'> & { next: LogPosition | null },
): LogsAnswer {
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    rows,
    cursor: next === null ? null : toCursor(next),
    searchedTo: new Date(next?.startedAtMs ?? fromMs).toISOString(),
    droppedBefore,
  }
}

/** The window asked for; without one, the life of the session. Null when the session is not known. */
async function windowOf(query: LogsQuery, nowMs: number): Promise<TimeWindow | null> {
  if (query.session === undefined) return resolveWindow(query, nowMs)
  const life = await readSessionLife(query.session)
  if (query.period === undefined && query.from === undefined) return life
  const asked = resolveWindow(query, nowMs)
  return life === null
    ? null
    : { fromMs: Math.max(asked.fromMs, life.fromMs), toMs: Math.min(asked.toMs, life.toMs) }
}

const lifeRow = z.object({ first_at: z.date().nullable(), last_at: z.date().nullable() })

async function readSessionLife(sessionId: string): Promise<TimeWindow | null> {
  const rows = await db().$queryRaw`
    SELECT min(first_at) AS first_at, max(last_at) AS last_at FROM (
      SELECT first_at, last_at FROM session WHERE session_id = ${sessionId}
      UNION ALL SELECT first_at, last_at FROM session_inbox WHERE session_id = ${sessionId}
    ) AS part`
  const [life] = z.array(lifeRow).parse(rows)
  if (!life?.first_at || !life.last_at) return null
  return { fromMs: life.first_at.getTime(), toMs: life.last_at.getTime() + 1 }
}

const droppedRow = z.object({ day: z.date().nullable() })

/** The end of the last day of a window whose facts retention dropped; null when it dropped none. */
async function readDroppedBefore({ fromMs, toMs }: TimeWindow): Promise<string | null> {
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT max(day)::timestamptz AS day FROM fact_day
    WHERE dropped_at IS NOT NULL AND day >= ${new Date(fromMs)}::timestamptz::date AND day < ${new Date(toMs)}::timestamptz`)
  const day = z.array(droppedRow).parse(rows)[0]?.day
  return day ? new Date(day.getTime() + GRANULARITY_MS.day).toISOString() : null
}
