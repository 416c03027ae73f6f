import type pg from 'pg'
import { isCountedError } from '../records/error-class'
import { ERROR_CLASSES } from '../records/vocabulary'
import { coverWindow } from '../time/cover'
import { floorToBucket, GRANULARITY_MS } from '../time/time-buckets'
import type { TimeWindow } from '../time/window'
import type { MinuteRow } from './attempt-counts'
import type { BoardRead } from './endpoint-board'
import type { DayRow } from './ledger'
import { KEPT_MINUTES } from './ledger'

const MINUTE_MS = GRANULARITY_MS.minute

/** Attempts count in the minute their request began, so what was committed just now lies in one of the last minutes. */
const RECENT_MINUTES = 3

const ERRORS = ERROR_CLASSES.join(', ')
const COUNTED_ERRORS = ERROR_CLASSES.filter(isCountedError).join(' + ')

/** The day's rows have no minute of their own. */
const DAY = -1

/** minute (since the epoch) or DAY, endpoint, attempts, ok, checked and bad tool calls, errors in words or none. */
type Row = [number, number, number, number, number, number, string | null]

/**
 * What the rollups and the partial sums that wait to be folded say of all endpoints: `recent` reads the minutes in which
 * something can have changed just now, `all` the half hour and the day. One statement, hence one moment. No histograms,
 * few columns: it runs several times a second. Throws what Postgres says.
 */
export async function readBoard({
  client,
  nowMs,
  extent,
}: {
  client: pg.Client
  nowMs: number
  extent: 'recent' | 'all'
}): Promise<BoardRead> {
  const minutes = extent === 'recent' ? RECENT_MINUTES : KEPT_MINUTES
  const fromMs = floorToBucket(nowMs, 'minute') - (minutes - 1) * MINUTE_MS
  // Clocks ahead of ours: what they sent is read, and waits on the board until our clock gets there.
  const toMs = floorToBucket(nowMs, 'hour') + GRANULARITY_MS.hour
  const parts = [minutesSql({ fromMs, toMs })]
  if (extent === 'all') parts.push(daySql({ fromMs: toMs - GRANULARITY_MS.day, toMs }))
  const { rows } = await client.query<Row>({ text: parts.join(' UNION ALL '), rowMode: 'array' })
  const read = { minutes: [] as MinuteRow[], day: [] as DayRow[] }
  for (const row of rows) {
    if (row[0] === DAY) read.day.push(toDayRow(row))
    else read.minutes.push(toMinuteRow(row))
  }
  return { nowMs, fromMs, toMs, minutes: read.minutes, day: extent === 'all' ? read.day : null }
}

function minutesSql(window: TimeWindow): string {
  const columns = `bucket, endpoint_id, attempts, ok, checked_tool_call_attempts, bad_tool_call_attempts, ${ERRORS}`
  const sums = ERROR_CLASSES.map((name) => `sum(${name})`).join(', ')
  return `
    SELECT (extract(epoch FROM bucket) / 60)::int, endpoint_id, sum(attempts)::int, sum(ok)::int,
      sum(checked_tool_call_attempts)::int, sum(bad_tool_call_attempts)::int,
      CASE WHEN sum(attempts) > sum(ok) THEN concat_ws(' ', ${sums}) END
    FROM (${readTable('endpoint_minute', columns, window)} UNION ALL ${readTable('endpoint_inbox', columns, window)}) AS source
    GROUP BY bucket, endpoint_id`
}

function daySql(window: TimeWindow): string {
  const columns = `endpoint_id, attempts, ok, checked_tool_call_attempts, bad_tool_call_attempts, ${COUNTED_ERRORS} AS counted_errors`
  const parts = [
    ...coverWindow(window).map((segment) => readTable(`endpoint_${segment.granularity}`, columns, segment)),
    readTable('endpoint_inbox', columns, window),
  ]
  return `
    SELECT ${DAY}, endpoint_id, sum(attempts)::int, sum(ok)::int,
      sum(checked_tool_call_attempts)::int, sum(bad_tool_call_attempts)::int, sum(counted_errors)::text
    FROM (${parts.join(' UNION ALL ')}) AS source GROUP BY endpoint_id`
}

function readTable(table: string, columns: string, { fromMs, toMs }: TimeWindow): string {
  return `SELECT ${columns} FROM ${table} WHERE bucket >= ${instant(fromMs)} AND bucket < ${instant(toMs)}`
}

function instant(timeMs: number): string {
  return `'${new Date(timeMs).toISOString()}'::timestamptz`
}

function toMinuteRow([minute, endpointId, attempts, ok, checked, bad, errors]: Row): MinuteRow {
  return {
    minuteMs: minute * MINUTE_MS,
    endpointId,
    attempts,
    ok,
    checkedToolCallAttempts: checked,
    badToolCallAttempts: bad,
    errors: errors === null ? null : errors.split(' ').map(Number),
  }
}

function toDayRow([, endpointId, attempts, ok, checked, bad, countedErrors]: Row): DayRow {
  return {
    endpointId,
    attempts,
    ok,
    countedErrors: Number(countedErrors),
    checkedToolCallAttempts: checked,
    badToolCallAttempts: bad,
  }
}
