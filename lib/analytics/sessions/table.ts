import type { CsvTable } from '../csv'
import type { SessionRow, SessionsAnswer } from './schema'

const COLUMNS = [
  'sessionId',
  'firstAt',
  'lastAt',
  'turns',
  'errors',
  'agenticTurns',
  'toolCalls',
  'promptTokens',
  'completionTokens',
  'costUsd',
  'costKnownTurns',
  'app',
  'model',
] as const satisfies readonly (keyof SessionRow)[]

/** A page of sessions as a table for export, columns named as in the JSON answer. */
export function sessionsTable({ rows }: SessionsAnswer): CsvTable {
  return { header: COLUMNS, rows: rows.map((row) => COLUMNS.map((column) => row[column])) }
}
