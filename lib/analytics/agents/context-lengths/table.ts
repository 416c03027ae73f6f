import type { CsvTable } from '../../csv'
import type { ContextLengthsAnswer } from './schema'

const COLUMNS = [
  'contextLength',
  'requests',
  'agenticRequests',
  'humanRequests',
  'unknownRequests',
  'totalTokens',
  'share',
] as const

/** The classes of length as a table for export, columns named as in the JSON answer. */
export function contextLengthsTable({ rows }: ContextLengthsAnswer): CsvTable {
  return { header: COLUMNS, rows: rows.map((row) => COLUMNS.map((column) => row[column])) }
}
