import { Prisma } from '@/prisma/generated/client'
import { TEXT_OPERATIONS } from '../../records/operation'
import type { Operation } from '../../records/vocabulary'
import type { TimeWindow } from '../../time/window'
import { BAD_VERDICTS } from '../../trials/call-outcome'
import type { AttemptConditions, LogConditions } from './evidence'

/** Columns of `request_log` that a subject's keys stand in. */
const SUBJECT_COLUMNS = {
  model: 'model_id',
  app: 'app_id',
  use_case: 'use_case_id',
  api_key: 'api_key_id',
  preset: 'preset_id',
} as const satisfies Record<keyof LogConditions['subjects'], string>

/**
 * Whether a row of `request_log AS request` that began in `bounds` fits a filter, as SQL that starts with AND; empty when
 * all do.
 */
export function matchRequest(conditions: LogConditions, bounds: TimeWindow): Prisma.Sql {
  const parts = Object.entries(conditions.subjects).map(([subject, keyIds]) => {
    // Object.entries widens its keys to string; they are those of SUBJECT_COLUMNS.
    const column = SUBJECT_COLUMNS[subject as keyof typeof SUBJECT_COLUMNS]
    return Prisma.sql`request.${Prisma.raw(column)} = ANY(${[...keyIds]}::int[])`
  })
  const { operation, status, callerKind, sessionId, attempt } = conditions
  if (operation !== null) parts.push(isOneOf([operation]))
  // As tool figures, which lead here: they speak of chats and completions.
  if (attempt !== null && (attempt.verdict !== null || attempt.tool !== null))
    parts.push(isOneOf(TEXT_OPERATIONS))
  if (status === 'ok') parts.push(Prisma.sql`request.error_class IS NULL`)
  if (status === 'error') parts.push(Prisma.sql`request.error_class IS NOT NULL`)
  if (callerKind !== null) parts.push(Prisma.sql`request.caller_kind = ${Prisma.raw(`'${callerKind}'`)}`)
  if (sessionId !== null) parts.push(Prisma.sql`request.session_id = ${sessionId}`)
  if (attempt !== null) parts.push(matchAnyAttempt(attempt, bounds))
  return parts.length === 0 ? Prisma.empty : Prisma.sql`AND ${Prisma.join(parts, ' AND ')}`
}

function isOneOf(operations: readonly Operation[]): Prisma.Sql {
  return Prisma.raw(`request.operation IN (${operations.map((name) => `'${name}'`).join(', ')})`)
}

/**
 * The request's row is also its deciding attempt; only a request with more attempts has rows in `attempt_log`. Its
 * start is compared as a range because an equality would let Postgres read the whole table into a hash once; the bounds
 * tell the planner which partitions to look at.
 */
function matchAnyAttempt(attempt: AttemptConditions, { fromMs, toMs }: TimeWindow): Prisma.Sql {
  return Prisma.sql`(
    (${matchAttempt(attempt, 'request')}) OR (request.attempt_count > 1 AND EXISTS (
      SELECT FROM attempt_log AS earlier
      WHERE earlier.request_started_at BETWEEN request.started_at AND request.started_at
        AND earlier.request_started_at >= ${new Date(fromMs)} AND earlier.request_started_at < ${new Date(toMs)}
        AND earlier.request_id = request.id AND ${matchAttempt(attempt, 'earlier')})))`
}

/** Whether one attempt fulfils everything that is asked of an attempt; `row` is the alias of its row. */
export function matchAttempt(
  { scope, errorClass, verdict, tool }: AttemptConditions,
  row: 'request' | 'earlier' | 'attempt',
): Prisma.Sql {
  const column = (name: string) => Prisma.raw(`${row}.${name}`)
  const parts: Prisma.Sql[] = []
  if (scope.by !== 'any') {
    parts.push(Prisma.sql`${column('endpoint_id')} = ANY(${[...scope.endpointIds]}::int[])`)
  }
  if (errorClass === 'any') parts.push(Prisma.sql`${column('error_class')} IS NOT NULL`)
  else if (errorClass !== null) {
    parts.push(Prisma.sql`${column('error_class')} = ${Prisma.raw(`'${errorClass}'`)}`)
  }
  if (verdict !== null || tool !== null) {
    const verdicts = verdict === 'bad' ? BAD_VERDICTS : [verdict]
    const calls = verdicts.map((one) =>
      JSON.stringify([
        { ...(tool === null ? {} : { name: tool.name }), ...(one === null ? {} : { verdict: one }) },
      ]),
    )
    parts.push(Prisma.sql`${column('tool_calls')} @> ANY(${calls}::jsonb[])`)
  }
  return parts.length === 0 ? Prisma.sql`true` : Prisma.join(parts, ' AND ')
}
