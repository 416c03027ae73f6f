import type { CsvTable } from '../../csv'
import type { SessionsAnswer } from './schema'

const COLUMNS = ['turns', 'sessions', 'costKnown', 'medianCostUsd', 'costUsdP25', 'costUsdP75'] as const

/** Sessions by turns as a table for export, columns named as in the JSON answer. */
export function sessionsTable({ rows }: SessionsAnswer): CsvTable {
  return { header: COLUMNS, rows: rows.map((row) => COLUMNS.map((column) => row[column])) }
}
