import { isCountedError } from '../records/error-class'
import { TEXT_OPERATIONS } from '../records/operation'
import { TURN_RANGE_STARTS } from '../records/session-turns'
import { ERROR_CLASSES } from '../records/vocabulary'
import { takeSql } from './fold-sql'
import { histogramBinSql } from './histogram'
import { SESSION_COLUMNS, SESSION_MEASURES } from './measures'

/** The cost bin of a session of which at least one turn's cost is not known. */
export const UNKNOWN_COST_BIN = -32_768

const COLUMNS = SESSION_COLUMNS.join(', ')

/**
 * What orders the parts of a session by which of them its app and model are of: one with a turn before one without, then
 * the newest. Of two at the same moment the greater ids count as the newer, so that the order of arrival is nothing.
 */
const newestOf = ({ hasTurn, at, prefix = '' }: { hasTurn: string; at: string; prefix?: string }) =>
  `ARRAY[(${hasTurn})::int, (extract(epoch FROM ${at}) * 1000)::bigint, ${prefix}model_id, ${prefix}app_id]`

/** `newestOf`, taken apart. */
const newestAt = (newest: string) => `to_timestamp((${newest})[2] / 1000.0)`
const newestModel = (newest: string) => `(${newest})[3]`
const newestApp = (newest: string) => `(${newest})[4]`

/** What session_cost_day counts a session under, once it has had a turn; `prefix` of its columns. */
const classOf = (prefix = '') => `
  (${prefix}first_at AT TIME ZONE 'UTC')::date AS day,
  CASE ${TURN_RANGE_STARTS.map((start, index) => `WHEN ${prefix}turns >= ${start} THEN ${index}`)
    .toReversed()
    .join(' ')} ELSE 0 END AS turn_range,
  CASE WHEN ${prefix}cost_known = ${prefix}turns THEN ${histogramBinSql(`${prefix}cost_micro_usd`)} ELSE ${UNKNOWN_COST_BIN} END AS cost_bin`

/**
 * SQL that moves partial sums from session_inbox into `session`, and each session from its old class in session_cost_day
 * to its new one. Whoever runs it holds FOLD_LOCK: it reads a row before it writes it. Answers `rows`, those moved.
 */
export const FOLD_SESSIONS_SQL = `
WITH taken AS (${takeSql('session')}),
delta AS MATERIALIZED (
  SELECT session_id, min(first_at) AS first_at, max(last_at) AS last_at,
    ${SESSION_MEASURES.map((name) => `sum(${name}) AS ${name}`).join(', ')},
    max(${newestOf({ hasTurn: 'turns > 0', at: 'newest_at' })}) AS newest
  FROM taken GROUP BY session_id
),
-- One join, with the table itself: the planner knows nothing of the size of a WITH query, and would join two of them
-- row by row.
summed AS MATERIALIZED (
  SELECT session_id, stored.session_id IS NOT NULL AS was_stored,
    ${SESSION_MEASURES.map((name) => `stored.${name} AS old_${name}`).join(', ')}, stored.first_at AS old_first_at,
    least(stored.first_at, delta.first_at) AS first_at, greatest(stored.last_at, delta.last_at) AS last_at,
    ${SESSION_MEASURES.map((name) => `coalesce(stored.${name}, 0) + delta.${name} AS ${name}`).join(', ')},
    CASE WHEN stored.session_id IS NULL THEN delta.newest
      ELSE greatest(${newestOf({ hasTurn: 'stored.turns > 0', at: 'stored.newest_at', prefix: 'stored.' })}, delta.newest)
    END AS newest
  FROM delta LEFT JOIN session AS stored USING (session_id)
),
to_session AS (
  INSERT INTO session (${COLUMNS})
  SELECT session_id, first_at, last_at, ${newestAt('newest')}, ${SESSION_MEASURES.join(', ')}, ${newestApp('newest')},
    ${newestModel('newest')} FROM summed
  ON CONFLICT (session_id) DO UPDATE SET
    ${SESSION_COLUMNS.slice(1)
      .map((name) => `${name} = excluded.${name}`)
      .join(', ')}
),
moved AS (
  SELECT day, turn_range, cost_bin, sum(sessions) AS sessions FROM (
    SELECT ${classOf('old_')}, -1 AS sessions FROM summed WHERE was_stored AND old_turns > 0
    UNION ALL SELECT ${classOf()}, 1 FROM summed WHERE turns > 0
  ) AS class GROUP BY 1, 2, 3 HAVING sum(sessions) <> 0
),
to_session_cost_day AS (
  INSERT INTO session_cost_day (day, turn_range, cost_bin, sessions) SELECT * FROM moved
  ON CONFLICT (day, turn_range, cost_bin) DO UPDATE SET sessions = session_cost_day.sessions + excluded.sessions
)
SELECT count(*)::int AS rows FROM taken`

/** SQL that counts the classes of the sessions that began from $1 (start of a day) on anew. */
export const RECOUNT_SESSION_COSTS_SQL = `
INSERT INTO session_cost_day (day, turn_range, cost_bin, sessions)
SELECT day, turn_range, cost_bin, count(*) FROM (
  SELECT ${classOf()} FROM session WHERE last_at >= $1 AND first_at >= $1 AND turns > 0
) AS class GROUP BY 1, 2, 3`

const COUNTED_ERRORS = ERROR_CLASSES.filter(isCountedError)
  .map((name) => `'${name}'`)
  .join(', ')

const IS_TURN = `operation IN (${TEXT_OPERATIONS.map((name) => `'${name}'`).join(', ')})`
const NEWEST_FACT = `max(${newestOf({ hasTurn: IS_TURN, at: 'started_at' })})`
const sumOfTurns = (column: string) => `coalesce(sum(${column}) FILTER (WHERE ${IS_TURN}), 0)`

/** SESSION_COLUMNS over the facts of a session, by name. */
const SUMS_OF_FACTS = `session_id, min(started_at) AS first_at, max(started_at) AS last_at, ${newestAt(NEWEST_FACT)} AS newest_at,
  count(*) FILTER (WHERE ${IS_TURN}) AS turns,
  count(*) FILTER (WHERE ${IS_TURN} AND error_class IN (${COUNTED_ERRORS})) AS errors,
  count(*) FILTER (WHERE ${IS_TURN} AND caller_kind = 'agentic') AS agentic_turns,
  ${sumOfTurns('tool_call_count')} AS tool_calls, count(cost_micro_usd) FILTER (WHERE ${IS_TURN}) AS cost_known,
  ${sumOfTurns('prompt_tokens')} AS prompt_tokens, ${sumOfTurns('completion_tokens')} AS completion_tokens,
  ${sumOfTurns('cost_micro_usd')} AS cost_micro_usd,
  ${newestApp(NEWEST_FACT)} AS app_id, ${newestModel(NEWEST_FACT)} AS model_id`

/**
 * SQL that sums up, from their facts, the sessions that began in [$1, $2): those whose stored row says so, and those
 * with a request in it whose stored row does not say that they began before. Facts before $1 are not looked at.
 */
export const SESSIONS_OF_FACTS_SQL = `
SELECT ${SUMS_OF_FACTS}
FROM request_log
WHERE started_at >= $1 AND session_id IS NOT NULL
  AND session_id NOT IN (SELECT session_id FROM session WHERE last_at >= $1 AND first_at < $1)
GROUP BY session_id
HAVING min(started_at) < $2
  OR session_id IN (SELECT session_id FROM session WHERE last_at >= $1 AND first_at >= $1 AND first_at < $2)`

/** Whether a session waits to be counted anew. */
export const HAS_RECOUNTS_SQL = 'SELECT EXISTS (SELECT FROM session_inbox WHERE recount) AS waits'

/**
 * SQL that sums up anew, from their facts, the sessions of which the inbox says so, and drops what else the inbox has of
 * them; one that has no facts any more goes. One statement, so that facts and inbox are of one moment. Sessions that
 * began before $1, from when on no facts were dropped, are left to the fold, which keeps their sums right. Whoever runs
 * it holds FOLD_LOCK.
 */
export const RECOUNT_SESSIONS_SQL = `
WITH told AS MATERIALIZED (
  SELECT session_id, min(first_at) AS first_at, max(last_at) AS last_at FROM session_inbox
  WHERE session_id IN (SELECT session_id FROM session_inbox WHERE recount) GROUP BY session_id
),
wanted AS MATERIALIZED (
  SELECT session_id, least(told.first_at, stored.first_at) AS first_at, greatest(told.last_at, stored.last_at) AS last_at
  FROM told LEFT JOIN session AS stored USING (session_id) WHERE least(told.first_at, stored.first_at) >= $1
),
taken AS (
  DELETE FROM session_inbox USING wanted WHERE session_inbox.session_id = wanted.session_id RETURNING 1
),
summed AS MATERIALIZED (
  SELECT ${SUMS_OF_FACTS} FROM request_log
  WHERE session_id IN (SELECT session_id FROM wanted)
    AND started_at BETWEEN (SELECT min(first_at) FROM wanted) AND (SELECT max(last_at) FROM wanted)
  GROUP BY session_id
),
gone AS (
  DELETE FROM session USING wanted WHERE session.session_id = wanted.session_id
    AND wanted.session_id NOT IN (SELECT session_id FROM summed)
),
to_session AS (
  INSERT INTO session (${COLUMNS}) SELECT ${COLUMNS} FROM summed
  ON CONFLICT (session_id) DO UPDATE SET
    ${SESSION_COLUMNS.slice(1)
      .map((name) => `${name} = excluded.${name}`)
      .join(', ')}
),
moved AS (
  SELECT day, turn_range, cost_bin, sum(sessions) AS sessions FROM (
    SELECT ${classOf('stored.')}, -1 AS sessions FROM session AS stored JOIN wanted USING (session_id) WHERE turns > 0
    UNION ALL SELECT ${classOf()}, 1 FROM summed WHERE turns > 0
  ) AS class GROUP BY 1, 2, 3 HAVING sum(sessions) <> 0
),
to_session_cost_day AS (
  INSERT INTO session_cost_day (day, turn_range, cost_bin, sessions) SELECT * FROM moved
  ON CONFLICT (day, turn_range, cost_bin) DO UPDATE SET sessions = session_cost_day.sessions + excluded.sessions
)
SELECT count(*)::int AS rows FROM taken`
