import type { CsvTable } from '../../csv'
import type { FailingCallsAnswer } from './schema'

const COLUMNS = [
  'startedAt',
  'model',
  'provider',
  'tool',
  'verdict',
  'detail',
  'attemptIndex',
  'callIndex',
  'isDeciding',
  'ref',
] as const

/** Failing calls as a table for export, columns named as in the JSON answer. */
export function failingCallsTable({ rows }: Pick<FailingCallsAnswer, 'rows'>): CsvTable {
  return { header: COLUMNS, rows: rows.map((row) => COLUMNS.map((column) => row[column])) }
}
