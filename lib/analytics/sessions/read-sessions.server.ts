import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { resolveWindow, type TimeWindow } from '../../time/window'
import type { SessionRow, SessionsAnswer, SessionsQuery } from './schema'
import { type SessionPosition, toSessionCursor } from './session-cursor'

/** Sessions that one answer looks at before it stops: there is no index by app or model. */
const MOST_SESSIONS = 10_000

const sumsRow = z.object({
  session_id: z.string(),
  first_at: z.date(),
  last_at: z.date(),
  turns: z.number(),
  errors: z.number(),
  agentic_turns: z.number(),
  tool_calls: z.number(),
  cost_known: z.number(),
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
  cost_micro_usd: z.number(),
  app: z.string().nullable(),
  model: z.string(),
})
const lookedRow = z.object({
  looked_at: z.number(),
  last_at: z.date().nullable(),
  session_id: z.string().nullable(),
})

/** Sessions with a turn by their last activity, newest first; one that goes on moves to the front. */
export async function readSessions(query: SessionsQuery, nowMs: number): Promise<SessionsAnswer> {
  const window = resolveWindow(query, nowMs)
  const isFiltered = query.app !== undefined || query.model !== undefined
  const look = isFiltered ? MOST_SESSIONS : query.limit
  const looked = lookedAt({ window, after: query.cursor ?? null, count: look })
  const [rows, end] = await Promise.all([readMatching(looked, query), isFiltered ? readEnd(looked) : null])
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    rows,
    ...whereNext({
      rows,
      limit: query.limit,
      end: end !== null && end.looked_at === look ? end : null,
      window,
    }),
  }
}

/** After a full page its last row; after a search that stopped short, the last session it looked at. */
function whereNext({
  rows,
  limit,
  end,
  window,
}: {
  rows: readonly SessionRow[]
  limit: number
  end: z.infer<typeof lookedRow> | null
  window: TimeWindow
}): Pick<SessionsAnswer, 'cursor' | 'searchedTo'> {
  const last = rows.length === limit ? rows.at(-1) : undefined
  const next: SessionPosition | null = last
    ? { lastAtMs: Date.parse(last.lastAt), sessionId: last.sessionId }
    : end?.last_at && end.session_id !== null
      ? { lastAtMs: end.last_at.getTime(), sessionId: end.session_id }
      : null
  return {
    cursor: next === null ? null : toSessionCursor(next),
    searchedTo: new Date(next?.lastAtMs ?? window.fromMs).toISOString(),
  }
}

const SUMS = [
  'turns',
  'errors',
  'agentic_turns',
  'tool_calls',
  'cost_known',
  'prompt_tokens',
  'completion_tokens',
  'cost_micro_usd',
] as const
const COLUMNS = Prisma.raw(
  ['session_id', 'first_at', 'last_at', 'newest_at', ...SUMS, 'app_id', 'model_id'].join(', '),
)

/** The part that the folder takes for the newest too. */
const NEWEST = Prisma.raw('(turns > 0) DESC, newest_at DESC, model_id DESC, app_id DESC')

/**
 * The next sessions of a window. Those with sums that wait to be folded are put together here; a folded row of one of
 * them is left out where it stands alone, so that each session is seen once and as it is now.
 */
function lookedAt({
  window,
  after,
  count,
}: {
  window: TimeWindow
  after: SessionPosition | null
  count: number
}): Prisma.Sql {
  const sums = Prisma.raw(SUMS.map((name) => `sum(${name}) AS ${name}`).join(', '))
  const inWindow = Prisma.sql`turns > 0 AND last_at >= ${new Date(window.fromMs)} AND last_at < ${new Date(window.toMs)}
    ${after === null ? Prisma.empty : Prisma.sql`AND (last_at, session_id) < (${new Date(after.lastAtMs)}, ${after.sessionId})`}`
  const next = Prisma.sql`WHERE ${inWindow} ORDER BY last_at DESC, session_id DESC LIMIT ${count}`
  return Prisma.sql`
    WITH waiting AS MATERIALIZED (SELECT DISTINCT session_id FROM session_inbox),
    current AS (
      SELECT session_id, min(first_at) AS first_at, max(last_at) AS last_at, max(newest_at) AS newest_at, ${sums},
        (array_agg(app_id ORDER BY ${NEWEST}))[1] AS app_id,
        (array_agg(model_id ORDER BY ${NEWEST}))[1] AS model_id
      FROM (
        SELECT ${COLUMNS} FROM session_inbox
        UNION ALL SELECT ${COLUMNS} FROM session WHERE session_id IN (SELECT session_id FROM waiting)
      ) AS part GROUP BY session_id
    ),
    looked AS MATERIALIZED (
      SELECT * FROM (
        (SELECT ${COLUMNS} FROM current ${next})
        UNION ALL
        (SELECT ${COLUMNS} FROM (
          SELECT ${COLUMNS} FROM session WHERE NOT EXISTS (SELECT FROM waiting WHERE waiting.session_id = session.session_id)
        ) AS folded ${next})
      ) AS both_kinds ORDER BY last_at DESC, session_id DESC LIMIT ${count}
    )`
}

async function readMatching(looked: Prisma.Sql, { app, model, limit }: SessionsQuery): Promise<SessionRow[]> {
  const sums = Prisma.raw(SUMS.map((name) => `${name}::float8`).join(', '))
  const ofApp = app === undefined ? Prisma.empty : Prisma.sql`AND app.slug = ${app}`
  const ofModel =
    model === undefined
      ? Prisma.empty
      : Prisma.sql`AND name.id = (SELECT coalesce(alias_of, id) FROM model WHERE slug = ${model})`
  const rows = await db().$queryRaw(Prisma.sql`
    ${looked}
    SELECT session_id, first_at, last_at, ${sums}, CASE WHEN app.id <> 0 THEN app.slug END AS app, name.slug AS model
    FROM looked
      JOIN app ON app.id = looked.app_id
      JOIN model AS own ON own.id = looked.model_id
      JOIN model AS name ON name.id = coalesce(own.alias_of, own.id)
    WHERE true ${ofApp} ${ofModel}
    ORDER BY last_at DESC, session_id DESC LIMIT ${limit}`)
  return z.array(sumsRow).parse(rows).map(toRow)
}

async function readEnd(looked: Prisma.Sql) {
  const rows = await db().$queryRaw(Prisma.sql`
    ${looked}
    SELECT count(*)::int AS looked_at, (array_agg(last_at ORDER BY last_at, session_id))[1] AS last_at,
      (array_agg(session_id ORDER BY last_at, session_id))[1] AS session_id
    FROM looked`)
  return z.array(lookedRow).parse(rows)[0] ?? null
}

function toRow(sums: z.infer<typeof sumsRow>): SessionRow {
  return {
    sessionId: sums.session_id,
    firstAt: sums.first_at.toISOString(),
    lastAt: sums.last_at.toISOString(),
    turns: sums.turns,
    errors: sums.errors,
    agenticTurns: sums.agentic_turns,
    toolCalls: sums.tool_calls,
    promptTokens: sums.prompt_tokens,
    completionTokens: sums.completion_tokens,
    costUsd: sums.cost_known === 0 ? null : sums.cost_micro_usd / 1e6,
    costKnownTurns: sums.cost_known,
    app: sums.app,
    model: sums.model,
  }
}
