import type pg from 'pg'
import { z } from 'zod'
import { readFirstWholeDay } from './first-whole-day.server'
import { inSnapshot } from './fold-lock.server'
import { foldAll } from './folder.server'
import { SESSION_COLUMNS } from './measures'
import { RECOUNT_SESSION_COSTS_SQL, SESSIONS_OF_FACTS_SQL } from './session-sql'

const COLUMNS = SESSION_COLUMNS.join(', ')

/** Sessions whose stored row begins in [$1, $2). */
const BEGAN = 'last_at >= $1 AND first_at >= $1 AND first_at < $2'

/**
 * Recomputes, from all facts from then on, the sessions that began in the UTC days `[fromMs, toMs)` and what
 * session_cost_day says of those days; one transaction, during which nothing is folded. Returns the days that changed.
 * Days before one whose facts retention has dropped stay as they are: their sessions may have gone on in it.
 */
export async function rebuildSessions(
  client: pg.Client,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<Set<string>> {
  return await inSnapshot(client, async () => {
    const startMs = Math.max(fromMs, await readFirstWholeDay(client))
    if (startMs >= toMs) return new Set()
    await foldAll(client)
    const bounds = [new Date(startMs), new Date(toMs)]
    const before = await digestByDay(client, bounds)
    await sumFacts(client, bounds)
    await client.query(`DELETE FROM session WHERE ${BEGAN}`, bounds)
    await client.query(
      'DELETE FROM session USING summed_session WHERE session.session_id = summed_session.session_id',
    )
    await client.query(`INSERT INTO session (${COLUMNS}) SELECT ${COLUMNS} FROM summed_session`)
    await client.query('DELETE FROM session_cost_day WHERE day >= $1::date', [dayOf(startMs)])
    await client.query(RECOUNT_SESSION_COSTS_SQL, [bounds[0]])
    const after = await digestByDay(client, bounds)
    await client.query('DROP TABLE summed_session')
    return differingDays(before, after)
  })
}

function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10)
}

/** Leaves the sums in the table summed_session. */
async function sumFacts(client: pg.Client, bounds: Date[]): Promise<void> {
  await client.query('CREATE TEMP TABLE summed_session (LIKE session) ON COMMIT DROP')
  await client.query(`INSERT INTO summed_session (${COLUMNS}) ${SESSIONS_OF_FACTS_SQL}`, bounds)
  // What has no row that begins here may have begun before; only then are older facts worth a scan.
  const doubtful = await client.query<{ session_id: string }>(
    `SELECT session_id FROM summed_session WHERE session_id NOT IN (SELECT session_id FROM session WHERE ${BEGAN})`,
    bounds,
  )
  if (doubtful.rows.length === 0) return
  await client.query(
    'DELETE FROM summed_session WHERE session_id IN (SELECT session_id FROM request_log WHERE started_at < $1 AND session_id = ANY($2))',
    [bounds[0], doubtful.rows.map((row) => row.session_id)],
  )
}

const digestRows = z.array(z.object({ day: z.string(), digest: z.string() }))

/** A value by day that differs when any of its sessions or any count of their costs does. */
async function digestByDay(client: pg.Client, bounds: Date[]): Promise<Map<string, string>> {
  const answer = await client.query(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day, sum(hashtextextended(content, 0))::text AS digest
     FROM (
       SELECT (first_at AT TIME ZONE 'UTC')::date AS day, session::text AS content FROM session WHERE ${BEGAN}
       UNION ALL
       SELECT day, 'cost ' || session_cost_day::text AS content FROM session_cost_day
       WHERE day >= ($1 AT TIME ZONE 'UTC')::date AND day < ($2 AT TIME ZONE 'UTC')::date AND sessions <> 0
     ) AS rows GROUP BY 1`,
    bounds,
  )
  return new Map(digestRows.parse(answer.rows).map(({ day, digest }) => [day, digest]))
}

function differingDays(before: Map<string, string>, after: Map<string, string>): Set<string> {
  const days = new Set([...before.keys(), ...after.keys()])
  return new Set([...days].filter((day) => before.get(day) !== after.get(day)))
}
