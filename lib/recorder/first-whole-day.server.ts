import type pg from 'pg'
import { GRANULARITY_MS } from '../time/time-buckets'

/** Start of the first day from which on no facts were dropped, epoch ms; -Infinity when none were. */
export async function readFirstWholeDay(client: pg.ClientBase): Promise<number> {
  const answer = await client.query<{ day: string | null }>(
    "SELECT to_char(max(day), 'YYYY-MM-DD') AS day FROM fact_day WHERE dropped_at IS NOT NULL OR reopened_at IS NOT NULL",
  )
  const day = answer.rows[0]?.day ?? null
  return day === null ? Number.NEGATIVE_INFINITY : Date.parse(day) + GRANULARITY_MS.day
}
