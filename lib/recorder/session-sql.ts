import { isCountedError } from '../records/error-class'
import { TURN_RANGE_STARTS } from '../records/session-turns'
import { ERROR_CLASSES } from '../records/vocabulary'
import { takeSql } from './fold-sql'
import { histogramBinSql } from './histogram'
import { SESSION_COLUMNS, SESSION_MEASURES } from './measures'

/** The cost bin of a session of which at least one turn's cost is not known. */
export const UNKNOWN_COST_BIN = -32_768

const COLUMNS = SESSION_COLUMNS.join(', ')

/** Of two turns at the same moment, the greater ids count as the newer one, so that the order of arrival is nothing. */
const newestOf = (at: string, prefix = '') =>
  `ARRAY[(extract(epoch FROM ${at}) * 1000)::bigint, ${prefix}model_id, ${prefix}app_id]`

/** What session_cost_day counts a session under; `prefix` of its columns. */
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
    ${SESSION_MEASURES.map((name) => `sum(${name}) AS ${name}`).join(', ')}, max(${newestOf('last_at')}) AS newest
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
      ELSE greatest(${newestOf('stored.last_at', 'stored.')}, delta.newest) END AS newest
  FROM delta LEFT JOIN session AS stored USING (session_id)
),
to_session AS (
  INSERT INTO session (${COLUMNS})
  SELECT session_id, first_at, last_at, ${SESSION_MEASURES.join(', ')}, newest[3], newest[2] FROM summed
  ON CONFLICT (session_id) DO UPDATE SET
    ${SESSION_COLUMNS.slice(1)
      .map((name) => `${name} = excluded.${name}`)
      .join(', ')}
),
moved AS (
  SELECT day, turn_range, cost_bin, sum(sessions) AS sessions FROM (
    SELECT ${classOf('old_')}, -1 AS sessions FROM summed WHERE was_stored UNION ALL SELECT ${classOf()}, 1 FROM summed
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
  SELECT ${classOf()} FROM session WHERE last_at >= $1 AND first_at >= $1
) AS class GROUP BY 1, 2, 3`

const COUNTED_ERRORS = ERROR_CLASSES.filter(isCountedError)
  .map((name) => `'${name}'`)
  .join(', ')

/**
 * SQL that sums up, from their facts, the sessions that began in [$1, $2): those whose stored row says so, and those
 * with a request in it whose stored row does not say that they began before. Facts before $1 are not looked at.
 */
export const SESSIONS_OF_FACTS_SQL = `
SELECT session_id, min(started_at) AS first_at, max(started_at) AS last_at, count(*) AS turns,
  count(*) FILTER (WHERE error_class IN (${COUNTED_ERRORS})) AS errors,
  count(*) FILTER (WHERE caller_kind = 'agentic') AS agentic_turns,
  coalesce(sum(tool_call_count), 0) AS tool_calls, count(cost_micro_usd) AS cost_known,
  coalesce(sum(prompt_tokens), 0) AS prompt_tokens, coalesce(sum(completion_tokens), 0) AS completion_tokens,
  coalesce(sum(cost_micro_usd), 0) AS cost_micro_usd, (max(${newestOf('started_at')}))[3] AS app_id,
  (max(${newestOf('started_at')}))[2] AS model_id
FROM request_log
WHERE started_at >= $1 AND session_id IS NOT NULL
  AND session_id NOT IN (SELECT session_id FROM session WHERE last_at >= $1 AND first_at < $1)
GROUP BY session_id
HAVING min(started_at) < $2
  OR session_id IN (SELECT session_id FROM session WHERE last_at >= $1 AND first_at >= $1 AND first_at < $2)`
