import type { CsvTable } from '../../csv'
import type { CallersAnswer } from './schema'

const COLUMNS = [
  'key',
  'label',
  'class',
  'declared',
  'agenticShare',
  'totalTokens',
  'agenticTokens',
  'humanTokens',
  'requests',
  'agenticRequests',
  'humanRequests',
  'share',
] as const

/** The callers as a table for export, columns named as in the JSON answer. */
export function callersTable({ rows }: CallersAnswer): CsvTable {
  return { header: COLUMNS, rows: rows.map((row) => COLUMNS.map((column) => row[column])) }
}
